import { z } from "zod";
import { looksSecret } from "../looksSecret";
import { asYaml, secretCommand, setCommand, type Path } from "../path";
import { bare } from "../schema/layer";
import { stack } from "../schema/stack";
import type { Findings } from "./findings";
import { exampleAt, schemaAt } from "./repair";

/** The message for a value of the wrong form: it names the form that is allowed. */
export function wrongForm({ path, message, code }: z.core.$ZodIssue, findings: Findings): string {
    const value = findings.valueAt(path);
    const schema = schemaAt(stack, path);
    if (schema instanceof z.ZodObject && code === "invalid_type") {
        return mapForm(schema, value, exampleAt(stack, path), !findings.isSecret(path) && !looksSecret(asYaml(value)));
    }
    if (typeof value === "string" && listAt(path)) return `must be a list: ${asYaml(asList(value))}`;
    if (withoutQuotes(value, path) !== undefined) return `${message}: remove the quotes`;
    return schema instanceof z.ZodString && looksLikeOther(value) && !message.includes("quotes")
        ? `${message}: put it in quotes`
        : message;
}

/** Whether the declaration at a path is a list, in a template or in a layer. */
function listAt(path: Path): boolean {
    const schema = schemaAt(stack, path);
    const forms = schema instanceof z.ZodUnion ? (schema.options as z.ZodType[]) : [schema];
    return forms.some((form) => form instanceof z.ZodArray) && forms.every((form) => !(form instanceof z.ZodString));
}

/** Labels and ids have no blank in them, other texts of a list may: those have other characters as well. */
const asList = (value: string) => (/^[\w.-]+([ ,]+[\w.-]+)+$/.test(value) ? value.split(/[ ,]+/) : [value]);

/** The number or the truth value of a text like "4" or "true", where the setting takes that; else undefined. */
function withoutQuotes(value: unknown, path: Path): number | boolean | undefined {
    const schema = schemaAt(stack, path);
    if (typeof value !== "string" || !/^(true|false|-?\d+(\.\d+)?)$/.test(value)) return undefined;
    const plain = JSON.parse(value) as number | boolean;
    return schema?.safeParse(plain).success === true ? plain : undefined;
}

function looksLikeOther(value: unknown): value is number | boolean {
    return typeof value === "number" || typeof value === "boolean";
}

/**
 * The line of YAML, or the command, that sets one value in the right form. Undefined for a map, and where only the user knows the
 * right value. Where a text stands in place of a number, no command helps: `pulumi config set --path` (3.276) keeps it a text.
 */
export function fixFor(path: Path, findings: Findings): string | undefined {
    const value = findings.valueAt(path);
    const schema = schemaAt(stack, path);
    const map = schema instanceof z.ZodObject || schema instanceof z.ZodRecord;
    if (map || (typeof value === "object" && value !== null)) return undefined;
    if (path[0] === "secrets") return secretCommand(path);
    const list = typeof value === "string" && listAt(path) && !findings.isSecret(path);
    const right = list ? asList(value) : withoutQuotes(value, path);
    if (right !== undefined) return `${String(path.at(-1))}: ${asYaml(right)}`;
    if (findings.place(path) !== undefined) return undefined;
    return schema instanceof z.ZodString && looksLikeOther(value) ? textCommand(schema, path, value) : undefined;
}

/** How to write a map in place of another value: with that value, where one of the map's settings takes it; else an example. */
function mapForm(schema: z.ZodObject, value: unknown, example: unknown, mayShow: boolean): string {
    const like = example === undefined ? `of ${Object.keys(schema.shape).join(", ")}` : `like ${asYaml(example)}`;
    if (value === true) return `must be a map: {} for the defaults, or one ${like}`;
    if (value === false) return "must be a map: remove it, or write null to remove an inherited one";
    const key = mayShow ? settingFor(schema, value) : undefined;
    return key === undefined ? `must be a map, ${like}` : `must be a map: ${asYaml({ [key]: value })}`;
}

/** The first of the map's settings that takes the value. */
function settingFor(schema: z.ZodObject, value: unknown): string | undefined {
    return Object.entries(schema.shape).find(([, field]) => bare(field as z.ZodType).safeParse(value).success)?.[0];
}

/**
 * The command that stores a number or a truth value as text: `pulumi config set --path` alone would store it as it was. An account id
 * gets its twelve digits again.
 */
function textCommand(schema: z.ZodType, path: Path, value: number | boolean): string | undefined {
    const texts = [String(value), String(value).padStart(12, "0")];
    const text = texts.find((one) => schema.safeParse(one).success);
    return text === undefined ? undefined : setCommand(path, text, "string");
}
