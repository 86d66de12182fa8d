import { z } from "zod";
import { isTrue, numberOf, scalar, type Codec, type PluginObject } from "./codec";
import { oneOf, wholeNumber } from "./declare";

/** How long an instance may take to connect for the first time. */
export const grace = z.strictObject({
    minutes: wholeNumber(1, 10_000).default(10).meta({
        description: "Minutes from the request for the instance until it has connected for the first time.",
    }),
    then: oneOf(["terminate", "idle"]).default("terminate").meta({
        description: "What follows: the instance is terminated, or only its idle time begins.",
    }),
});

export type GraceSettings = z.output<typeof grace>;

/** Both parameters are of the template and of a rule for hot spares alike; 0 minutes is no grace period. */
export const graceCodec: Codec<GraceSettings | undefined> = {
    parameters: ["gracePeriodMinutes", "discardAfterGracePeriod"],
    to: (period): PluginObject => ({
        gracePeriodMinutes: scalar(period?.minutes ?? 0),
        discardAfterGracePeriod: scalar(period?.then !== "idle"),
    }),
    from: (parameters) => {
        const minutes = numberOf(parameters["gracePeriodMinutes"]) ?? 0;
        if (minutes === 0) return undefined;
        return { minutes, then: isTrue(parameters["discardAfterGracePeriod"]) ? "terminate" : "idle" };
    },
};
