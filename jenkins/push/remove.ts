import { backoff, Progress, type Clock } from "./clock";
import { lostAccess } from "./connection";
import { PushError } from "./errors";
import { list, optional, record, text, textLike, truth } from "./form";
import { Report } from "./logLine";
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
    await requireConnection(session, request);
    session.client.extendBy(ENDING_SECONDS + drainSeconds(request));
    const notes = new Set<string>();
    let removal = await ask(session, request);
    const { clock: time } = session.client;
    const start = time.now();
    let idleSince: number | undefined;
    const progress = new Progress(time, session.report);
    for (let attempt = 1; !removal.removed; attempt++) {
        tell(removal, notes, session.report);
        progress.waiting(waitingFor(removal));
        idleSince = removal.busy?.length ? undefined : (idleSince ?? time.now());
        await time.sleep(backoff(Math.min(attempt, 4), time));
        const [since, seconds, waited]: [number, number, Last] =
            idleSince === undefined ? [start, drainSeconds(request), "busy"] : [idleSince, ENDING_SECONDS, "ending"];
        const last = time.now() - since > seconds * 1000 ? waited : undefined;
        removal = await ask(session, request, last, removal.accepting);
    }
    tell(removal, notes, session.report);
    if (!removal.leftAlone) {
        session.report(`cloud ${request.cloud.name}: removed from ${request.controller.url}`);
    }
}

/** The agents that a removal would end. */
interface Agents {
    cloudType: string;
    agents: { name: string; instance: string }[];
}

const agentsForm = record({ cloudType: textLike(/^[\w.$]*$/), agents: list(record({ name: text, instance: text })) });

/**
 * The plugin drops an agent whose instance it cannot end, and the instance runs on. So its connection to EC2 is tested before the
 * first agent is touched.
 *
 * @throws PushError with the agents and the reason; with `busyAgents: force` it is only reported
 */
async function requireConnection(session: Session, request: PushRequest): Promise<void> {
    const { cloud, policy } = request;
    if (!policy.testConnection) return;
    const { cloudType, agents } = await runScript<Agents>(
        session.client,
        "remove",
        { cloud, policy, readOnly: true },
        agentsForm,
    );
    if (agents.length === 0) return;
    const reason = await lostAccess(session, cloud, cloudType);
    if (reason !== undefined) {
        const instances = agents.map(({ name, instance }) => instance || name).join(", ");
        const problem = `the plugin cannot end the instances of cloud ${cloud.name} (${instances}), so nothing was removed: mend the connection (pulumi refresh, then pulumi up), or delete the agents in Jenkins and end the instances in EC2`;
        if (policy.busyAgents !== "force") throw session.client.fail("agents-do-not-end", problem, reason);
        session.report(`busyAgents: force removes the cloud all the same; look after the instances ${instances}`);
    }
}

function drainSeconds({ policy }: PushRequest): number {
    return policy.busyAgents === "drain" ? policy.drainMinutes * 60 : 0;
}

function ask({ client }: Session, request: PushRequest, last?: Last, accepting?: string[]): Promise<Removal> {
    const { cloud, policy } = request;
    return runScript<Removal>(client, "remove", { cloud, policy, last, accepting }, removalForm);
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
