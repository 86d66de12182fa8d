import { z } from "zod";
import { printable } from "../../settings/printable";
import type { Problem } from "../../settings/problem";

/** A {@link Problem} in a report. What a command finds outside of the settings has a message only. It holds no secret. */
export const problem = z.strictObject({
    code: z.string().optional().meta({
        description: "Its section in docs/messages.md; 'silence' takes that of a warning and of a plugin's fault.",
    }),
    severity: z.enum(["error", "warning"]).optional(),
    path: z.string().optional().meta({ description: "The setting that it is about, by its whole path." }),
    place: z.string().optional().meta({ description: "Where that is written, as 'fleets/prod.yaml:12:7'." }),
    value: z.string().optional().meta({ description: "What was found there; secrets are masked." }),
    message: z.string().meta({ description: "What is wrong, in words for a person." }),
    fix: z.string().optional().meta({ description: "How to put it right: a command where there is one." }),
});
export type ReportedProblem = z.output<typeof problem> & Partial<Problem>;

/**
 * What every command answers with `--json`, beside fields of its own: these four are always there. Nothing is on standard
 * output where a command could not do its work at all: standard error has the reason, and it ends with 1.
 *
 * @param change one change that is to be made, or was made
 * @param counts what the summary has
 */
export function report<Change extends z.ZodType, Counts extends z.ZodRawShape>(change: Change, counts: Counts) {
    return z.strictObject({
        changes: z.array(change).meta({ description: "What there is to change, or was changed." }),
        summary: z.strictObject(counts).meta({ description: "The whole in a few figures and names." }),
        warnings: z.array(problem).meta({ description: "What is probably not meant." }),
        errors: z.array(problem).meta({ description: "What is wrong." }),
    });
}

/** A report as it is printed. */
export const asJson = (report: object) => `${printable(JSON.stringify(report, null, 2))}\n`;

/** A count in a summary. */
export const count = (description: string) => z.int().min(0).meta({ description });
