import { backoff, Clock, Progress } from "./clock";
import { Report } from "./report";
import { PushRequest } from "./request";
import { runScript } from "./script";
import { Session, withSession } from "./session";

/** What remove.groovy answers. */
interface Removal {
    removed: boolean;
    /** The cloud stands for another push, another stack or a person by now: it stays, and counts as removed. */
    leftAlone?: boolean;
    /** Names of agents whose instances are being terminated. */
    ending?: string[];
    /** Names of agents that still build. */
    busy?: string[];
    notes: string[];
}

/** Seconds for the plugin to terminate idle agents before the removal gives up on them. */
const ENDING_SECONDS = 180;

/**
 * Removes the cloud and this push's credentials from the controller; what is another's by now stays. Agents are ended
 * first, through the plugin, so that no instance is left running. Succeeds where the cloud is gone already.
 */
export function remove(request: PushRequest, report: Report, clock?: Clock): Promise<void> {
    return withSession(request, report, { requirePlugin: false, clock }, async (session) => {
        session.client.extendBy(ENDING_SECONDS + drainSeconds(request));
        const notes = new Set<string>();
        let removal = await ask(session, request, false);
        const { clock: time } = session.client;
        const start = time.now();
        const progress = new Progress(time, session.report);
        for (let attempt = 1; !removal.removed; attempt++) {
            tell(removal, notes, session.report);
            progress.waiting(waitingFor(removal));
            await time.sleep(backoff(Math.min(attempt, 4), time));
            const limit = removal.busy?.length ? drainSeconds(request) : ENDING_SECONDS;
            removal = await ask(session, request, time.now() - start > limit * 1000);
        }
        tell(removal, notes, session.report);
        if (!removal.leftAlone) {
            session.report(`cloud ${request.cloud.name}: removed from ${request.controller.url}`);
        }
    });
}

function drainSeconds({ policy }: PushRequest): number {
    return policy.busyAgents === "drain" ? policy.drainMinutes * 60 : 0;
}

function ask(session: Session, request: PushRequest, last: boolean): Promise<Removal> {
    return runScript<Removal>(session.client, "remove", { cloud: request.cloud, policy: request.policy, last });
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
