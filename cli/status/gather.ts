import type { StackSettings } from "../../settings";
import shipped from "../../settings/prices.json";
import { deployedPushes, type DeployedPush } from "../pulumi";
import { configurationTakenUp, settingsTakenUp, takeUpStack, type StackConfiguration } from "../stackSettings";
import { askControllers } from "./ask";
import { findInstances } from "./instances";
import { regionOf, type Asked } from "./compile";

/** What a stack is, by its state and its configuration. It holds secrets: it stays in this process's memory. */
export interface Stack {
    pushes: DeployedPush[];
    configuration: StackConfiguration;
    settings?: StackSettings;
    /** Why there are no settings. */
    problems: string[];
}

/**
 * Reads what a stack is. Settings that can't be read take away faults and prices of its own, and nothing else.
 *
 * @throws where the state can't be read, or nothing is deployed
 */
export async function readStack(stackArguments: string[]): Promise<Stack> {
    const pushes = await deployedPushes(stackArguments);
    if (pushes.length === 0) throw new Error("The stack has deployed no cloud: there is nothing to ask for.");
    await takeUpStack(stackArguments);
    const configuration = configurationTakenUp();
    try {
        const settings = await settingsTakenUp();
        return { pushes: await reachedAs(settings, pushes), configuration, settings, problems: [] };
    } catch (error) {
        const problem = `The settings could not be read, so faults of the plugin and prices of the stack's own are left out: ${error instanceof Error ? error.message : String(error)}`;
        return { pushes, configuration, problems: [problem] };
    }
}

/** A token that was replaced since the last update is not in the state yet. */
async function reachedAs(settings: StackSettings, pushes: DeployedPush[]): Promise<DeployedPush[]> {
    // It reads Pulumi's SDK, which had to wait for the stack's configuration.
    const { controllerAccess } = await import("../../jenkins/requests");
    return pushes.map((push) => {
        const said = settings.controllers[push.request.controller.id];
        const controller = said && controllerAccess(settings, said);
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
