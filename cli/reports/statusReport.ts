import { z } from "zod";
import { difference } from "./planReport";
import { count, problem, report } from "./jsonReport";

const perHour = z
    .number()
    .optional()
    .meta({ description: "What it costs an hour by the price table, for Spot at most; absent without a price." });
const ageSeconds = z
    .int()
    .min(0)
    .optional()
    .meta({ description: "Seconds since its instance was started last; absent where EC2 does not show it." });
const instanceState = z.enum(["pending", "running", "stopping", "stopped"]);

const agent = z.strictObject({
    name: z.string().meta({ description: "Of the node in Jenkins." }),
    page: z.string().meta({ description: "Its page in Jenkins." }),
    template: z.string().meta({ description: "Its description; the cloud need not have it any more." }),
    state: z
        .enum(["busy", "idle", "launching", "offline"])
        .meta({ description: "Busy and idle agents are online; one whose instance was stopped is offline." }),
    reason: z.string().meta({ description: "Why it is offline, where Jenkins says so; else empty." }),
    executors: count("Builds that it can run at a time."),
    busyExecutors: count("Builds that it runs."),
    instanceId: z.string().meta({ description: "Empty where there is none yet: that of a Spot request." }),
    console: z.string().meta({ description: "The instance's page in the AWS console; empty without one." }),
    instanceType: z.string().meta({ description: "Empty where EC2 does not show the instance." }),
    instanceState: instanceState.optional().meta({ description: "Absent where EC2 does not show the instance." }),
    spot: z.boolean(),
    ageSeconds,
    perHour,
});
export type StatusAgent = z.output<typeof agent>;

const template = z.strictObject({
    description: z.string(),
    labels: z.array(z.string()),
    instanceType: z.string(),
    spot: z.boolean(),
    cap: z.int().optional().meta({ description: "At most this many on this controller; absent without a cap." }),
    perHour: perHour.meta({ description: "What one costs an hour, for Spot at most; absent without a price." }),
    isThere: z.boolean().meta({ description: "Whether the cloud in Jenkins has it; true where nobody could ask." }),
});
export type StatusTemplate = z.output<typeof template>;

const cloud = z.strictObject({
    name: z.string().meta({ description: "In Jenkins." }),
    region: z.string(),
    pushed: z
        .string()
        .optional()
        .meta({ description: "When its push last ran with success, ISO 8601 in UTC; absent where that is not known." }),
    differences: count("What someone has changed in Jenkins since the last push; 'changes' has each.").optional(),
    problem: z.string().optional().meta({ description: "Why it could not be compared." }),
    templates: z.array(template).meta({ description: "As the last push had them." }),
    agents: z.array(agent),
});
export type StatusCloud = z.output<typeof cloud>;

const controller = z.strictObject({
    id: z.string(),
    url: z.string(),
    problem: z.string().optional().meta({ description: "Why it could not be asked; absent where it answered." }),
    jenkins: z.string().optional().meta({ description: "Version of Jenkins." }),
    plugin: z.string().optional().meta({ description: "Version of the ec2 plugin; absent without an active one." }),
    faults: z
        .array(problem.required({ code: true, severity: true, path: true }))
        .meta({ description: "Faults of its plugin that the settings meet, without those that the stack silences." }),
    clouds: z.array(cloud).meta({ description: "Those that the stack has deployed there." }),
    otherAgents: count("Agents of EC2 clouds there that are not this stack's."),
    waiting: z
        .array(
            z.strictObject({
                name: z.string(),
                page: z.string().meta({ description: "Its job's in Jenkins." }),
                label: z.string().meta({ description: "A label or an expression of labels; empty for any agent." }),
                seconds: count("For how long it has waited."),
            }),
        )
        .meta({
            description: "Builds for which only an executor is missing: those that have waited longest, at most 500.",
        }),
    waitingInAll: count("How many such builds there are."),
    switchedOff: z
        .array(
            z.strictObject({
                name: z.string(),
                label: z.string().meta({ description: "That was switched." }),
                since: z.string().meta({ description: "ISO 8601 in UTC." }),
            }),
        )
        .meta({ description: "Permanent agents that switch took offline." }),
    stranded: count("Waiting builds that nothing but those agents could take."),
});
export type StatusController = z.output<typeof controller>;

const orphan = z.strictObject({
    instanceId: z.string(),
    console: z.string().meta({ description: "Its page in the AWS console." }),
    region: z.string(),
    controller: z.string().meta({ description: "Id of the controller that its tag names." }),
    template: z
        .string()
        .meta({ description: "Description of the template that it was launched for, if its tag says so." }),
    instanceType: z.string(),
    instanceState,
    spot: z.boolean(),
    ageSeconds,
    perHour,
    kept: z.string().optional().meta({ description: "Why orphans --end leaves it; absent where it ends it." }),
});
export type StatusOrphan = z.output<typeof orphan>;

/** What `status --json` prints. */
export const statusReport = report(difference.extend({ controller: z.string(), cloud: z.string() }), {
    controllers: count("Of the stack."),
    unanswered: count("Controllers that could not be asked."),
    busy: count("Agents with a build."),
    idle: count("Agents that are online without a build."),
    launching: count("Agents that are being started."),
    offline: count("Agents that are neither online nor being started."),
    waiting: count("Builds that wait for an agent."),
    differences: count("What someone has changed in Jenkins."),
    orphans: count("Instances that no controller knows."),
    unverified: count("Instances with the tag of a controller that could not be asked."),
    instances: count("Instances of the stack and of its agents that run or start."),
    perHour: z.number().meta({ description: "What those cost an hour by the price table; for Spot at most." }),
    unpriced: count("Instances of those for which the table has no price."),
}).extend({
    stack: z.string().meta({ description: "PROJECT/STACK; several where the stack has components." }),
    at: z.string().meta({ description: "When it was asked, ISO 8601 in UTC." }),
    prices: z.strictObject({
        source: z.string(),
        date: z.string(),
        currency: z.string(),
    }),
    controllers: z.array(controller),
    regions: z.array(
        z.strictObject({
            region: z.string(),
            problem: z
                .string()
                .optional()
                .meta({ description: "Why EC2 could not be asked; absent where it answered." }),
        }),
    ),
    orphans: z.array(orphan).meta({ description: "Instances with the stack's tag that no controller knows." }),
});
export type StatusReport = z.output<typeof statusReport>;

/** What `orphans --json` prints. */
export const orphansReport = report(
    z.strictObject({ instanceId: z.string(), region: z.string(), change: z.literal("ended") }),
    {
        orphans: count("Instances that no controller knows, before anything was ended."),
        ended: count("Those that were ended."),
        kept: count("Those that are left alone, for the reason that each has."),
        unverified: count("Instances with the tag of a controller that could not be asked."),
        perHour: z
            .number()
            .meta({ description: "What the orphans cost an hour by the price table; for Spot at most." }),
    },
).extend({
    prices: statusReport.shape.prices,
    orphans: z.array(orphan),
});
export type OrphansReport = z.output<typeof orphansReport>;
