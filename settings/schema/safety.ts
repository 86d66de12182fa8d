import { z } from "zod";
import { wholeNumber } from "./declare";

const size = (what: string) =>
    wholeNumber(1, 1_000_000)
        .optional()
        .meta({
            description: `Allows one change of exactly this many ${what}.`,
            defaultText: "none",
        });

/** Against a change that is larger than anyone meant: an emptied file, the wrong stack, a bad merge. */
export const safety = z.strictObject({
    percent: wholeNumber(1, 100).default(30).meta({
        description:
            "A preview and an up fail, with a list, if they would remove or change a larger share of the existing controllers, clouds or templates. 100 allows everything.",
    }),
    least: wholeNumber(1, 1_000_000).default(10).meta({
        description: "With fewer than this, no share is too large.",
    }),
    allow: z
        .strictObject({ controllers: size("controllers"), clouds: size("clouds"), templates: size("templates") })
        .prefault({})
        .meta({
            description:
                "Set by the command in the message of a refused change. It may stay, because it allows one size only.",
        }),
});

export type SafetySettings = z.output<typeof safety>;
