import { writeFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import pLimit from "p-limit";
import type { StackSettings } from "../../settings";
import { knownValues } from "../../settings/read/known";
import type { Look, Looks } from "./preflightResults";
import type { CloudReferences } from "../payload/references";
import type { ControllerOutputs } from "../controllerOutputs";
import { PushError } from "../push/errors";
import { impatient } from "../push/impatient";
import { isSame, plan, type Plan } from "./compare";
import { renderPlan } from "./render";
import type { SecretNames } from "../push/request";
import { alsoSecret } from "../push/secretParameters";
import type { PlannedPush } from "../requests";
import { planFileVariable, unwatchedVariable } from "../variables";

/** What a look at a controller found, by the name of the push. */
export type Observations = Record<string, Observation>;
export interface Observation {
    /** Absent where the controller could not be asked. */
    plan?: Plan;
    /** Why it could not. */
    problem?: string;
}

/**
 * Asks every controller what a push would change, and says so: this is what a preview shows of the Jenkins side, and how an
 * edit made in Jenkins is found. It changes nothing. A controller that did not answer the look before is not asked again: that is a
 * warning, since the push itself will say more. Reads as many controllers at a time as the settings allow pushes.
 *
 * @param deployed the stack's outputs after its last update
 */
export async function observe(
    pushes: PlannedPush[],
    settings: StackSettings,
    looks: Looks,
    deployed: { controllers?: Record<string, ControllerOutputs> },
): Promise<Observations> {
    if (!isWatching(settings)) return {};
    const limit = pLimit(settings.parallel);
    const entries = await Promise.all(
        pushes.map((push) =>
            limit(async () => {
                const { controller, cloud } = push;
                const former = deployed.controllers?.[controller.id]?.clouds[cloud.id]?.secret;
                return [push.name, await compare(push, looks[controller.id]!, former)] as const;
            }),
        ),
    );
    for (const [, observation] of entries) await say(observation);
    const observations = Object.fromEntries(entries);
    record(observations);
    return observations;
}

const recorded: Observations = {};

/** Hands the observations to the command that waits for them, if one does: those of all components of the program. */
export function record(observations: Observations): void {
    const file = process.env[planFileVariable];
    Object.assign(recorded, observations);
    if (file) writeFileSync(file, JSON.stringify(recorded), { mode: 0o600 });
}

/** Whether controllers are asked at all before the pushes. */
export function isWatching({ watch }: StackSettings): boolean {
    if (process.env[unwatchedVariable] !== undefined) return false;
    return watch !== "off" || process.env[planFileVariable] !== undefined;
}

async function compare(push: PlannedPush, { state, unanswered }: Look, former?: SecretNames): Promise<Observation> {
    try {
        if (unanswered) throw new PushError(push.controller.id, unanswered);
        const request = push.request((await knownValues(push.references)) as CloudReferences);
        return {
            plan: await plan(impatient(alsoSecret(request, former)), () => undefined, { known: state?.installed }),
        };
    } catch (error) {
        return {
            problem: `${push.name}: not compared with Jenkins: ${error instanceof Error ? error.message : String(error)}`,
        };
    }
}

async function say({ plan: found, problem }: Observation): Promise<void> {
    if (problem) await pulumi.log.warn(problem);
    if (found && (!isSame(found) || found.notes.length > 0)) await pulumi.log.info(renderPlan(found));
}

/**
 * The mark that makes a push run although no setting changed: with `watch: heal`, for a controller that differs. It holds
 * the time, since the same edit may be made again after it was put back.
 */
export function driftMark(observation: Observation | undefined, { watch }: StackSettings): string | undefined {
    if (watch !== "heal" || !observation?.plan || isSame(observation.plan)) return undefined;
    return `${new Date().toISOString()}: ${observation.plan.differences.length} differences`;
}
