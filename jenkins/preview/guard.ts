import * as pulumi from "@pulumi/pulumi";
import type { StackSettings } from "../../settings";
import { mapValues } from "../../settings/collections";
import { ImpossibleSettings } from "../../settings/read/mistake";
import { problemText } from "../../settings/problem";
import type { Looks } from "./preflightResults";
import type { Observations } from "./diff";
import { UNKNOWN } from "../../settings/unknown";
import type { PlannedPush } from "../requests";
import { change, tooLarge, type Changed, type Inventory } from "./safety";
import { planFileVariable } from "../variables";

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
