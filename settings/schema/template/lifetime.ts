import { z } from "zod";
import { firstVersions } from "../../plugin/firstVersions";
import { booleanCodec, isTrue, mapOf, numberCodec, numberOf, parameterCodec, scalar, textOf } from "../codec";
import { matching, oneOf, wholeNumber } from "../declare";
import { grace, graceCodec } from "../grace";

const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const timeOfDay = matching(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day, like 08:00, in quotes");

const schedule = z.strictObject({
    from: timeOfDay.default("00:00").meta({ description: "Start, in the controller's time zone." }),
    to: timeOfDay.default("23:59").meta({ description: "End, in the controller's time zone." }),
    days: z
        .array(oneOf(days))
        .min(1, "must name at least one day")
        .default([...days])
        .meta({ description: "Days of the week." }),
});

const scheduleCodec = parameterCodec<z.output<typeof schedule> | undefined>(
    "minimumNumberOfInstancesTimeRangeConfig",
    (hours) =>
        hours && {
            minimumNoInstancesActiveTimeRangeFrom: hours.from,
            minimumNoInstancesActiveTimeRangeTo: hours.to,
            ...Object.fromEntries(days.map((day) => [day, scalar(hours.days.includes(day))])),
        },
    (parameter) => {
        const hours = mapOf(parameter);
        return (
            hours && {
                from: timeIn24Hours(textOf(hours["minimumNoInstancesActiveTimeRangeFrom"])),
                to: timeIn24Hours(textOf(hours["minimumNoInstancesActiveTimeRangeTo"])),
                days: days.filter((day) => isTrue(hours[day])),
            }
        );
    },
);

/** The plugin takes `1:00 PM` as well as `13:00`. */
function timeIn24Hours(text: string): string {
    const [, hour = "", minute = "", half = ""] = /^(\d{1,2}):(\d{2}) ?([AP]M)?$/i.exec(text) ?? [];
    if (hour === "") return text;
    const hours = half === "" ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === "PM" ? 12 : 0);
    return `${String(hours).padStart(2, "0")}:${minute}`;
}

const spot = z.strictObject({
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
            "Start an on-demand instance while EC2 has no Spot capacity. Read the faults spot-fallback-stays-spot and spot-fallback-leak first.",
        cost: "The on-demand price for such an instance.",
    }),
    blockHours: wholeNumber(0, 6).default(0).meta({
        description: "Defined duration in hours, which AWS does not offer to new customers. 0: no duration.",
    }),
});

const spotCodec = parameterCodec<z.output<typeof spot> | undefined>(
    "spotConfig",
    (wanted) =>
        wanted && {
            useBidPrice: scalar(wanted.maxPricePerHour !== undefined),
            spotMaxBidPrice: scalar(wanted.maxPricePerHour),
            fallbackToOndemand: scalar(wanted.fallbackToOnDemand),
            spotBlockReservationDuration: scalar(wanted.blockHours),
        },
    (parameter) => {
        const config = mapOf(parameter);
        return (
            config && {
                ...(isTrue(config["useBidPrice"]) ? { maxPricePerHour: numberOf(config["spotMaxBidPrice"]) ?? 0 } : {}),
                fallbackToOnDemand: isTrue(config["fallbackToOndemand"]),
                blockHours: numberOf(config["spotBlockReservationDuration"]) ?? 0,
            }
        );
    },
);

/** When agents come and go, and how many of them. */
export const lifetimeShape = {
    idle: z
        .strictObject({
            minutes: wholeNumber(-59, 100_000)
                .default(30)
                .meta({
                    description:
                        "Minutes without work after which an agent ends. 0: never. Negative: that many minutes before the end of a billing hour.",
                    codec: numberCodec("idleTerminationMinutes"),
                    cost: "An idle agent costs as much as a busy one; with 0, for ever.",
                }),
            then: oneOf(["stop", "terminate"])
                .default("terminate")
                .meta({
                    description:
                        "`terminate`: the instance is deleted. `stop`: its volumes stay, and it starts again when needed. With several subnets the plugin looks for a stopped one only in the subnet whose turn it is.",
                    codec: parameterCodec<"stop" | "terminate">(
                        "stopOnTerminate",
                        (then) => scalar(then === "stop"),
                        (stop) => (isTrue(stop) ? "stop" : "terminate"),
                    ),
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
                "The most instances of the template at a time. The plugin may exceed it (docs/compatibility.md, cap-race).",
            defaultText: "unlimited, up to the cloud's",
            codec: numberCodec("instanceCapStr"),
        }),
    minimumInstances: wholeNumber(0, 10_000)
        .default(0)
        .meta({
            description:
                "Agents that run at least, busy or not, within the caps. The plugin checks every ten minutes, from 2063 on every minute. Offline and stopped agents count too.",
            codec: numberCodec("minimumNumberOfInstances"),
            cost: "This many instances on each controller, always or in the hours of `schedule`.",
        }),
    spareInstances: wholeNumber(0, 10_000)
        .default(0)
        .meta({
            description:
                "Idle agents that start ahead. They end after `idle.minutes`, and the next start within ten minutes, from 2063 on within one. With `idle.minutes: 0` they stay.",
            codec: numberCodec("minimumNumberOfSpareInstances"),
            cost: "This many instances on each controller beside the busy ones, always or in the hours of `schedule`.",
        }),
    schedule: schedule.optional().meta({
        description:
            "When `minimumInstances` and `spareInstances` apply. Without it: always. The plugin takes one range: for several, make a template for each, with the same labels and a cap each.",
        examples: [{ from: "07:30", to: "18:00", days: ["monday", "tuesday", "wednesday", "thursday", "friday"] }],
        codec: scheduleCodec,
    }),
    uses: wholeNumber(1, 1_000_000)
        .optional()
        .meta({
            description: "Builds after which an agent is replaced; 1 gives each build a new one.",
            defaultText: "unlimited",
            // Unlimited is -1.
            codec: parameterCodec<number | undefined>(
                "maxTotalUses",
                (uses) => scalar(uses ?? -1),
                (uses) => (numberOf(uses) === -1 ? undefined : numberOf(uses)),
            ),
            cost: "The start of each instance, at least a minute of it.",
        }),
    weight: wholeNumber(0, 1_000)
        .default(1)
        .meta({
            description:
                "With `templateOrder: by-share`: how often its turn comes, against the others of its label. With `by-rank`: its rank, the highest first.",
            examples: [3],
            codec: numberCodec("hotSpareWeight"),
            since: firstVersions.hotSpareWeight,
        }),
    grace: grace.optional().meta({
        description:
            "How long an instance may take to connect for the first time. It runs beside `launchTimeoutSeconds`: the one that ends sooner counts.",
        examples: [{ minutes: 10 }],
        codec: graceCodec,
        since: firstVersions.gracePeriodMinutes,
    }),
    launchTimeoutSeconds: wholeNumber(0, 86_400)
        .default(1_200)
        .meta({
            description: "Seconds in which an instance must become an agent; then it ends. 0: no limit.",
            // Blank is no limit; the plugin's own form writes it so.
            codec: parameterCodec<number>(
                "launchTimeoutStr",
                (seconds) => (seconds === 0 ? "" : scalar(seconds)),
                (seconds) => numberOf(seconds) ?? 0,
            ),
            cost: "0: an instance that never connects, until somebody ends it.",
        }),
    spot: spot.optional().meta({
        description: "Spot instances: cheaper, and taken back by AWS at two minutes' notice. `{}` for the defaults.",
        examples: [{ maxPricePerHour: 0.08 }],
        codec: spotCodec,
        cost: "The Spot price. A preview shows its upper bound.",
    }),
    reuseOrphans: z
        .boolean()
        .default(true)
        .meta({
            description:
                "Use matching instances that Jenkins does not know, and start stopped ones again. The tag `jenkins-controller` keeps controllers from taking one another's agents.",
            codec: parameterCodec<boolean>(
                "avoidUsingOrphanedNodes",
                (reuse) => scalar(!reuse),
                (avoid) => !isTrue(avoid),
            ),
            since: firstVersions.avoidUsingOrphanedNodes,
        }),
    terminateIdleDuringShutdown: z
        .boolean()
        .default(false)
        .meta({
            description: "End idle agents also while Jenkins prepares to shut down.",
            codec: booleanCodec("terminateIdleDuringShutdown"),
            since: firstVersions.terminateIdleDuringShutdown,
        }),
};
