import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { RawSettings, SettingsContext } from "./context";
import { valueAt } from "../path";
import { bare, defaultOf } from "../schema/layer";
import { stack } from "../schema/stack";
import { stackFile } from "./secretTexts";

/** How a configuration key is declared in Pulumi.yaml. */
export interface ConfigurationKey {
    /** None where several are allowed: Pulumi knows no choice of types, and checks none then. */
    type?: "string" | "integer" | "boolean" | "array" | "object";
    items?: { type: "string" };
    description: string;
    /** The engine refuses a stack without a value for a key that has none, and a fleet file may have the value. */
    default: unknown;
}

/** The `config` of Pulumi.yaml: every configuration key with the form, description and default of its declaration. */
export function configurationKeys(): Record<string, ConfigurationKey> {
    return Object.fromEntries(Object.entries(stack.shape).map(([key, schema]) => [key, configurationKey(schema)]));
}

/** Maps without a default: Pulumi.yaml has to give one, and `pulumi config set` may write it into the stack's file. */
const optionalMaps = new Set(
    Object.entries(stack.shape)
        .filter(([, schema]) => schema instanceof z.ZodOptional && bare(schema) instanceof z.ZodObject)
        .map(([key]) => key),
);

function configurationKey(schema: z.ZodType): ConfigurationKey {
    return { ...typeOf(bare(schema)), description: schema.meta()?.description ?? "", default: defaultOf(schema) ?? {} };
}

function typeOf(schema: z.ZodType): Pick<ConfigurationKey, "type" | "items"> {
    if (schema instanceof z.ZodUnion) return {};
    if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) return { type: "object" };
    if (schema instanceof z.ZodArray) return { type: "array", items: { type: "string" } };
    if (schema instanceof z.ZodNumber) return { type: "integer" };
    return { type: schema instanceof z.ZodBoolean ? "boolean" : "string" };
}

/**
 * What a stack says itself. Pulumi fills in the defaults of Pulumi.yaml as if the stack said them, and a fleet file may say
 * another value. What is as the default counts as said only if the stack's file, where it is in its usual place, has it.
 */
export function withoutDefaults(raw: RawSettings, context: SettingsContext): RawSettings {
    const keys = configurationKeys();
    const file = stackFile(context);
    return Object.fromEntries(
        Object.entries(raw).filter(
            ([key, value]) =>
                !isDeepStrictEqual(value, keys[key]?.default) ||
                // An optional map has no default of its own: empty, it is not set.
                (!optionalMaps.has(key) && valueAt(file, [`${context.project}:${key}`]) !== undefined),
        ),
    );
}
