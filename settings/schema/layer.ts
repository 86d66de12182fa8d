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
 * filled in, and null takes an inherited value back.
 */
export function layerOf(complete: z.ZodObject): z.ZodObject {
    return z.strictObject(
        Object.fromEntries(
            Object.entries(complete.shape).map(([key, schema]) => [key, layerField(schema as z.ZodType)]),
        ),
    );
}

function layerField(schema: z.ZodType): z.ZodType {
    const inner = bare(schema);
    const metadata = schema.meta() ?? {};
    const field =
        inner instanceof z.ZodObject ? layerOf(inner) : inner instanceof z.ZodRecord ? layerOfRecord(inner) : inner;
    const value = defaultOf(schema);
    return field.nullish().meta(value === undefined ? metadata : { ...metadata, default: value });
}

function layerOfRecord(record: z.ZodRecord): z.ZodRecord {
    return z.record(record.keyType, (record.valueType as z.ZodType).nullable());
}
