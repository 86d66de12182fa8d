import { writeFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import pLimit from "p-limit";
import type { StackSettings } from "../settings";
import { knownValues } from "./known";
import type { CloudReferences } from "./payload";
import { isSame, plan, type Plan } from "./push/plan";
import { renderPlan } from "./push/render";
import type { PushRequest } from "./push/request";
import type { PlannedPush } from "./requests";

/** Names a file that gets the observations as JSON, without secrets: how `npm run jenkins -- plan` learns of them. */
export const planFileVariable = "JENKINS_PLAN_FILE";

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
 * edit made in Jenkins is found. It changes nothing. A controller that can't be asked is a warning, since the push itself
 * will say more. Reads as many controllers at a time as the settings allow pushes.
 */
export async function observe(pushes: PlannedPush[], { watch, parallel }: StackSettings): Promise<Observations> {
    if (watch === "off" && !process.env[planFileVariable]) return {};
    const limit = pLimit(parallel);
    const entries = await Promise.all(pushes.map((push) => limit(async () => [push.name, await look(push)] as const)));
    for (const [, observation] of entries) await say(observation);
    const observations = Object.fromEntries(entries);
    const file = process.env[planFileVariable];
    if (file) writeFileSync(file, JSON.stringify(observations), { mode: 0o600 });
    return observations;
}

async function look(push: PlannedPush): Promise<Observation> {
    try {
        const request = push.request((await knownValues(push.references)) as CloudReferences);
        return { plan: await plan(impatient(request), () => undefined) };
    } catch (error) {
        return {
            problem: `${push.name}: not compared with Jenkins: ${error instanceof Error ? error.message : String(error)}`,
        };
    }
}

/** A look is no push: a controller that is down or starting is not waited for. */
function impatient(request: PushRequest): PushRequest {
    const { timeouts } = request.controller;
    const totalSeconds = Math.min(timeouts.totalSeconds, 20);
    const connectSeconds = Math.min(timeouts.connectSeconds, 5);
    return {
        ...request,
        controller: { ...request.controller, timeouts: { ...timeouts, totalSeconds, connectSeconds } },
    };
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
