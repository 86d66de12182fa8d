import { z } from "zod";
import type { AnyCodec } from "./codec";

/**
 * What a setting declares beside its type. The JSON Schema and docs/settings.md show it; the payload and the export work
 * by `codec`. So a setting is declared once.
 */
declare module "zod" {
    interface GlobalMeta {
        /** Which parameters of the `ec2` plugin the setting becomes, and how it is read back from them. */
        codec?: AnyCodec;
        /** Parameters that the setting has a part in, where another setting's codec makes them. They go before those of `codec`. */
        parameters?: readonly string[];
        /** The first version of the plugin that has the parameter, or one of the values, where that is not the oldest that this program works with. */
        since?: string | Readonly<Record<string, string>>;
        /** Values that an older version can't do without the parameter. Default: all but the setting's default. */
        needs?: readonly unknown[];
        /** What of AWS is paid for because of it: in words, as prices change. */
        cost?: string;
        /** Values that resolve; a test reads each of them. */
        examples?: unknown[];
        /** Shown in the reference where the default follows from other settings. */
        defaultText?: string;
        /** An overriding value replaces the whole map, as its keys exclude one another. */
        replacedAsAWhole?: boolean;
        /** Of a map: the keys that exclude one another, each with the further keys that belong to it. */
        forms?: Readonly<Record<string, Form>>;
    }
}

/** The keys that one form of a map has beside the key that names the form. */
export interface Form {
    readonly needed?: readonly string[];
    readonly allowed?: readonly string[];
}

/** Ids of controllers, clouds, templates and sets: the keys that stay the same for as long as the thing lives. */
export const identifier = z
    .string()
    .regex(
        /^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/,
        "an id has letters, digits, - and _, begins with a letter or digit, and has at most 60 characters",
    )
    .refine((id) => !(id in Object.prototype), "is a name that JavaScript has on every map: choose another id");

/** A whole number within bounds, both included. */
export function wholeNumber(minimum: number, maximum: number): z.ZodNumber {
    return z
        .number({ error: `must be a whole number from ${minimum} to ${maximum}` })
        .int(`must be a whole number from ${minimum} to ${maximum}`)
        .min(minimum, `must be a whole number from ${minimum} to ${maximum}`)
        .max(maximum, `must be a whole number from ${minimum} to ${maximum}`);
}

/** Text of at least one character. */
export function text(): z.ZodString {
    return z.string({ error: "must be text" }).min(1, "must not be empty");
}

/** Text of a known form; `form` is that in words. */
export function matching(pattern: RegExp, form: string): z.ZodString {
    return z.string({ error: `must be ${form}` }).regex(pattern, `must be ${form}`);
}

/** One of a few words. `former` has words of earlier releases, each with the word that replaced it. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
    words: Words,
    former: Readonly<Record<string, Words[number]>> = {},
) {
    const form = `must be one of ${words.join(", ")}`;
    return z.enum(words, {
        error: ({ input }) =>
            typeof input === "string" && Object.hasOwn(former, input)
                ? `${form}: did you mean ${former[input]}?`
                : form,
    });
}

/** Tags as AWS takes them: at most 128 characters a key, 256 a value (EC2 user guide, "Tag your Amazon EC2 resources"). */
export const tags = z.record(
    z
        .string()
        .min(1, "a tag's key must not be empty")
        .max(128, "a tag's key has at most 128 characters")
        .refine((key) => !/^aws:/i.test(key), "tags that begin with aws: are reserved for AWS"),
    z
        .string({ error: "a tag's value must be text: put it in quotes" })
        .max(256, "a tag's value has at most 256 characters"),
);

/** Text that may be long: a file's, by path, or written in place. */
export const textOrFile = z.union(
    [z.string().min(1), z.strictObject({ file: z.string().min(1) }), z.strictObject({ inline: z.string() })],
    {
        error: "must be the path of a file (one line), the text itself (several lines), { file: path } or { inline: text }",
    },
);
