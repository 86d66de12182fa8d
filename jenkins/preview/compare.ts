import type { JenkinsClient } from "../push/client";
import { Clock } from "../push/clock";
import { Difference, differenceForm } from "../push/difference";
import { list, record, text, truth } from "../push/form";
import { isNewEnough, readPlugins, type InstalledPlugins } from "../push/plugins";
import { Report } from "../push/logLine";
import type { PushRequest } from "../push/request";
import { runScript } from "../push/script";
import { withSession } from "../push/session";
import { withSettings } from "./settingNames";

/** What an apply of the same request would change on one controller. Holds no secret. */
export interface Plan {
    controller: string;
    cloud: string;
    /** Version of Jenkins. */
    jenkins: string;
    /** Version of the `ec2` plugin; empty where it is missing. */
    plugin: string;
    /** Whether a cloud of that name is there. */
    exists: boolean;
    /** Why the cloud or its credentials are not this stack's; without `adopt`, apply refuses. */
    foreign: string[];
    /** Descriptions of the wanted templates, in order. */
    templates: string[];
    differences: Difference[];
    /** What else a person should know: about agents, about the plugin. */
    notes: string[];
}

/** Whether an apply would find nothing to do. */
export function isSame(plan: Plan): boolean {
    return plan.differences.length === 0;
}

/**
 * Compares what the installed plugin makes of the request with what the controller holds. Changes nothing, so it may
 * run in a preview. A string of the request's cloud may be {@link UNKNOWN}: its differences then show it.
 *
 * @throws PushError if the controller cannot be reached, or if an apply of this request would be refused
 */
export function plan(
    request: PushRequest,
    report: Report,
    { clock, known }: { clock?: Clock; known?: InstalledPlugins } = {},
): Promise<Plan> {
    return withSession(request.controller, { report, clouds: [request.cloud], clock }, async ({ client }) => {
        const installed = known ?? (await readPlugins(client));
        const found = await readPlan(client, installed, request);
        return {
            controller: request.controller.id,
            cloud: request.cloud.name,
            jenkins: installed.jenkins,
            plugin: installed.ec2 ?? "",
            ...found,
        };
    });
}

type Found = Omit<Plan, "controller" | "cloud" | "jenkins" | "plugin">;

const planForm = record({
    exists: truth,
    foreign: list(text),
    templates: list(text),
    differences: list(differenceForm),
    notes: list(text),
});

async function readPlan(client: JenkinsClient, installed: InstalledPlugins, request: PushRequest): Promise<Found> {
    const { cloud, plugin } = request;
    if (isNewEnough(installed, plugin)) {
        const found = await runScript<Found>(client, "plan", { cloud }, planForm);
        return { ...found, differences: withSettings(found.differences, cloud) };
    }
    const state = installed.ec2 === undefined ? "not installed" : `${installed.ec2}, older than ${plugin.minimum}`;
    const next = plugin.install ? `a push installs ${plugin.version}` : "a push ends with the command to install it";
    return {
        exists: false,
        foreign: [],
        templates: cloud.templates.map((each) => String(each.parameters.description)),
        differences: installed.ec2 === undefined ? wholeCloud(request) : [],
        notes: [`the ec2 plugin is ${state}: ${next}; the controller's clouds are compared after that`],
    };
}

/** Without the plugin there is no cloud: all of it is new. */
function wholeCloud({ cloud }: PushRequest): Difference[] {
    const fresh = { existed: false, wanted: true, path: [], before: "" };
    return [
        ...cloud.credentials.map((each) => ({
            ...fresh,
            subject: "credential" as const,
            id: each.id,
            after: each.kind,
        })),
        { ...fresh, subject: "cloud", id: "", after: cloud.name },
        ...cloud.templates.map((each) => {
            const description = String(each.parameters.description);
            return { ...fresh, subject: "template" as const, id: description, after: description };
        }),
    ];
}
