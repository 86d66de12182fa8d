import pLimit from "p-limit";
import { controllerAccess } from "../../jenkins/controllerAccess";
import { plan, type Plan } from "../../jenkins/preview/compare";
import { PushError } from "../../jenkins/push/errors";
import { texts } from "../../jenkins/push/redact";
import { withShortTimeouts } from "../../jenkins/push/session";
import type { PriceTable, StackSettings } from "../../settings";
import { groupBy } from "../../settings/collections";
import { isOfComponent } from "../../settings/naming";
import shipped from "../../settings/prices.json";
import { deployedPushes, type DeployedPush } from "../pulumi";
import {
    configurationTakenUp,
    hasSettings,
    settingsTakenUp,
    takeUpStack,
    type StackConfiguration,
} from "../stackSettings";
import { fleet, type Fleet } from "./fleet";
import { findInstances, type RegionAnswer } from "./instances";

/** All answers of controllers and of EC2, as they came. */
export interface Asked {
    /** `PROJECT/STACK` of each component. */
    owners: string[];
    at: Date;
    controllers: ControllerAnswer[];
    regions: RegionAnswer[];
    /** Absent where they can't be read, as those of your own program: then no faults are known. */
    settings?: StackSettings;
    prices: PriceTable;
    /** What else went wrong. */
    problems: string[];
}

/** What a stack is, by its state and its configuration. It holds secrets: it stays in this process's memory. */
export interface Stack {
    pushes: DeployedPush[];
    configuration: StackConfiguration;
    settings?: StackSettings;
    /** Why there are no settings; empty where your own program has them. */
    problems: string[];
}

/**
 * Reads what a stack is. Settings that can't be read cost only its faults and prices.
 *
 * @throws where the state can't be read, or nothing is deployed
 */
export async function readStack(stackArguments: string[]): Promise<Stack> {
    const pushes = await deployedPushes(stackArguments);
    if (pushes.length === 0) throw new Error("The stack has deployed no cloud: there is nothing to ask for.");
    await takeUpStack(stackArguments);
    const configuration = configurationTakenUp();
    if (!hasSettings() && pushes.every(({ request }) => isOfComponent(request.owner))) {
        return { pushes, configuration, problems: [] };
    }
    try {
        const settings = await settingsTakenUp();
        return { pushes: reachedAs(settings, pushes), configuration, settings, problems: [] };
    } catch (error) {
        const problem = `The settings could not be read, so faults of the plugin and prices of the stack's own are left out: ${error instanceof Error ? error.message : String(error)}`;
        return { pushes, configuration, problems: [problem] };
    }
}

/** A token that was replaced since the last update is not in the state yet. */
function reachedAs(settings: StackSettings, pushes: DeployedPush[]): DeployedPush[] {
    return pushes.map((push) => {
        const configured = settings.controllers[push.request.controller.id];
        const controller = configured && controllerAccess(settings, configured);
        if (controller?.url !== push.request.controller.url) return push;
        return { ...push, request: { ...push.request, controller } };
    });
}

/**
 * Asks the stack's controllers, and EC2 in the regions of its clouds. Changes nothing.
 *
 * @param compares whether clouds are compared with their last push (yes)
 */
export async function askAll(
    { pushes, configuration, settings, problems }: Stack,
    { compares = true }: { compares?: boolean } = {},
): Promise<Asked> {
    const owners = [...new Set(pushes.map(({ request }) => request.owner))];
    const regions = [...new Set(pushes.map(regionOf))].sort();
    const controllers = await askControllers(pushes, compares);
    const instanceIds = controllers.flatMap(({ fleet }) => (fleet?.agents ?? []).map((agent) => agent.instanceId));
    const wanted = { owners, instanceIds: instanceIds.filter((id) => id !== "") };
    return {
        owners,
        at: new Date(),
        controllers,
        regions: await findInstances(regions, wanted, configuration),
        settings,
        prices: settings?.prices ?? shipped,
        problems,
    };
}

/** Region of a cloud. */
export const regionOf = ({ request }: DeployedPush) => texts(request.cloud.parameters.region).join(" ");

/** What one controller of the stack answered. */
export interface ControllerAnswer {
    id: string;
    url: string;
    /** Absent where it could not be asked. */
    fleet?: Fleet;
    /** Why it could not. */
    problem?: string;
    /** The clouds that the stack has deployed there, in order. */
    clouds: CloudAnswer[];
}

export interface CloudAnswer {
    push: DeployedPush;
    /** What differs from the last push; absent where that was not compared. */
    plan?: Plan;
    /** Why it could not; absent where the controller could not be asked at all. */
    problem?: string;
}

const silent = () => undefined;
/** Controllers that are asked at a time. */
const PARALLEL = 10;

/**
 * Asks every controller that the stack has deployed to, each for itself. Changes nothing.
 *
 * @param compares whether its clouds are compared with their last push, which takes requests for each
 */
function askControllers(pushes: readonly DeployedPush[], compares: boolean): Promise<ControllerAnswer[]> {
    const limit = pLimit(PARALLEL);
    const controllers = groupBy(pushes, ({ request: { controller } }) =>
        JSON.stringify([controller.id, controller.url]),
    );
    return Promise.all([...controllers.values()].map((those) => limit(() => ask(those, compares))));
}

async function ask(pushes: readonly DeployedPush[], compares: boolean): Promise<ControllerAnswer> {
    const [{ request }] = pushes as [DeployedPush];
    const { id, url } = request.controller;
    try {
        const found = await fleet(withShortTimeouts(request).controller, silent);
        const clouds: CloudAnswer[] = [];
        // The controller is asked one thing at a time.
        for (const push of pushes) clouds.push(compares ? await compared(push, found) : { push });
        return { id, url, fleet: found, clouds };
    } catch (error) {
        return { id, url, problem: reasonOf(error), clouds: pushes.map((push) => ({ push })) };
    }
}

async function compared(push: DeployedPush, { installed }: Fleet): Promise<CloudAnswer> {
    try {
        return { push, plan: await plan(withShortTimeouts(push.request), silent, { known: installed }) };
    } catch (error) {
        return { push, problem: reasonOf(error) };
    }
}

/** Without the controller's id, which stands beside it. */
export function reasonOf(error: unknown): string {
    if (error instanceof PushError) return error.problems.join("; ");
    return error instanceof Error ? error.message : String(error);
}
