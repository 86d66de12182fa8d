import * as pulumi from "@pulumi/pulumi";
import type { StackSettings } from "../settings";
import type { Cloud } from "./cloud";
import type { PlannedPush } from "./requests";

/** Where a push stands in the rollout. */
export interface Stage {
    /** Clouds that have to be in place before. */
    after: Cloud[];
    /** What to say if the push fails. */
    onError?: pulumi.ErrorHook[];
}

/**
 * Makes the clouds of the canaries first and all others after them, by dependencies in Pulumi's graph: without those a failure
 * would end only what has not begun. Answers in the order of the pushes.
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

/** Only adds to the error: Pulumi ends the program, and with it the table, unless told to go on. */
function endOfRollout({ name, controller }: PlannedPush, others: PlannedPush[]): pulumi.ErrorHook {
    return new pulumi.ErrorHook(`jenkins:Cloud:${name}-end-of-rollout`, async () => {
        await pulumi.log.error(
            `The rollout ends with the canary ${controller.id}. Not touched: ${others.map((other) => other.name).join(", ")}.`,
        );
        return false;
    });
}
