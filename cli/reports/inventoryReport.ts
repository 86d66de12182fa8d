import { z } from "zod";
import { count, report } from "./jsonReport";

const figure = (description: string) => z.number().min(0).meta({ description });

const use = z.strictObject({
    peak: figure("The most at one moment."),
    percentile95: figure("At 95 of 100 hours it was at most this."),
    mean: figure("Over all hours that are known."),
    idle: figure("Part of the hours with nothing, from 0 to 1."),
    hours: count("Hours that are known."),
});

const agent = z.strictObject({
    name: z.string(),
    labels: z.array(z.string()),
    executors: count("Builds that it can run at a time."),
    folder: z.string().meta({ description: "Remote folder." }),
    exclusive: z.boolean().meta({ description: "Whether only builds that ask for a label of it run there." }),
    started: z.string().meta({ description: "SSH, inbound, or the name of Jenkins' launcher." }),
    system: z.string().meta({ description: "As Jenkins' monitor has it; empty where it is not known." }),
    memoryGiB: z.number().optional().meta({ description: "Absent where Jenkins' monitor does not know it." }),
    java: z.string().meta({ description: "Empty where it is not known." }),
    environment: z.array(z.string()).meta({ description: "Names of its environment variables." }),
    tools: z.array(z.strictObject({ type: z.string(), name: z.string(), home: z.string() })),
    online: z.boolean(),
    offlineReason: z.string(),
    idleSince: z.string().optional().meta({ description: "ISO 8601 in UTC; absent while a build runs." }),
    builtNothing: z.boolean().meta({ description: "Whether no build was seen in the time that is known." }),
});
export type InventoryAgent = z.output<typeof agent>;

const controller = z.strictObject({
    id: z.string(),
    url: z.string(),
    problem: z.string().optional().meta({ description: "Why it could not be asked; absent where it answered." }),
    jenkins: z.string().optional().meta({ description: "Version of Jenkins." }),
    cloudAgents: count(
        "Agents that clouds have started, or that registered themselves (Swarm clients); they are left out.",
    ),
    statisticsHours: count("Hours that its load statistics reach back: since Jenkins started, 56 days at most."),
    buildsRead: z
        .enum(["none", "all", "some"])
        .meta({ description: "Builds that were read where the statistics do not reach back far enough." }),
    agents: z.array(agent),
});
export type InventoryController = z.output<typeof controller>;

const label = z.strictObject({
    label: z.string().meta({ description: "A label, or an expression that a job asks for." }),
    agents: count("Permanent agents that have it."),
    executors: count("Of those agents."),
    jobs: count("Jobs that ask for it; a Pipeline's steps are not among them."),
    busy: use.meta({ description: "Busy executors of those agents." }),
    waiting: use.meta({ description: "Builds that waited for it." }),
    busyByHour: z.array(z.number()).meta({ description: "Busy executors at each known hour, newest first." }),
});
export type InventoryLabel = z.output<typeof label>;

const proposal = z.strictObject({
    id: z.string().meta({ description: "Of the template." }),
    labels: z.array(z.string()),
    system: z.string(),
    executors: count("Of each agent."),
    agents: count("Permanent agents that are alike in all this."),
    controllers: z.array(z.string()),
    busy: use.meta({ description: "Busy executors of those agents." }),
    cap: z.int().optional().meta({ description: "Proposed, for each controller; absent without a template." }),
    instanceType: z.string().optional().meta({ description: "A guess; absent where the price table has none." }),
    notCarried: z.array(z.string()).meta({ description: "What a template cannot have of them." }),
});
export type InventoryProposal = z.output<typeof proposal>;

/** What `inventory --json` prints. */
export const inventoryReport = report(z.strictObject({ file: z.string(), change: z.literal("written") }), {
    controllers: count("That were asked."),
    unanswered: count("Controllers that could not be asked."),
    agents: count("Permanent agents."),
    kinds: count("Groups of agents that are alike."),
    busiest: figure("The most agents that were busy at one moment."),
    busyOnAverage: figure("Agents."),
    builtNothing: count("Agents on which no build was seen."),
    knownHours: count("Hours that are known of every controller with permanent agents."),
    cloudAgents: count(
        "Agents that clouds have started, or that registered themselves (Swarm clients); they are left out.",
    ),
}).extend({
    at: z.string().meta({ description: "ISO 8601 in UTC." }),
    days: count("How far back was asked."),
    controllers: z.array(controller),
    labels: z.array(label),
    unusedLabels: z.array(z.string()).meta({ description: "Labels on whose agents no build was seen." }),
    unserved: z
        .array(
            z.strictObject({
                label: z.string(),
                controller: z.string(),
                jobs: count("That ask for it."),
                reason: z.string(),
            }),
        )
        .meta({ description: "What jobs ask for and no proposed template has." }),
    kinds: z.array(proposal),
    month: z.strictObject({
        currency: z.string(),
        source: z.string().meta({ description: "Of the prices." }),
        alwaysOn: figure("As many instances as there are agents, at all hours of a month."),
        least: figure("On demand, if each instance is full."),
        most: figure("On demand, if each build has an instance of its own, which is kept for an hour."),
        unpriced: z.array(z.string()).meta({ description: "Kinds without a price; they are in no figure." }),
        leavesOut: z.string(),
    }),
});
export type InventoryReport = z.output<typeof inventoryReport>;
