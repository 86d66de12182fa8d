import { z } from "zod";
import { wholeNumber } from "./declare";

const size = (what: string) =>
    wholeNumber(1, 1_000_000)
        .optional()
        .meta({
            description: `That this one change goes to so many ${what}, exactly; another size is refused again.`,
            defaultText: "none",
        });

/** Against a change that is larger than anyone meant: an emptied file, the wrong stack, a bad merge. */
export const safety = z.strictObject({
    percent: wholeNumber(1, 100).default(30).meta({
        description:
            "A preview and an up that would remove or change a larger share of the controllers, of the clouds or of the templates that are there fail, with the list. 100 allows everything.",
    }),
    least: wholeNumber(1, 1_000_000).default(10).meta({
        description: "Where fewer are there, no share of them is too large.",
    }),
    allow: z
        .strictObject({ controllers: size("controllers"), clouds: size("clouds"), templates: size("templates") })
        .prefault({})
        .meta({
            description:
                "What the message of a refused change says; harmless once it is done, since it names the size.",
        }),
});

export type SafetySettings = z.output<typeof safety>;
