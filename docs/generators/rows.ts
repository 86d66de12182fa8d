import { z } from "zod";
import { leadingNumber } from "../../settings/plugin/releases";
import { bare, defaultOf } from "../../settings/schema/layer";
import { parametersOf } from "../../settings/schema/parameters";
import { asYaml } from "../../settings/path";
import { formOf } from "./form";

/** One setting of the reference. */
export interface Row {
    setting: string;
    description: string;
    example: string;
    cost: string;
    form: string;
    default: string;
    parameters: string;
}

/** The settings of a map, nested ones below theirs. Another page has the settings within `skipped`. */
export function rowsOf(shape: Record<string, z.ZodType>, skipped: readonly string[] = [], prefix = ""): Row[] {
    return Object.entries(shape).flatMap(([key, schema]) => {
        const setting = `${prefix}${key}`;
        if (skipped.includes(setting)) return [{ ...row(setting, schema), form: "", default: "", example: "" }];
        return [row(setting, schema), ...nestedRows(setting, bare(schema), skipped)];
    });
}

function nestedRows(setting: string, schema: z.ZodType, skipped: readonly string[]): Row[] {
    if (schema instanceof z.ZodObject) return rowsOf(schema.shape as Record<string, z.ZodType>, skipped, `${setting}.`);
    if (schema instanceof z.ZodArray) return nestedRows(`${setting}[]`, bare(schema.element as z.ZodType), skipped);
    if (schema instanceof z.ZodRecord)
        return nestedRows(`${setting}.NAME`, bare(schema.valueType as z.ZodType), skipped);
    return [];
}

function row(setting: string, schema: z.ZodType): Row {
    const metadata = schema.meta() ?? {};
    const examples = (metadata.examples ?? []).map((example) => `\`${asYaml(example)}\``);
    return {
        setting,
        description: metadata.description ?? "",
        example: examples.join(", "),
        cost: metadata.cost ?? "",
        form: bare(schema) instanceof z.ZodObject ? "map" : formOf(schema),
        default: defaultText(schema),
        parameters:
            parametersOf(schema)
                .map((parameter) => `\`${parameter}\``)
                .join(", ") + sinceText(metadata),
    };
}

function sinceText({ since }: z.GlobalMeta): string {
    if (since === undefined) return "";
    if (typeof since === "string") return ` from ${leadingNumber(since)} on`;
    return Object.entries(since)
        .map(([value, version]) => `; \`${value}\` from ${leadingNumber(version)} on`)
        .join("");
}

function defaultText(schema: z.ZodType): string {
    const named = schema.meta()?.defaultText;
    if (named !== undefined) return named;
    const value = defaultOf(schema);
    if (value !== undefined) return isEmpty(value) ? "none" : `\`${asYaml(value)}\``;
    if (schema instanceof z.ZodPrefault) return "";
    return schema instanceof z.ZodOptional ? "none" : "needed";
}

function isEmpty(value: unknown): boolean {
    return value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}
