import { backoff, Progress, type Clock } from "./clock";
import { lostAccess, withAdvice } from "./connection";
import { PushError } from "./errors";
import { list, optional, record, text, textLike, truth } from "./form";
import { Report } from "./logLine";
import { controllerTag, instancesAsDeployer, ofCloud, type CloudInstance } from "./instances";
import { PushRequest } from "./request";
import { runScript } from "./script";
import { readPlugins } from "./plugins";
import { withSession, type Session } from "./session";

/** What remove.groovy answers. */
interface Removal {
    removed: boolean;
    /** The cloud stands for another push, another stack or a person by now: it stays, and counts as removed. */
    leftAlone?: boolean;
    /** Names of agents whose instances are being terminated. */
    ending?: string[];
    /** Names of agents that still build. */
    busy?: string[];
    /** Names of agents that took builds before the removal began: they shall again if it is refused. */
    accepting?: string[];
    notes: string[];
}

const removalForm = record({
    removed: truth,
    leftAlone: optional(truth),
    ending: optional(list(text)),
    busy: optional(list(text)),
    accepting: optional(list(text)),
    notes: list(text),
});

/** What has been waited for long enough: that builds end, or that idle agents do. */
type Last = "busy" | "ending";

/** Seconds for the plugin to terminate agents, from when none is busy any more, before the removal gives up on them. */
const ENDING_SECONDS = 180;

/**
 * Removes the cloud and this push's credentials from the controller; what is another's by now stays. Agents are ended
 * first, through the plugin, so that no instance is left running. Succeeds where the cloud is gone already.
 */
export function remove(request: PushRequest, report: Report, clock?: Clock): Promise<void> {
    return withSession(request.controller, { report, clouds: [request.cloud], clock }, async (session) => {
        await readPlugins(session.client).catch((error: unknown) => {
            throw withWayOut(error);
        });
        await removeFrom(session, request);
    });
}

/** A controller that no longer exists, or no longer takes the token, would otherwise be in the way of each destroy. */
function withWayOut(error: unknown): unknown {
    if (!(error instanceof PushError)) return error;
    const { code, controller, problems, refused } = error;
    const wayOut = refused ? `${UP_FIRST}; ${GONE_FOR_GOOD}` : GONE_FOR_GOOD;
    return new PushError(code, controller, [...problems.slice(0, -1), `${problems.at(-1)}; ${wayOut}`], { refused });
}

const GONE_FOR_GOOD =
    "if this controller is gone for good: pulumi state delete URN (pulumi stack --show-urns lists it)";
/** Pulumi deletes by what the state recorded: a setting that was changed since is not seen. */
const UP_FIRST =
    "a removal goes by what the last up knew: after a change of the settings run pulumi up with this cloud still in them, and then remove it";

/** Removes it on a controller that has answered. */
export async function removeFrom(session: Session, request: PushRequest): Promise<void> {
    const found = await look(session, request);
    await requireConnection(session, request, found);
    const agents = found.agents.map(({ instance }) => instance);
    session.client.extendBy(ENDING_SECONDS + drainSeconds(request));
    const { clock: time } = session.client;
    const start = time.now();
    const notes = new Set<string>();
    const progress = new Progress(time, session.report);
    let idleSince: number | undefined;
    let next: Next = isEmpty(request, found) ? { isClear: true } : {};
    for (let attempt = 1; ; attempt++) {
        const removal = await ask(session, request, next);
        tell(removal, notes, session.report);
        if (removal.removed) return tellRemoved(removal, session, request);
        let waiting = waitingFor(removal);
        if (waiting === "") {
            const { ids, reason } = await running(session, request, agents);
            if (ids.length === 0) {
                next = { isClear: true };
                continue;
            }
            if (next.last === "ending" || reason !== "") throw runOn(session, request, ids, reason);
            waiting = `waiting for the instances ${ids.join(", ")} to end`;
        }
        progress.waiting(waiting);
        idleSince = removal.busy?.length ? undefined : (idleSince ?? time.now());
        await time.sleep(backoff(Math.min(attempt, 4), time));
        const [since, seconds, waited]: [number, number, Last] =
            idleSince === undefined ? [start, drainSeconds(request), "busy"] : [idleSince, ENDING_SECONDS, "ending"];
        const last = time.now() - since > seconds * 1000 ? waited : undefined;
        next = { last, accepting: removal.accepting };
    }
}

/** What a removal would end, and what EC2 knows of it by the plugin's own connection. */
interface Look {
    /** Whether the cloud of that name is not this push's. */
    isForeign: boolean;
    cloudType: string;
    agents: { name: string; instance: string }[];
    /** The controller's instances that have not ended. Absent where the plugin was not asked: see `problem`. */
    instances?: CloudInstance[];
    /** Why EC2 would not end the instances, if there are any and no agent; empty where it would. */
    refusal?: string;
    /** Why EC2 did not answer. Absent too where the cloud is gone, or its plugin has AWS SDK 1 (before ec2 1885). */
    problem?: string;
}

const lookForm = record({
    isForeign: truth,
    cloudType: textLike(/^[\w.$]*$/),
    agents: list(record({ name: text, instance: text })),
    instances: optional(list(record({ id: text, cloud: text, template: text }))),
    refusal: optional(text),
    problem: optional(text),
});

/** Whether neither Jenkins nor EC2 has an agent of the cloud. Not where EC2 was not asked. */
const isEmpty = (request: PushRequest, { agents, instances }: Look) =>
    agents.length === 0 && instances !== undefined && ofCloud(request, instances, []).length === 0;

function look({ client }: Session, request: PushRequest, instances: string[] = []): Promise<Look> {
    const { cloud, policy } = request;
    const asked = { cloud, policy, readOnly: true, instances, tag: controllerTag(request) };
    return runScript<Look>(client, "remove", asked, lookForm);
}

/**
 * The plugin drops an agent whose instance it cannot end, and the instance runs on. So its connection to EC2 is tested before the
 * first agent is touched.
 *
 * @throws PushError with the agents and the reason; with `busyAgents: force` it is only reported
 */
async function requireConnection(session: Session, request: PushRequest, found: Look): Promise<void> {
    const { cloud, policy } = request;
    if (found.agents.length === 0) return;
    const reason = await whyDisconnected(session, request, found);
    if (reason === undefined) return;
    const instances = found.agents.map(({ name, instance }) => instance || name).join(", ");
    const problem = `the plugin cannot end the instances of cloud ${cloud.name} (${instances}), so nothing was removed: mend the connection (pulumi refresh, then pulumi up), or delete the agents in Jenkins and end the instances in EC2`;
    if (policy.busyAgents !== "force") throw session.client.fail("agents-do-not-end", problem, reason);
    session.report(`busyAgents: force removes the cloud all the same; look after the instances ${instances}`);
}

/** Why the plugin has no access to EC2; undefined where it has, and where that is not known. */
async function whyDisconnected(
    session: Session,
    { cloud, policy }: PushRequest,
    { cloudType, instances, problem }: Look,
): Promise<string | undefined> {
    if (problem !== undefined)
        return `cloud ${cloud.name}: EC2 does not answer the plugin: ${withAdvice(problem, cloud)}`;
    if (instances !== undefined || !policy.testConnection) return undefined;
    return lostAccess(session, cloud, cloudType);
}

/**
 * The cloud's instances that run on now that it has no agents, by the plugin's own connection. Where the plugin cannot be asked, this
 * process asks EC2 by its own rights; where neither can, it tells so, and nobody knows of any.
 *
 * @returns their ids, and why waiting for their end is of no use: empty where it is
 */
async function running(
    session: Session,
    request: PushRequest,
    agents: string[],
): Promise<{ ids: string[]; reason: string }> {
    const { isForeign, instances, refusal = "", problem } = await look(session, request, agents);
    if (isForeign) return { ids: [], reason: "" };
    const found = instances ?? (await askAsDeployer(session, request, agents, problem));
    const ids = [...new Set(ofCloud(request, found, agents))];
    if (request.policy.busyAgents === "force" && ids.length > 0) {
        session.report(`busyAgents: force removes the cloud all the same; look after the instances ${ids.join(", ")}`);
        return { ids: [], reason: "" };
    }
    return { ids, reason: refusal || (problem ?? "") };
}

async function askAsDeployer(
    session: Session,
    request: PushRequest,
    agents: string[],
    problem = "the cloud is gone, or its plugin is older than ec2 1885",
): Promise<CloudInstance[]> {
    try {
        return await instancesAsDeployer(request, agents);
    } catch (error) {
        const { name, value } = controllerTag(request);
        session.report(
            `cloud ${request.cloud.name}: whether its instances have ended is not known; the plugin: ${problem}; pulumi's own login: ${(error as Error).message}. They have the tag ${name}=${value}`,
        );
        return [];
    }
}

function runOn(session: Session, request: PushRequest, ids: string[], reason: string): PushError {
    const { name, parameters } = request.cloud;
    const end = `aws ec2 terminate-instances --region ${String(parameters.region)} --instance-ids ${ids.join(" ")}`;
    return session.client.fail(
        "agents-do-not-end",
        `instances of cloud ${name} run on in EC2, and no agent has them: ${ids.join(", ")}. Nothing of AWS was deleted: end them, then run it again: ${end}`,
        ...(reason === "" ? [] : [`the plugin cannot end them: ${withAdvice(reason, request.cloud)}`]),
    );
}

function drainSeconds({ policy }: PushRequest): number {
    return policy.busyAgents === "drain" ? policy.drainMinutes * 60 : 0;
}

/** What a further question asks beside the cloud. */
interface Next {
    last?: Last;
    accepting?: string[];
    /** Whether EC2 has no instance of the cloud any more. */
    isClear?: boolean;
}

function ask({ client }: Session, request: PushRequest, next: Next): Promise<Removal> {
    const { cloud, policy } = request;
    return runScript<Removal>(client, "remove", { cloud, policy, ...next }, removalForm);
}

function tellRemoved({ leftAlone }: Removal, { report }: Session, { cloud, controller }: PushRequest): void {
    if (!leftAlone) report(`cloud ${cloud.name}: removed from ${controller.url}`);
}

function tell(removal: Removal, notes: Set<string>, report: Report): void {
    removal.notes.filter((note) => !notes.has(note)).forEach(report);
    removal.notes.forEach((note) => notes.add(note));
}

function waitingFor(removal: Removal): string {
    const busy = removal.busy ?? [];
    const ending = removal.ending ?? [];
    return [
        ...(busy.length > 0 ? [`waiting for the builds on ${busy.join(", ")}`] : []),
        ...(ending.length > 0 ? [`waiting for the plugin to terminate ${ending.join(", ")}`] : []),
    ].join("; ");
}
