import { z } from "zod";
import { identifier, text, wholeNumber } from "./declare";

/** Which controllers get a change first, and what must succeed before the others get it. */
export const rollout = z.strictObject({
    canary: z
        .array(identifier)
        .default([])
        .meta({
            description:
                "Controllers that get a change first. The others follow when every cloud on these is in place and has passed Test Connection. If one fails, the others are not touched.",
            examples: [["team-a"]],
        }),
    smoke: z
        .strictObject({
            label: text().meta({ description: "The label of the agent." }),
            seconds: wholeNumber(1, 86_400)
                .default(600)
                .meta({ description: "Seconds that the agent may take to come online." }),
        })
        .optional()
        .meta({
            description: "After each push to a canary, start one agent, wait until it is online, and remove it.",
            cost: "An instance for some minutes on each canary, at each push.",
            defaultText: "no agent is asked for",
            examples: [{ label: "linux" }],
        }),
});
