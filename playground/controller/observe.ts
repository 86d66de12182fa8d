import type { RunningController } from "./options";

/** A request to the stand-in's own addresses below /playground, which no Jenkins has. */
export async function askPlayground(
    controller: RunningController,
    method: string,
    what: string,
    body?: string,
): Promise<unknown> {
    const credentials = Buffer.from(`${controller.user}:${controller.token}`).toString("base64");
    const answer = await fetch(new URL(`playground/${what}`, controller.url), {
        method,
        body,
        headers: { authorization: `Basic ${credentials}` },
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} /playground/${what} answered ${answer.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text);
}

/** What the stand-in says about itself: GET /playground/state. */
export interface ControllerState {
    jenkins: string;
    plugin: string | null;
    /** Writes of config.xml since the start. */
    saves: number;
    /** Writes of credentials.xml since the start. */
    credentialsSaves: number;
    /** POSTs to /scriptText since the start, and the time of the last. */
    scripts: number;
    lastScript: string | null;
    pendingFaults: number;
    quietingDown: boolean;
    clouds: { name: string; displayName: string; class: string; templates: string[] }[];
    credentials: string[];
    agents: {
        name: string;
        online: boolean;
        launching: boolean;
        busy: number;
        instanceId: string | null;
        cloud: string;
        template: string;
    }[];
    builds: ControllerBuild[];
}

/** A build of the stand-in: it waits for an agent of its label, then keeps it busy. */
export interface ControllerBuild {
    id: number;
    label: string | null;
    state: "WAITING" | "RUNNING" | "DONE" | "FAILURE";
    agent: string | null;
}

export async function controllerState(controller: RunningController): Promise<ControllerState> {
    return (await askPlayground(controller, "GET", "state")) as ControllerState;
}

/** Something that goes wrong with the next requests. All fields of a kind go together; /playground is spared. */
export interface ControllerFault {
    /** Part of the path that it strikes. @default every path */
    path?: string;
    /** @default every method */
    method?: string;
    /** How many requests or writes. @default 1 */
    count?: number;
    /** How many requests pass before. @default 0 */
    skip?: number;
    /** Answered in place of the request. @default it is processed */
    status?: number;
    body?: string;
    /** The answer's Retry-After. */
    retryAfter?: string;
    /** Seconds that pass first. */
    hangSeconds?: number;
    /** The connection is closed without an answer, before or after the request is processed. */
    drop?: "before" | "after";
    /** With `status`: answered at once, as a proxy does, and the request is processed all the same, after `hangSeconds`. */
    goesOn?: true;
    /** The next `count` writes of config.xml fail midway with this text. */
    failSave?: string;
    /** The next `count` writes of credentials.xml fail midway with this text. */
    failCredentialsSave?: string;
    /** A Groovy script that runs during the next write of credentials.xml, as if someone else did it at that moment. */
    duringCredentialsSave?: string;
    /** The next installation of a plugin fails with this text. */
    failInstall?: string;
    /** The ec2 plugin is on the disk and did not load, with this reason, until the controller restarts. */
    failToLoad?: string;
    /** Every crumb given so far is stale. */
    expireCrumbs?: true;
}

export async function addFault(controller: RunningController, fault: ControllerFault): Promise<void> {
    await askPlayground(controller, "POST", "faults", JSON.stringify(fault));
}

export async function clearFaults(controller: RunningController): Promise<void> {
    await askPlayground(controller, "DELETE", "faults");
}

/** Queues a build, as a job that asks for a label (none: any agent that takes builds without one). */
export async function scheduleBuild(
    controller: RunningController,
    build: { label?: string; seconds: number },
): Promise<ControllerBuild> {
    const query = new URLSearchParams({
        seconds: String(build.seconds),
        ...(build.label ? { label: build.label } : {}),
    });
    return (await askPlayground(controller, "POST", `builds?${query.toString()}`)) as ControllerBuild;
}
