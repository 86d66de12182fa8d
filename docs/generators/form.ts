import { z } from "zod";
import { bare } from "../../settings/schema/layer";

/** What a value may be, in a few words. */
export function formOf(schema: z.ZodType): string {
    const inner = bare(schema);
    if (inner instanceof z.ZodEnum) return inner.options.map((option) => `\`${option}\``).join(", ");
    if (inner instanceof z.ZodLiteral) return [...inner.values].map((value) => `\`${String(value)}\``).join(", ");
    if (inner instanceof z.ZodNumber) return numberForm(inner);
    if (inner instanceof z.ZodBoolean) return "true, false";
    if (inner instanceof z.ZodURL) return "URL";
    if (inner instanceof z.ZodString) return "text";
    if (inner instanceof z.ZodArray) return `list of ${formOf(inner.element as z.ZodType)}`;
    if (inner instanceof z.ZodUnion)
        return [...new Set(inner.options.map((option) => formOf(option as z.ZodType)))].join("; or ");
    if (inner instanceof z.ZodObject) return `map of ${Object.keys(inner.shape).join(", ")}`;
    if (inner instanceof z.ZodRecord) return recordForm(inner);
    return "any value";
}

function numberForm({ minValue, maxValue, isInt }: z.ZodNumber): string {
    if (!isInt) return "number";
    return `${minValue ?? ""} to ${maxValue ?? ""}`;
}

function recordForm(record: z.ZodRecord): string {
    const value = bare(record.valueType as z.ZodType);
    return value instanceof z.ZodObject ? "map by id" : `map of ${formOf(value)}`;
}
