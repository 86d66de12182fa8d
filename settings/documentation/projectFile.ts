import { z } from "zod";
import { bare, defaultOf } from "../schema/layer";
import { stack } from "../schema/stack";

/** How a configuration key is declared in Pulumi.yaml. */
export interface ConfigurationKey {
    type: "string" | "integer" | "boolean" | "array" | "object";
    items?: { type: "string" };
    description: string;
    /** The engine refuses a stack without a value for a key that has none. */
    default?: unknown;
}

/** The `config` of Pulumi.yaml: every configuration key with the form, description and default of its declaration. */
export function configurationKeys(): Record<string, ConfigurationKey> {
    return Object.fromEntries(Object.entries(stack.shape).map(([key, schema]) => [key, configurationKey(schema)]));
}

function configurationKey(schema: z.ZodType): ConfigurationKey {
    const fallback = defaultOf(schema) ?? (schema instanceof z.ZodPrefault ? {} : undefined);
    return {
        ...typeOf(bare(schema)),
        description: schema.meta()?.description ?? "",
        ...(fallback === undefined ? {} : { default: fallback }),
    };
}

function typeOf(schema: z.ZodType): Pick<ConfigurationKey, "type" | "items"> {
    if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) return { type: "object" };
    if (schema instanceof z.ZodArray) return { type: "array", items: { type: "string" } };
    if (schema instanceof z.ZodNumber) return { type: "integer" };
    return { type: schema instanceof z.ZodBoolean ? "boolean" : "string" };
}
