import { z } from "zod";
import { count, report } from "./jsonReport";

const step = z.strictObject({
    step: z.string(),
    result: z.enum(["passed", "failed", "not tried"]).meta({
        description: "Not tried: a step before it failed, or there is nothing to try it with.",
    }),
    found: z.array(z.string()).meta({ description: "What was found; of a failed one, each with what to do." }),
});

/** What `check --json` prints. Each failed step is an error. */
export const checkReport = report(z.never(), {
    passed: count("Steps that passed."),
    failed: count("Steps that failed."),
    untried: count("Steps that were not tried."),
}).extend({
    steps: z.array(step).meta({ description: "Of the stack, in the order in which they were tried." }),
    controllers: z.record(z.string(), z.array(step)).meta({ description: "Of each controller, by its id." }),
});
export type CheckReport = z.output<typeof checkReport>;
