import { randomBytes } from "node:crypto";
import { Clock } from "./clock";
import { testConnection } from "./connection";
import { Difference } from "./difference";
import { Report } from "./report";
import { PluginObject, PushRequest, PushResult } from "./request";
import { runScript } from "./script";
import { Session, withSession } from "./session";

/** What apply.groovy answers. */
interface Applied {
    changed: boolean;
    cloudType: string;
    templates: string[];
    differences: Difference[];
    notes: string[];
    /** Credentials ids to test the connection with; from the step `prepare` only. */
    test: PluginObject;
}

/**
 * Puts the cloud of the request in place on its controller, all or nothing.
 *
 * New credentials are first added under ids of their own and tested there, so that a test that fails changes nothing
 * that is in use. If this program dies midway, such an entry may remain ("… (being tested)"): it is used by nothing,
 * and a later push (after an hour) or the removal clears it away.
 */
export function apply(request: PushRequest, report: Report, clock?: Clock): Promise<PushResult> {
    return withSession(request, report, { requirePlugin: true, clock }, async (session) => {
        const stage = `staged-${Math.floor(Date.now() / 1000)}-${randomBytes(4).toString("hex")}`;
        const ask = { cloud: request.cloud, policy: request.policy, stage };
        const prepared = request.policy.testConnection ? await step(session, "prepare", ask) : undefined;
        const connection = prepared === undefined ? "skipped" : await tested(session, request, prepared, ask);
        const done = prepared?.changed === false ? prepared : await step(session, "swap", ask);
        done.notes.forEach(session.report);
        session.report(
            done.changed ? `cloud ${request.cloud.name}: put in place` : `cloud ${request.cloud.name}: nothing differs`,
        );
        return {
            controller: request.controller.id,
            cloud: request.cloud.name,
            jenkins: session.jenkins,
            plugin: session.plugin,
            templates: done.templates,
            connection,
        };
    });
}

function step(session: Session, name: "prepare" | "swap" | "unstage", ask: object): Promise<Applied> {
    return runScript<Applied>(session.client, "apply", { step: name, ...ask });
}

async function tested(session: Session, request: PushRequest, prepared: Applied, ask: object): Promise<string> {
    try {
        return await testConnection(session, request, prepared.cloudType, prepared.test);
    } catch (error) {
        await step(session, "unstage", ask).catch(() =>
            session.report(
                "the credentials being tested could not be removed; they are not in use, a later push removes them",
            ),
        );
        throw error;
    }
}
