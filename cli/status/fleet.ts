import type { Clock } from "../../jenkins/push/clock";
import { list, record, text, textLike, truth } from "../../jenkins/push/form";
import { readPlugins, type InstalledPlugins } from "../../jenkins/push/plugins";
import type { Report } from "../../jenkins/push/logLine";
import type { ControllerAccess } from "../../jenkins/push/request";
import { runScript } from "../../jenkins/push/script";
import { withSession } from "../../jenkins/push/session";

/** What a controller's EC2 clouds are at, of whomever they are. Holds no secret. */
export interface Fleet {
    installed: InstalledPlugins;
    /** Whether the administrator has set the controller's own URL (Manage Jenkins, System). */
    hasUrl: boolean;
    clouds: { name: string; templates: OfferedTemplate[] }[];
    agents: FleetAgent[];
    /** Builds for which nothing but an executor is missing: the 500 that have waited longest. */
    waiting: WaitingBuild[];
    waitingInAll: number;
    /** Permanent agents that switch took offline. */
    switchedOff: SwitchedOff[];
    /** Waiting builds that nothing but those agents could take. */
    stranded: number;
}

export interface SwitchedOff {
    name: string;
    /** `PROJECT/STACK` of the switch. */
    owner: string;
    label: string;
    /** Milliseconds since 1970, by the controller's clock. */
    since: number;
}

export interface OfferedTemplate {
    description: string;
    /** As Jenkins has them, separated by spaces. */
    labels: string;
    /** Whether idle agents are stopped, to be started again. */
    stops: boolean;
}

export interface FleetAgent {
    /** Of the node in Jenkins. */
    name: string;
    cloud: string;
    /** Its description, which the cloud need not have any more. */
    template: string;
    /** Empty where the agent has none yet: that of a Spot request. */
    instanceId: string;
    /** Empty where there is none. */
    spotRequestId: string;
    /** Busy and idle ones are online. */
    state: "busy" | "idle" | "launching" | "offline";
    executors: number;
    /** Executors with a build. */
    busy: number;
    /** Why it is offline, where Jenkins shows it. */
    reason: string;
}

export interface WaitingBuild {
    name: string;
    /** Of its job, relative to the controller's. */
    url: string;
    /** A label or an expression of labels; empty for any agent. */
    label: string;
    seconds: number;
}

const digits = textLike(/^\d{1,15}$/);

/** What fleet.groovy answers: its numbers are text. */
const fleetForm = record({
    hasUrl: truth,
    clouds: list(record({ name: text, templates: list(record({ description: text, labels: text, stops: truth })) })),
    agents: list(
        record({
            name: text,
            cloud: text,
            template: text,
            instanceId: text,
            spotRequestId: text,
            state: textLike(/^(busy|idle|launching|offline)$/),
            executors: digits,
            busy: digits,
            reason: text,
        }),
    ),
    waiting: list(record({ name: text, url: text, label: text, seconds: digits })),
    waitingInAll: digits,
    switchedOff: list(record({ name: text, owner: text, label: text, since: digits })),
    stranded: digits,
});

/**
 * Asks a controller what its EC2 clouds are at, with two requests. Changes nothing, and has Jenkins ask nothing of AWS.
 *
 * @throws PushError if the controller cannot be asked
 */
export function fleet(controller: ControllerAccess, report: Report, clock?: Clock): Promise<Fleet> {
    return withSession(controller, { report, clock }, async ({ client }) => {
        const installed = await readPlugins(client);
        const found = await runScript<Fleet>(client, "fleet", {}, fleetForm);
        return {
            installed,
            hasUrl: found.hasUrl,
            clouds: found.clouds,
            agents: found.agents.map((each) => ({
                ...each,
                executors: Number(each.executors),
                busy: Number(each.busy),
            })),
            waiting: found.waiting.map((each) => ({ ...each, seconds: Number(each.seconds) })),
            waitingInAll: Number(found.waitingInAll),
            switchedOff: found.switchedOff.map((each) => ({ ...each, since: Number(each.since) })),
            stranded: Number(found.stranded),
        };
    });
}
