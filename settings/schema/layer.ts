import { z } from "zod";

/** The default that a schema fills in, if it has one. */
export function defaultOf(schema: z.ZodType): unknown {
    const bare = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
    return bare instanceof z.ZodDefault ? bare.def.defaultValue : undefined;
}

/** A schema without what wraps it: default, prefault, optional, nullable. */
export function bare(schema: z.ZodType): z.ZodType {
    if (
        schema instanceof z.ZodDefault ||
        schema instanceof z.ZodPrefault ||
        schema instanceof z.ZodOptional ||
        schema instanceof z.ZodNullable
    ) {
        return bare(schema.unwrap() as z.ZodType);
    }
    return schema;
}

/**
 * The same settings as one layer among several (defaults, sets, the template itself): nothing is needed, nothing is
 * filled in, null takes an inherited value back, and `{ add: [...] }` adds to an inherited list.
 */
export function layerOf(complete: z.ZodObject, whole = false): z.ZodObject {
    return z.strictObject(
        Object.fromEntries(
            Object.entries(complete.shape).map(([key, schema]) => [key, layerField(schema as z.ZodType, whole)]),
        ),
    );
}

/** In a map that is replaced as a whole, a list has nothing to be added to. */
function layerField(schema: z.ZodType, whole: boolean): z.ZodType {
    const metadata = schema.meta() ?? {};
    const value = defaultOf(schema);
    return layerForm(bare(schema), whole || metadata.replacedAsAWhole === true)
        .nullish()
        .meta(value === undefined ? metadata : { ...metadata, default: value });
}

function layerForm(schema: z.ZodType, whole: boolean): z.ZodType {
    if (schema instanceof z.ZodObject) return layerOf(schema, whole);
    if (schema instanceof z.ZodRecord) return z.record(schema.keyType, (schema.valueType as z.ZodType).nullable());
    const list = listOf(schema);
    return list === undefined || whole ? schema : z.union([schema, addition(list)], { error: message(schema) });
}

/** The list that a value may be; undefined where it may be none, or may be added to already. */
export function listOf(schema: z.ZodType | undefined): z.ZodArray | undefined {
    if (schema instanceof z.ZodArray) return schema;
    if (!(schema instanceof z.ZodUnion)) return undefined;
    const options = schema.options as z.ZodType[];
    if (options.some((option) => option instanceof z.ZodObject)) return undefined;
    return options.find((option): option is z.ZodArray => option instanceof z.ZodArray);
}

/** A choice of forms has a message of its own already. */
function message(schema: z.ZodType): string | z.core.$ZodErrorMap {
    const own = schema instanceof z.ZodUnion ? (schema.def.error as z.core.$ZodErrorMap | undefined) : undefined;
    return own ?? "must be a list, or { add: a list }";
}

function addition(list: z.ZodArray): z.ZodObject {
    return z.strictObject({ add: list.meta({ description: "What is added to the inherited list." }) });
}
