import * as pulumi from "@pulumi/pulumi";
import type { StackSettings } from "../settings";
import { Cloud } from "./cloud";
import type { CloudReferences } from "./payload/references";
import { healed } from "./preview/diff";
import type { Preflights } from "./preview/controllerState";
import type { CloudDiffs } from "./preview/planFile";
import type { PlannedPush } from "./requests";

/** The clouds of all pushes, in their order. */
export function makeClouds(
    pushes: PlannedPush[],
    settings: StackSettings,
    diffs: CloudDiffs,
    preflights: Preflights,
    options: pulumi.ComponentResourceOptions,
): Cloud[] {
    return rollOut(pushes, settings, (push, stage) => {
        const { name, formerName, isSame, controller, cloud, references, request, prerequisites } = push;
        const args = {
            request: pulumi.output(references as pulumi.Input<CloudReferences>).apply(request),
            url: controller.url,
            cloudName: cloud.name,
            isSame,
            stays: isSame && formerName === undefined && isThere(push, preflights),
            prerequisites,
            healed: healed(diffs[name], settings),
            ...stage,
            parallel: settings.parallel,
        };
        return new Cloud(name, args, { ...options, aliases: formerName === undefined ? [] : [{ name: formerName }] });
    });
}

/** Whether Jenkins has the cloud; not known of a controller that was not asked. */
function isThere({ controller, cloud }: PlannedPush, preflights: Preflights): boolean {
    return preflights[controller.id]?.state?.clouds.some(({ name }) => name === cloud.name) ?? false;
}

/** Where a push stands in the rollout. */
export interface Stage {
    /** Clouds that have to be in place before. */
    after: Cloud[];
    /** What to log if the push fails. */
    onError?: pulumi.ErrorHook[];
}

/**
 * Makes the clouds of the canaries first and all others after them. They are dependencies in Pulumi's graph: without those a
 * failure would stop only what has not begun.
 *
 * @returns the clouds in the order of the pushes
 */
export function rollOut(
    pushes: PlannedPush[],
    settings: StackSettings,
    make: (push: PlannedPush, stage: Stage) => Cloud,
): Cloud[] {
    const canaries = pushes.filter((push) => isCanary(push, settings));
    const others = pushes.filter((push) => !canaries.includes(push));
    const first = canaries.map((push) =>
        make(push, { after: [], onError: others.length === 0 ? undefined : [endOfRollout(push, others)] }),
    );
    const made = new Map(canaries.map((push, index) => [push, first[index]!]));
    for (const push of others) made.set(push, make(push, { after: first }));
    return pushes.map((push) => made.get(push)!);
}

/** Whether a push belongs to the first wave. */
export function isCanary({ controller }: PlannedPush, { rollout }: StackSettings): boolean {
    return rollout.canary.includes(controller.id);
}

/** Adds to the error that the rollout ends: Pulumi ends the program before it prints the summary table. */
function endOfRollout({ name, controller }: PlannedPush, others: PlannedPush[]): pulumi.ErrorHook {
    return new pulumi.ErrorHook(`jenkins:Cloud:${name}-end-of-rollout`, async () => {
        await pulumi.log.error(
            `The rollout ends with the canary ${controller.id}. Not touched: ${others.map((other) => other.name).join(", ")}.`,
        );
        return false;
    });
}
