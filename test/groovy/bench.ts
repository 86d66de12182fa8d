import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PushError } from "../../jenkins/push/errors";
import { ControllerAccess, PushRequest } from "../../jenkins/push/request";
import {
    obtainController,
    startController,
    stopController,
    type ControllerOptions,
} from "../../playground/controller/controller";
import { access, pushRequest } from "../push/fixtures";

const project = join(__dirname, "..", "..");

/** Versions of the plugin that the stand-in has a contract of, oldest first. */
export const GENERATIONS = readdirSync(join(project, "playground", "controller", "contract"))
    .map((file) => /^ec2-(.*)\.json$/.exec(file)?.[1])
    .filter((version) => version !== undefined)
    .sort((one, other) => parseFloat(one) - parseFloat(other));

/** What observe.groovy prints. */
export interface Observed {
    clouds: Record<string, unknown>[];
    credentials: Record<string, { kind: string; scope: string; description: string; secret: string }>;
    saved: number;
}

/** One stand-in controller of a test, and means to look at it that are not the push's own. */
export interface Bench {
    access: ControllerAccess;
    /** Version of Jenkins. */
    jenkins: string;
    /** A request for this controller, without Test Connection. */
    request(): PushRequest;
    /** Runs Groovy text, as an administrator may; gives what it prints. */
    script(text: string): Promise<string>;
    /** Runs a file of this folder. */
    run(file: string): Promise<string>;
    observe(): Promise<Observed>;
    /** What the stand-in counts itself: saves of config.xml and of the credentials, and what is running. */
    state(): Promise<State>;
    /** Asks for something to go wrong: see the stand-in's Faults. */
    fault(fault: object): Promise<void>;
    /** Schedules a build that waits for an agent with the label. */
    build(label: string, seconds: number): Promise<void>;
    restart(): Promise<void>;
    stop(): Promise<void>;
}

export interface State {
    saves: number;
    credentialsSaves: number;
    agents: { name: string; online: boolean; busy: number; instanceId: string; cloud: string; template: string }[];
}

export async function startBench(options: Partial<ControllerOptions> = {}): Promise<Bench> {
    await obtainController(() => undefined);
    const home = join(project, ".playground", `test-${randomUUID().slice(0, 8)}`);
    const controller = await startController({ name: "team-a", home, ...options });
    const entry = access(controller.url, { user: controller.user, token: controller.token });
    const send = (path: string, init: RequestInit = {}) => sendTo(entry, path, init);
    const script = async (text: string) =>
        (await send("scriptText", { method: "POST", body: new URLSearchParams({ script: text }) })).text();
    const run = (file: string) => script(readFileSync(join(__dirname, file), "utf8"));
    return {
        access: entry,
        jenkins: String((await send("api/json")).headers.get("x-jenkins")),
        request: () => {
            const request = pushRequest(entry);
            request.policy.testConnection = false;
            return request;
        },
        script,
        run,
        observe: async () => JSON.parse(await run("observe.groovy")) as Observed,
        state: async () => (await send("playground/state")).json() as Promise<State>,
        fault: async (fault) => void (await send("playground/faults", { method: "POST", body: JSON.stringify(fault) })),
        build: async (label, seconds) =>
            void (await send(`playground/builds?label=${encodeURIComponent(label)}&seconds=${seconds}`, {
                method: "POST",
            })),
        restart: () => restart(send),
        stop: async () => {
            await stopController(controller);
            rmSync(home, { recursive: true, force: true });
        },
    };
}

async function sendTo(entry: ControllerAccess, path: string, init: RequestInit): Promise<Response> {
    const authorization = `Basic ${Buffer.from(`${entry.user}:${entry.token}`).toString("base64")}`;
    return fetch(new URL(path, entry.url), { redirect: "manual", ...init, headers: { authorization } });
}

async function restart(send: (path: string, init?: RequestInit) => Promise<Response>): Promise<void> {
    await send("safeRestart", { method: "POST" });
    let gone = false;
    for (let attempt = 0; attempt < 300; attempt++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        const up = await send("api/json").then(
            (answer) => answer.ok,
            () => false,
        );
        if (gone && up) {
            return;
        }
        gone ||= !up;
    }
    throw new Error("The stand-in did not come back from its restart");
}

/** The message of a push that has to fail. */
export async function messageOf(push: Promise<unknown>): Promise<string> {
    const outcome = await push.then(
        () => undefined,
        (error: unknown) => error,
    );
    if (!(outcome instanceof PushError)) {
        throw new Error(`The push should have been refused, but: ${outcome}`);
    }
    return outcome.message;
}
