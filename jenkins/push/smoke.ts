import { backoff, Clock, Progress } from "./clock";
import { excerpt } from "./answers";
import { dryRuns, isRefused } from "./dryRun";
import { record, text, truth } from "./form";
import { Report } from "./logLine";
import { readPlugins } from "./plugins";
import type { PushRequest } from "./request";
import { runScript } from "./script";
import { Session, withSession } from "./session";

/** What to ask an agent of: a template by its description, or whichever template has the label. */
export interface SmokeTarget {
    template?: string;
    label?: string;
    /** Seconds for the agent to come online. @default 600 */
    onlineSeconds?: number;
}

const ONLINE_SECONDS = 600;
/** Lines of the launch log that are shown when an agent does not come online. */
const LOG_LINES = 60;
/** Characters of it that are kept. */
const LOG_CHARACTERS = 100_000;

/** Measured on plugin 2059: the next launch about 19 s after one that failed, without end and without a longer pause. */
const repeats =
    "For a waiting build Jenkins repeats such a launch without end, each an instance that is paid for: " +
    "until it is mended cancel the build, or take the template out of the settings";

/** How a smoke test went. */
export interface SmokeResult {
    controller: string;
    cloud: string;
    template: string;
    /** Name of the agent, which is removed again. */
    agent: string;
}

/**
 * Asks the cloud for one agent, waits until it is online, and removes it, also after a failure.
 *
 * @throws PushError with the end of the agent's launch log if it did not come online
 */
export async function provideOneAgent(session: Session, cloud: string, target: SmokeTarget): Promise<SmokeResult> {
    const seconds = target.onlineSeconds ?? ONLINE_SECONDS;
    session.client.extendBy(seconds);
    const ask = { name: cloud, template: target.template ?? "", label: target.label ?? "" };
    const found = await runScript<{ cloud: string; template: string }>(session.client, "smoke", ask, foundForm);
    session.report(`asking cloud ${cloud} for an agent of template ${found.template}`);
    const agent = await provision(session, found);
    try {
        await online(session, agent, seconds);
    } finally {
        await discard(session, agent);
    }
    return { controller: session.client.access.id, cloud, template: found.template, agent };
}

/** {@link provideOneAgent} as an operation of its own: what the command `smoke` runs. */
export function smoke(request: PushRequest, target: SmokeTarget, report: Report, clock?: Clock): Promise<SmokeResult> {
    return withSession(request.controller, { report, clouds: [request.cloud], clock }, async (session) => {
        await readPlugins(session.client);
        return provideOneAgent(session, request.cloud.name, target);
    });
}

const foundForm = record({ cloud: text, template: text });
const computerForm = record({ offline: truth });

async function provision({ client }: Session, found: { cloud: string; template: string }): Promise<string> {
    const path = `cloud/${encodeURIComponent(found.cloud)}/provision?template=${encodeURIComponent(found.template)}`;
    const answer = await client.post({ path, accept: [302, 400, 500] });
    if (answer.status !== 302) {
        const said = `Jenkins answered ${answer.status}: ${excerpt(answer.text, client.redact)}`;
        throw client.fail(
            "agent-did-not-come",
            `cloud ${found.cloud}: no agent of template ${found.template} was started: ${(await reasonOfEc2(client, found)) ?? said}`,
        );
    }
    const name = decoded(/\/computer\/([^/]+)\/?$/.exec(String(answer.headers.location ?? ""))?.[1]);
    if (name === undefined) {
        throw client.fail(
            "agent-did-not-come",
            `cloud ${found.cloud}: no agent of template ${found.template} was started: is the cloud or the template at its cap?`,
        );
    }
    return name;
}

/** Why EC2 refuses, in its own words: Jenkins shows only a page of an error. Undefined where EC2 would start an instance. */
async function reasonOfEc2(
    client: Session["client"],
    { cloud, template }: { cloud: string; template: string },
): Promise<string | undefined> {
    const answers = await dryRuns(client, cloud).catch(() => []);
    const refused = answers.find((each) => each.description === template && isRefused(each));
    return refused && `EC2 refuses: ${refused.code}: ${refused.message}`;
}

/** Undefined also where it stands for no text. */
function decoded(name: string | undefined): string | undefined {
    try {
        return name === undefined ? undefined : decodeURIComponent(name);
    } catch {
        return undefined;
    }
}

async function online({ client, report }: Session, agent: string, seconds: number): Promise<void> {
    const start = client.clock.now();
    const progress = new Progress(client.clock, report);
    const log = new LaunchLog(client, agent);
    for (let attempt = 1; client.clock.now() - start < seconds * 1000; attempt++) {
        await log.read();
        const answer = await client.get(`${pathOf(agent)}api/json?tree=offline,connecting`, [200, 404]);
        if (answer.status === 404) {
            throw client.fail("agent-did-not-come", `agent "${agent}" went away before it came online. ${log.end()}`);
        }
        if (!client.data<{ offline: boolean }>(answer, computerForm).offline) {
            report(`agent "${agent}" is online`);
            return;
        }
        progress.waiting(`waiting for agent "${agent}" to come online`);
        await client.clock.sleep(backoff(Math.min(attempt, 4), client.clock));
    }
    await log.read();
    throw client.fail("agent-did-not-come", `agent "${agent}" did not come online within ${seconds} s. ${log.end()}`);
}

/** Tells that the Java of the agent's image is older than the one that Jenkins' agent is made for (java.lang.ClassLoader). */
const OLD_JAVA = /UnsupportedClassVersionError|compiled by a more recent version of the Java Runtime/;

/**
 * The launch log of an agent, read while it grows: the plugin deletes an agent whose launch failed, and the log goes with it.
 */
class LaunchLog {
    private text = "";
    /** How much of it was read, as Jenkins counts. */
    private position = 0;

    constructor(
        private readonly client: Session["client"],
        private readonly agent: string,
    ) {}

    async read(): Promise<void> {
        const path = `${pathOf(this.agent)}logText/progressiveText?start=${this.position}`;
        const { status, headers, text } = await this.client.get(path, [200, 404]);
        if (status === 404) return;
        this.text = (this.text + text.replaceAll("\r\n", "\n")).slice(-LOG_CHARACTERS);
        const size = Number(headers["x-text-size"]);
        this.position = Number.isSafeInteger(size) && size >= 0 ? size : this.position + Buffer.byteLength(text);
    }

    /** What to know of a failed launch: its last lines, and what they mean. */
    end(): string {
        const lines = this.text.trimEnd().split("\n").slice(-LOG_LINES).join("\n");
        const java = OLD_JAVA.test(this.text)
            ? "The image's Java is older than this Jenkins needs (from Jenkins 2.555: Java 21). "
            : "";
        return `${java}${repeats}. ${lines === "" ? "Its log is empty: look at the log of Jenkins" : `The end of its log:\n${lines}`}`;
    }
}

/** The plugin ends the instance when its agent is deleted. One that cannot be deleted is named, as it costs money. */
async function discard({ client, report }: Session, agent: string): Promise<void> {
    try {
        await client.post({ path: `${pathOf(agent)}doDelete`, accept: [200, 302, 404] });
        report(`agent "${agent}" is removed`);
    } catch (error) {
        report(`agent "${agent}" could not be removed, look after its instance: ${(error as Error).message}`);
    }
}

function pathOf(agent: string): string {
    return `computer/${encodeURIComponent(agent)}/`;
}
