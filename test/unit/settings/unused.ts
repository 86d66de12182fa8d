import { z } from "zod";
import { bare } from "../../../settings/schema/layer";

/** Which settings of a declaration none of the values uses, by path, whatever the ids. */
export function unused(schema: z.ZodType, values: unknown[], path = ""): string[] {
    const inner = bare(schema);
    const maps = values.filter(
        (value): value is Record<string, unknown> => typeof value === "object" && value !== null,
    );
    if (inner instanceof z.ZodObject) {
        return Object.entries(inner.shape).flatMap(([key, field]) => {
            const used = maps.filter((map) => key in map).map((map) => map[key]);
            return used.length === 0 ? [`${path}${key}`] : unused(field as z.ZodType, used, `${path}${key}.`);
        });
    }
    const elements = maps.flatMap((map) => Object.values(map));
    if (inner instanceof z.ZodRecord) return unused(inner.valueType as z.ZodType, elements, `${path}ID.`);
    return inner instanceof z.ZodArray ? unused(inner.element as z.ZodType, elements, `${path}[].`) : [];
}
