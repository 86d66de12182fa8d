import * as pulumi from "@pulumi/pulumi";
import type { StackOutputs } from "../outputs";
import type { StackSettings } from "../settings";
import { mapValues } from "../settings/mapValues";
import { ImpossibleSettings } from "../settings/mistake";
import { problemText } from "../settings/problem";
import type { Looks } from "./looks";
import type { Observations } from "./observe";
import { UNKNOWN } from "../settings/unknown";
import type { PlannedPush } from "./requests";
import { change, tooLarge, type Changed, type Inventory } from "./safety";
import { planFileVariable } from "./variables";

/**
 * The stack's outputs after its last update, none before its first. Read as a stack reads another's outputs (Pulumi: `StackReference`), but of itself and without a resource.
 * A component's are below the output of its name.
 */
export async function deployedOutputs({ project, stack, component }: StackSettings): Promise<Partial<StackOutputs>> {
    const name = `${pulumi.getOrganization()}/${project}/${stack}`;
    const { outputs } = (await pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", { name })) as {
        outputs: Partial<StackOutputs> & Record<string, Partial<StackOutputs> | undefined>;
    };
    return component === undefined ? outputs : (outputs[component] ?? {});
}

/**
 * What the stack had on its controllers after its last update: of a controller or a cloud that the settings no longer name,
 * nothing else tells.
 */
export function deployedInventory(outputs: Partial<StackOutputs>): Inventory {
    return mapValues(outputs.controllers ?? {}, ({ clouds }) => mapValues(clouds, ({ templates }) => templates));
}

/**
 * Ends the program, in preview and up, before a change that is larger than `safety` allows.
 *
 * @throws a RunError that lists what would go and change. `plan` only looks: there it is a warning
 */
export async function refuseTooLarge(settings: StackSettings, before: Inventory, changed: Changed[]): Promise<void> {
    const problems = tooLarge(change(before, wantedInventory(settings), changed), settings.safety);
    if (problems.length === 0) return;
    const heading =
        "This change is larger than the settings allow; Jenkins has not been touched. See docs/messages.md#change-too-large";
    if (process.env[planFileVariable] === undefined) throw new ImpossibleSettings(heading, problems);
    await pulumi.log.warn(problemText(heading, problems));
}

/** What differs as far as a look without AWS's answers shows. */
export function changedInLooks(looks: Looks, { clouds }: StackSettings): Changed[] {
    return Object.entries(looks).flatMap(([controller, { state }]) =>
        (state?.changed ?? []).map(({ cloud, template }) => ({
            controller,
            cloud: Object.values(clouds).find(({ name }) => name === cloud)!.id,
            template,
        })),
    );
}

/** What differs when AWS has answered. A value that it has yet to make counts as the same. */
export function changedInObservations(observations: Observations, pushes: PlannedPush[]): Changed[] {
    return pushes.flatMap(({ name, controller, cloud }) =>
        (observations[name]?.plan?.differences ?? [])
            .filter(({ subject, existed, wanted }) => subject !== "credential" && existed && wanted !== false)
            .filter(({ after }) => !JSON.stringify(after).includes(UNKNOWN))
            .map(({ id }) => ({ controller: controller.id, cloud: cloud.id, template: id })),
    );
}

function wantedInventory({ controllers, clouds }: StackSettings): Inventory {
    return mapValues(controllers, (_, id) =>
        Object.fromEntries(
            Object.values(clouds)
                .filter((cloud) => cloud.controllers.includes(id))
                .map((cloud) => [cloud.id, Object.values(cloud.templates).map(({ description }) => description)]),
        ),
    );
}
