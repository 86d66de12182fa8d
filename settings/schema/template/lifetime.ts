import { z } from "zod";
import { firstVersions } from "../../plugin/firstVersions";
import { matching, oneOf, wholeNumber } from "../declare";

const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const timeOfDay = matching(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day, like 08:00, in quotes");

/** When agents come and go, and how many of them. */
export const lifetimeShape = {
    idle: z
        .strictObject({
            minutes: wholeNumber(-59, 100_000)
                .default(30)
                .meta({
                    description:
                        "Minutes without work after which an agent goes. 0: never. Negative: that many minutes before the end of a started billing hour.",
                    parameters: ["idleTerminationMinutes"],
                    cost: "An idle agent is paid like one that works; with 0, for ever.",
                }),
            then: oneOf(["stop", "terminate"])
                .default("terminate")
                .meta({
                    description:
                        "`terminate`: the instance is gone. `stop`: its volumes stay, and it is started again when needed. With several subnets the plugin looks for one only in the subnet whose turn it is (SlaveTemplate.chooseSubnetId, 2059), and may start another.",
                    parameters: ["stopOnTerminate"],
                    cost: "`stop`: the volumes of stopped agents.",
                }),
        })
        .prefault({})
        .meta({
            description: "What happens to an agent without work.",
            examples: [{ minutes: 10, then: "terminate" }],
        }),
    cap: wholeNumber(1, 100_000)
        .optional()
        .meta({
            description:
                "At most this many instances of the template at a time. Plugins from 2048 on count every 30 seconds only: builds that come at the same time can start more (docs/compatibility.md, cap-race).",
            defaultText: "unlimited, up to the cloud's",
            parameters: ["instanceCapStr"],
        }),
    minimumInstances: wholeNumber(0, 10_000)
        .default(0)
        .meta({
            description:
                "Agents that are kept, needed or not. The plugin looks every ten minutes, within the caps, and counts those that are offline or stopped too.",
            parameters: ["minimumNumberOfInstances"],
            cost: "So many instances on each controller, at all hours or those of `schedule`.",
        }),
    spareInstances: wholeNumber(0, 10_000)
        .default(0)
        .meta({
            description:
                "Agents without work that are started ahead. They go after `idle.minutes` like any other, and the next are started within ten minutes; with `idle.minutes: 0` they stay.",
            parameters: ["minimumNumberOfSpareInstances"],
            cost: "So many instances on each controller beside those that work, at all hours or those of `schedule`.",
        }),
    schedule: z
        .strictObject({
            from: timeOfDay.default("00:00").meta({ description: "Start, in the controller's time zone." }),
            to: timeOfDay.default("23:59").meta({ description: "End, in the controller's time zone." }),
            days: z
                .array(oneOf(days))
                .min(1, "must name at least one day")
                .default([...days])
                .meta({ description: "Days of the week." }),
        })
        .optional()
        .meta({
            description: "When `minimumInstances` and `spareInstances` hold; without it, always.",
            examples: [{ from: "07:30", to: "18:00", days: ["monday", "tuesday", "wednesday", "thursday", "friday"] }],
            parameters: ["minimumNumberOfInstancesTimeRangeConfig"],
        }),
    uses: wholeNumber(1, 1_000_000)
        .optional()
        .meta({
            description: "Builds after which an agent is replaced; 1 gives each build a new one.",
            defaultText: "unlimited",
            parameters: ["maxTotalUses"],
            cost: "The start of each instance, at least a minute of it.",
        }),
    launchTimeoutSeconds: wholeNumber(0, 86_400)
        .default(1_200)
        .meta({
            description:
                "Seconds for an instance to become an agent, after which it is given up. 0: no limit, as the plugin has it when left empty. Limited by default: an instance that never connects costs money.",
            parameters: ["launchTimeoutStr"],
            cost: "0: an instance that never connects, until somebody ends it.",
        }),
    spot: z
        .strictObject({
            maxPricePerHour: z
                .number({ error: "must be a price in USD, like 0.08" })
                .gt(0.001, "must be more than 0.001 USD: the plugin takes a lower one for none")
                .optional()
                .meta({
                    description: "Highest price in USD an hour.",
                    defaultText: "the on-demand price",
                }),
            fallbackToOnDemand: z.boolean().default(false).meta({
                description:
                    "Start an on-demand instance instead while EC2 has no Spot capacity. Plugins up to 1881 do so with and without `maxPricePerHour`; from 1885 on only with it: without, they ask for Spot again (SlaveTemplate.provisionSpot). With it, see the fault spot-fallback-leak.",
                cost: "The on-demand price for such an instance.",
            }),
            blockHours: wholeNumber(0, 6).default(0).meta({
                description: "Defined duration in hours, which AWS no longer offers to new customers; 0: none.",
            }),
        })
        .optional()
        .meta({
            description:
                "Spot instances: cheaper, and taken back by AWS at two minutes' notice. `{}` for the defaults.",
            examples: [{ maxPricePerHour: 0.08 }],
            parameters: ["spotConfig"],
            cost: "The Spot price; a preview says the most that it can be.",
        }),
    reuseOrphans: z
        .boolean()
        .default(true)
        .meta({
            description:
                "Take over matching instances that Jenkins does not know, and start stopped ones again, as the plugin does by itself. Each controller's agents have a tag of its own (`jenkins-controller`), so that controllers do not take one another's.",
            parameters: ["avoidUsingOrphanedNodes"],
            since: firstVersions.avoidUsingOrphanedNodes,
        }),
    terminateIdleDuringShutdown: z
        .boolean()
        .default(false)
        .meta({
            description: "Idle agents also go while Jenkins is about to shut down.",
            parameters: ["terminateIdleDuringShutdown"],
            since: firstVersions.terminateIdleDuringShutdown,
        }),
};
