import { z } from "zod";
import { count, problem, report } from "./jsonReport";

const fault = problem.required({ code: true, severity: true, path: true }).extend({
    bounded: z
        .boolean()
        .meta({ description: "It is a warning, and not an error, because a cap bounds what it costs." }),
    silenced: z.boolean().meta({ description: "The stack silences it, so it does not count." }),
    link: z.string().optional(),
});

const release = z.strictObject({
    version: z.string(),
    lacks: z.array(
        z.strictObject({
            setting: z.string(),
            since: z.string().meta({ description: "The first release that has it." }),
        }),
    ),
    faults: z.array(fault),
});

/** What `advise --json` prints. Warnings and errors are those of the releases in use. */
export const adviseReport = report(
    z.strictObject({
        controller: z.string(),
        path: z.string().meta({ description: "The setting." }),
        before: z.string().meta({ description: "The release in use." }),
        after: z.string().meta({ description: "One that suits better." }),
    }),
    {
        best: z.string().meta({ description: "The release that suits best." }),
        controllers: count("Of the stack."),
        worse: count("Controllers for which another release suits better."),
    },
).extend({
    best: z.string().meta({ description: "The release that suits best." }),
    controllers: z.array(z.strictObject({ id: z.string(), version: z.string() })),
    releases: z.array(release).meta({ description: "Every release that is known, newest first." }),
});
export type AdviseReport = z.output<typeof adviseReport>;
