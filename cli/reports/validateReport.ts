import { z } from "zod";
import { count, problem, report } from "./jsonReport";

const settingProblem = problem.required({ code: true, severity: true, path: true });

/** What `validate --json` prints. */
export const validateReport = report(z.never(), {
    stack: z.string(),
    file: z.string().meta({ description: "The stack's file." }),
    problems: count("Of errors: what a deployment would refuse."),
    warnings: count("Of warnings; as in a deployment there are none where something is wrong."),
    controllers: count("What there is; absent where something is wrong.").optional(),
    clouds: count("As controllers.").optional(),
    templates: count("As controllers, of all clouds.").optional(),
}).extend({
    warnings: z.array(settingProblem).meta({ description: "What is probably not meant." }),
    errors: z.array(settingProblem).meta({ description: "What is wrong." }),
    problems: z.array(settingProblem).meta({ description: "The same as errors, by the name that they had before." }),
});
export type ValidateReport = z.output<typeof validateReport>;
