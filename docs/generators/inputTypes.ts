import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { mapValues } from "../../settings/collections";
import { asYaml } from "../../settings/path";
import { cloud, template } from "../../settings/schema/cloud";
import { bare, defaultOf } from "../../settings/schema/layer";
import { stack } from "../../settings/schema/stack";

/** What a value may be. */
export type ValueType =
    | { kind: "text" | "number" | "integer" | "boolean" | "any" | "none" }
    | { kind: "words"; words: readonly (string | number)[] }
    | { kind: "list"; of: ValueType }
    /** A map by names that the user chooses. With `nullable`, null takes an inherited entry back. */
    | { kind: "map"; of: ValueType; nullable: boolean }
    | { kind: "choice"; of: readonly ValueType[] }
    | { kind: "named"; name: string };

export interface Field {
    description: string;
    type: ValueType;
    required: boolean;
    /** Null takes an inherited value back. */
    nullable: boolean;
}

/** A map with fixed keys. */
export interface NamedType {
    description: string;
    fields: Record<string, Field>;
    /** Keys that exclude one another, each with the further keys that are needed or allowed with it. */
    forms?: z.GlobalMeta["forms"];
}

/** The name of the type with every setting. */
export const everySetting = "Settings";

/**
 * The settings as types with names: what a program in a typed language gives to the component. A type is named by the first path that
 * leads to it, and maps with the same fields have one type.
 */
export function inputTypes(): Record<string, NamedType> {
    const types: Record<string, NamedType> = {};
    for (const [name, schema] of [
        ["Template", template],
        ["Cloud", cloud],
        [everySetting, stack],
    ] as const) {
        typeOf(schema, name, types);
    }
    return types;
}

/** @param name what the type is called if it is a map with fixed keys, and no earlier type has the same fields */
function typeOf(wrapped: z.ZodType, name: string, types: Record<string, NamedType>): ValueType {
    const schema = bare(wrapped);
    // Another declaration, as the layers of a cloud are made from its own, but a template.
    if (name === "CloudDefaults" || name === "CloudSetDefaults") return { kind: "named", name: "Template" };
    if (schema instanceof z.ZodObject) {
        const { description = "", forms } = { ...schema.meta(), ...wrapped.meta() };
        return named({ description, fields: fieldsOf(schema, name, types), forms }, name, types);
    }
    if (schema instanceof z.ZodRecord) {
        const value = schema.valueType as z.ZodType;
        const of = typeOf(value, singular(name), types);
        return { kind: "map", of, nullable: value instanceof z.ZodNullable };
    }
    if (schema instanceof z.ZodArray)
        return { kind: "list", of: typeOf(schema.element as z.ZodType, singular(name), types) };
    if (schema instanceof z.ZodUnion) return choice(schema, name, types);
    if (schema instanceof z.ZodEnum) return { kind: "words", words: schema.options };
    if (schema instanceof z.ZodLiteral) return { kind: "words", words: [...schema.values] as (string | number)[] };
    if (schema instanceof z.ZodNumber) return { kind: schema.isInt ? "integer" : "number" };
    if (schema instanceof z.ZodBoolean) return { kind: "boolean" };
    if (schema instanceof z.ZodString || schema instanceof z.ZodURL) return { kind: "text" };
    return { kind: "any" };
}

function fieldsOf(schema: z.ZodObject, name: string, types: Record<string, NamedType>): NamedType["fields"] {
    const prefix = name === everySetting ? "" : name;
    return mapValues(schema.shape as Record<string, z.ZodType>, (field, key) => ({
        description: describe(field),
        type: typeOf(field, prefix + capitalized(key), types),
        required: !field.safeParse(undefined).success,
        nullable: field.safeParse(null).success,
    }));
}

function named(type: NamedType, name: string, types: Record<string, NamedType>): ValueType {
    const same = ({ fields, forms }: NamedType) => isDeepStrictEqual([fields, forms], [type.fields, type.forms]);
    const known = Object.keys(types).find((one) => same(types[one]!));
    if (known !== undefined) return { kind: "named", name: known };
    if (types[name] !== undefined) throw new Error(`Two types are called ${name}.`);
    types[name] = type;
    return { kind: "named", name };
}

/** Several literals are words as well. A map in a choice has one key, which names it: `{ file: … }`, `{ add: [...] }`. */
function choice(schema: z.ZodUnion, name: string, types: Record<string, NamedType>): ValueType {
    const of = (schema.options as z.ZodType[]).flatMap((option) => {
        if (!(option instanceof z.ZodObject)) {
            const type = typeOf(option, name, types);
            return type.kind === "choice" ? type.of : [type];
        }
        const [[key, value]] = Object.entries(option.shape as Record<string, z.ZodType>) as [[string, z.ZodType]];
        const type = typeOf(value, name, types);
        // The setting describes its forms.
        const field: Field = { description: "", type, required: true, nullable: false };
        return [named({ description: "", fields: { [key]: field } }, nameOfOption(key, type, name), types)];
    });
    const words = of.flatMap((option) => (option.kind === "words" ? option.words : []));
    return of.every(({ kind }) => kind === "words") ? { kind: "words", words } : { kind: "choice", of };
}

function nameOfOption(key: string, value: ValueType, name: string): string {
    if (key !== "add") return `With${capitalized(key)}`;
    return value.kind === "list" && value.of.kind === "text" ? "ListAddition" : `${name}Addition`;
}

/** With the default in words: a program's own package would otherwise fill it in, and a set could no longer override it. */
function describe(field: z.ZodType): string {
    const { description = "", defaultText, default: ofLayer, cost } = field.meta() ?? {};
    const value = ofLayer ?? defaultOf(field);
    const words = defaultText ?? (isEmpty(value) ? undefined : `\`${asYaml(value)}\``);
    return [description, words && `Default: ${words}.`, cost && `Costs: ${cost}`].filter(Boolean).join(" ");
}

const isEmpty = (value: unknown) =>
    value === undefined || value === "" || (typeof value === "object" && Object.keys(value ?? {}).length === 0);

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const singular = (name: string) => name.replace(/ies$/, "y").replace(/s$/, "");
