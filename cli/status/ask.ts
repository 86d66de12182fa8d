import pLimit from "p-limit";
import { groupBy } from "../../settings/collections";
import { PushError } from "../../jenkins/push/errors";
import { fleet, type Fleet } from "../../jenkins/push/fleet";
import { impatient } from "../../jenkins/push/impatient";
import { plan, type Plan } from "../../jenkins/preview/compare";
import type { DeployedPush } from "../pulumi";

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
export function askControllers(pushes: readonly DeployedPush[], compares: boolean): Promise<ControllerAnswer[]> {
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
        const found = await fleet(impatient(request), silent);
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
        return { push, plan: await plan(impatient(push.request), silent, { known: installed }) };
    } catch (error) {
        return { push, problem: reasonOf(error) };
    }
}

/** Without the controller's id, which stands beside it. */
function reasonOf(error: unknown): string {
    if (error instanceof PushError) return error.problems.join("; ");
    return error instanceof Error ? error.message : String(error);
}
