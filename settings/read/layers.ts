import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { bare, defaultOf, listOf } from "../schema/layer";
import { isMap } from "../collections";

type Values = Record<string, unknown>;

/**
 * Lays settings over one another, the later over the earlier: maps key by key, lists and single values as a whole, but that
 * `{ add: [...] }` adds to the list beneath (or to the default); null takes the earlier value back. Maps that the declaration
 * calls `replacedAsAWhole` are replaced like single values. Where the declaration is one of a layer itself, null and additions
 * stay, since there is more to come beneath it.
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
        if (value === null) {
            if (isLayered(declared)) result.set(key, null);
            else result.delete(key);
        } else if (isAddition(value) && takesList(declared)) result.set(key, added(under, value, declared));
        else if (isMap(value)) {
            const whole = declared?.meta()?.replacedAsAWhole === true;
            result.set(key, overlayMap(declared, isMap(under) && !whole ? under : {}, value));
        } else result.set(key, value);
    }
    return Object.fromEntries(result);
}

interface Addition {
    add: unknown[];
}

function isAddition(value: unknown): value is Addition & Values {
    return isMap(value) && Array.isArray(value["add"]) && Object.keys(value).length === 1;
}

/** A list, as it is or in a layer. */
function takesList(declared: z.ZodType | undefined): boolean {
    if (declared === undefined) return false;
    const schema = bare(declared);
    const options = schema instanceof z.ZodUnion ? (schema.options as z.ZodType[]) : [schema];
    return options.some((option) => listOf(option) !== undefined);
}

/** Each value once: to add what is there already changes nothing. */
function added(under: unknown, { add }: Addition, declared: z.ZodType | undefined): unknown {
    const base = under ?? (isLayered(declared) ? undefined : ((declared && defaultOf(declared)) ?? []));
    if (base === undefined) return { add };
    const below = isAddition(base) ? base.add : [base].flat();
    const all = [...below, ...add.filter((one) => !below.some((other) => isDeepStrictEqual(one, other)))];
    return isAddition(base) ? { add: all } : all;
}

/** Whether the declaration is one of a layer, which has others beneath it. */
function isLayered(declared: z.ZodType | undefined): boolean {
    if (declared instanceof z.ZodOptional) return isLayered(declared.unwrap() as z.ZodType);
    return declared instanceof z.ZodNullable;
}

function fieldOf(schema: z.ZodType | undefined, key: string): z.ZodType | undefined {
    const declared = schema === undefined ? undefined : bare(schema);
    if (declared instanceof z.ZodRecord) return declared.valueType as z.ZodType;
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
