import { writeFileSync } from "node:fs";
import type { StackSettings } from "../../settings";
import type { Removal } from "./agents";
import type { Plan } from "./compare";

/*
 * How a command beside the deployment gets the program's comparison. It runs `pulumi preview` and names a file in the environment.
 * This file must not load Pulumi's SDK: a command imports it before it knows the stack.
 */

/** Names the file that gets the comparison as JSON, without secrets: `npm run jenkins -- plan` reads it. */
export const planFileVariable = "JENKINS_PLAN_FILE";

/** If set, the program asks no controller, whatever `watch` is: `npm run jenkins -- check` asks AWS alone. */
export const unwatchedVariable = "JENKINS_UNWATCHED";

/** The comparison of each push, and each removal, by the name of the push. */
export type CloudDiffs = Record<string, CloudDiff>;
export interface CloudDiff {
    /** Absent where the controller could not be asked. */
    plan?: Plan;
    /** Why the controller could not be asked. */
    problem?: string;
    /** The cloud of the last update, which goes; alone where none comes in its place. */
    removal?: Removal;
}

const written: CloudDiffs = {};

/** Writes the comparison for the command that waits for it, if there is one. The file has those of all components of the program. */
export function writePlanFile(diffs: CloudDiffs): void {
    const file = process.env[planFileVariable];
    Object.assign(written, diffs);
    if (file) writeFileSync(file, JSON.stringify(written), { mode: 0o600 });
}

/** Whether a command runs this program only to read its comparison. */
export const isOnlyPlan = () => process.env[planFileVariable] !== undefined;

/** Whether the program asks controllers before it pushes. */
export function isWatching({ watch }: StackSettings): boolean {
    if (process.env[unwatchedVariable] !== undefined) return false;
    return watch !== "off" || isOnlyPlan();
}
