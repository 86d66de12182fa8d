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
 * The settings of the stack itself, which a fleet file must not repeat. Pulumi adds the defaults of Pulumi.yaml, and they look like
 * settings of the stack. So a value that equals the default counts only if the stack's file, in its usual place, has it. An empty map
 * sets nothing, and the engine may have written it into the file: it never counts.
 */
export function withoutDefaults(raw: RawSettings, context: SettingsContext): RawSettings {
    const keys = configurationKeys();
    const file = stackFile(context);
    return Object.fromEntries(
        Object.entries(raw).filter(
            ([key, value]) =>
                !isDeepStrictEqual(value, keys[key]?.default) ||
                (!isDeepStrictEqual(value, {}) && valueAt(file, [`${context.project}:${key}`]) !== undefined),
        ),
    );
}
