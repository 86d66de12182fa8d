import { z } from "zod";
import { matching } from "./declare";

const address = matching(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "an e-mail address");

/** A budget in AWS over the stack's agents. */
export const budget = z.strictObject({
    usdPerMonth: z
        .number({ error: "must be a number, in USD" })
        .positive("must be more than 0")
        .max(100_000_000, "must be at most 100,000,000")
        .optional()
        .meta({
            defaultText: "no budget is made",
            description: "What the agents of the stack may cost in a calendar month, in USD.",
            examples: [2500],
        }),
    notify: z
        .array(address)
        .max(10, "must name at most 10 addresses: AWS takes no more")
        .default([])
        .meta({
            description:
                "E-mail addresses that AWS writes to, when the forecast exceeds 80 % of it and when the actual cost exceeds all of it.",
            examples: [["builds@example.com"]],
        }),
});
