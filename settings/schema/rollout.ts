import { z } from "zod";
import { identifier, text, wholeNumber } from "./declare";

/** In which order controllers are pushed to, and what has to hold before it goes on. */
export const rollout = z.strictObject({
    canary: z
        .array(identifier)
        .default([])
        .meta({
            description:
                "Controllers that are pushed to first. The others follow when every cloud on these is in place, with a Test Connection that passed; if one fails, the others are not touched.",
            examples: [["team-a"]],
        }),
    smoke: z
        .strictObject({
            label: text().meta({ description: "The label to ask for an agent of." }),
            seconds: wholeNumber(1, 86_400)
                .default(600)
                .meta({ description: "Seconds that the agent may take to come online." }),
        })
        .optional()
        .meta({
            description:
                "Each push to a canary then also asks its cloud for one agent, waits until it is online, and removes it.",
            cost: "An instance for some minutes on each canary, at each push.",
            defaultText: "no agent is asked for",
            examples: [{ label: "linux" }],
        }),
});
