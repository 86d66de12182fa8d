import { z } from "zod";
import { setCommand, type Path } from "../path";
import { bare } from "../schema/layer";
import { asYaml } from "./yamlText";

/** How to write a map where something else was written: by the value where one of its settings takes that, else by an example. */
export function mapForm(schema: z.ZodObject, value: unknown, example: unknown, mayShow: boolean): string {
    const like = example === undefined ? `of ${Object.keys(schema.shape).join(", ")}` : `like ${asYaml(example)}`;
    if (value === true) return `must be a map: {} for the defaults, or one ${like}`;
    if (value === false)
        return "must be a map: leave it out where it is not wanted, or say null in place of an inherited one";
    const key = mayShow ? settingFor(schema, value) : undefined;
    return key === undefined ? `must be a map, ${like}` : `must be a map: ${asYaml({ [key]: value })}`;
}

/** The first of the map's settings that takes the value. */
function settingFor(schema: z.ZodObject, value: unknown): string | undefined {
    return Object.entries(schema.shape).find(([, field]) => bare(field as z.ZodType).safeParse(value).success)?.[0];
}

/**
 * The command that keeps as text what looks like a number or a truth value, which `pulumi config set --path` would store as
 * such again. An account id is put back to its twelve digits.
 */
export function textCommand(schema: z.ZodType, path: Path, value: number | boolean): string {
    const texts = [String(value), String(value).padStart(12, "0")];
    const text = texts.find((one) => schema.safeParse(one).success) ?? "VALUE";
    return setCommand(path, { value: text, type: "string" });
}
