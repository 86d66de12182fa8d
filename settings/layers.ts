import { z } from "zod";
import { bare } from "./schema/layer";

type Values = Record<string, unknown>;

/**
 * Lays settings over one another, the later over the earlier: maps key by key, lists and single values as a whole, null
 * takes the earlier value back. Maps that the declaration calls `replacedAsAWhole` are replaced like single values.
 */
export function overlay(schema: z.ZodObject, layers: readonly (Values | null | undefined)[]): Values {
    return layers.reduce<Values>((below, above) => overlayMap(schema, below, above ?? {}), {});
}

function overlayMap(schema: z.ZodType | undefined, below: Values, above: Values): Values {
    const result = new Map(Object.entries(below));
    for (const [key, value] of Object.entries(above)) {
        if (value === undefined) continue;
        const declared = fieldOf(schema, key);
        const under = result.get(key);
        if (value === null) result.delete(key);
        else if (isMap(value)) {
            const whole = declared?.meta()?.replacedAsAWhole === true;
            result.set(key, overlayMap(declared, isMap(under) && !whole ? under : {}, value));
        } else result.set(key, value);
    }
    return Object.fromEntries(result);
}

function fieldOf(schema: z.ZodType | undefined, key: string): z.ZodType | undefined {
    const declared = schema === undefined ? undefined : bare(schema);
    return declared instanceof z.ZodObject ? (declared.shape[key] as z.ZodType | undefined) : undefined;
}

/** Paths of the values that were given: the keys, and those of maps that the declaration has keys for (`metadata.hopLimit`). */
export function givenPaths(schema: z.ZodObject, values: Values): string[] {
    return Object.entries(values).flatMap(([key, value]) => {
        const declared = fieldOf(schema, key);
        const nested = declared !== undefined && bare(declared) instanceof z.ZodObject && isMap(value);
        return nested ? [key, ...Object.keys(value).map((inner) => `${key}.${inner}`)] : [key];
    });
}

function isMap(value: unknown): value is Values {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
