import { z } from "zod";
import type { PluginValue } from "../../settings/schema/codec";
import { count, report } from "./jsonReport";

/** A list and a map hold the same again. */
const value = z.union([z.string(), z.array(z.unknown()), z.record(z.string(), z.unknown())]) as z.ZodType<PluginValue>;

export const difference = z.strictObject({
    subject: z.enum(["cloud", "template", "credential"]),
    id: z
        .string()
        .meta({ description: "The template's description or the credentials id; empty for the cloud itself." }),
    existed: z.boolean().meta({ description: "Whether the subject is in Jenkins already." }),
    wanted: z
        .boolean()
        .nullish()
        .meta({ description: "Of templates and credentials: whether the settings have the subject." }),
    path: z.array(z.string()).meta({ description: "The plugin's parameter; empty for the subject as a whole." }),
    setting: z
        .strictObject({ name: z.string(), before: value, after: value })
        .optional()
        .meta({ description: "The setting behind it, below the cloud's or the template's path, with its own values." }),
    isDefault: z
        .boolean()
        .optional()
        .meta({ description: "Whether the wanted value is a default, not of the settings." }),
    before: value.meta({ description: "In Jenkins; empty where there is nothing. Secrets are ****." }),
    after: value.meta({ description: "By the settings; empty where there is nothing. Secrets are ****." }),
});

const push = z.strictObject({
    plan: z
        .strictObject({
            controller: z.string(),
            cloud: z.string(),
            jenkins: z.string().meta({ description: "Version of Jenkins." }),
            plugin: z.string().meta({ description: "Version of the ec2 plugin; empty where there is none." }),
            exists: z.boolean().meta({ description: "Whether a cloud of that name is there." }),
            foreign: z.array(z.string()).meta({ description: "Why it is not this stack's." }),
            templates: z.array(z.string()).meta({ description: "Descriptions of the wanted templates, in order." }),
            differences: z.array(difference),
            notes: z.array(z.string()),
        })
        .optional()
        .meta({ description: "Absent where the controller could not be asked." }),
    problem: z.string().optional().meta({ description: "Why it could not." }),
    removal: z
        .strictObject({
            controller: z.string(),
            cloud: z.string(),
            templates: z
                .array(z.string())
                .meta({ description: "Descriptions of its templates, as the last up had them." }),
            agents: z
                .array(z.strictObject({ name: z.string(), template: z.string(), busy: z.boolean() }))
                .optional()
                .meta({ description: "Absent where the controller could not be asked." }),
        })
        .optional()
        .meta({
            description:
                "The cloud goes from the controller; alone, without a comparison, where none comes in its place.",
        }),
});

/** What `plan --json` prints: beside the four fields one for each push, by its name, which has a hyphen in it. */
export const planReport = report(difference.extend({ controller: z.string(), cloud: z.string() }), {
    pushes: count("Clouds on controllers."),
    same: count("Pushes that would find nothing to do."),
    different: count("Pushes that would change something."),
    removed: count("Clouds that go from a controller."),
    unanswered: count("Pushes whose controller could not be asked."),
}).catchall(push);
export type PlanReport = z.output<typeof planReport>;
