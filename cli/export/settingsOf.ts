import { z } from "zod";
import { isDeepStrictEqual } from "node:util";
import { isMap, mapValues } from "../../settings/collections";
import { masked, type PluginObject, type PluginValue } from "../../settings/schema/codec";
import { bare, defaultOf } from "../../settings/schema/layer";
import { putAt, type CodedSetting } from "../../settings/schema/parameters";
import { without } from "./data";

/** A cloud or a template in the settings' terms. */
export interface ReadSettings {
    /** Without what is a default of this program. */
    settings: Record<string, unknown>;
    /** Parameters with a value that no setting allows, and parameters that no setting has, by the plugin's own names. */
    plugin: PluginObject;
    /** Names of such parameters that hold a secret, which no export has. */
    hidden: string[];
}

/** What a person is told of each of {@link ReadSettings.hidden}. */
export const hiddenNote = (parameter: string) =>
    `${parameter} is left out: it holds a secret, and no setting allows all of its value`;

/** No template is one without these: they are written whatever they are, and reading the settings names what is wrong. */
const needed = ["image", "instanceType"];

/**
 * The settings behind the parameters of a live cloud or template.
 *
 * @param others names of parameters that are taken care of elsewhere
 */
export function settingsOf(
    coded: readonly CodedSetting[],
    parameters: PluginObject,
    others: readonly string[] = [],
): ReadSettings {
    const settings: Record<string, unknown> = {};
    const plugin: PluginObject = unknownParameters(coded, parameters, others);
    for (const { path, schema, codec } of coded) {
        if (!namesOf(codec).some((name) => Object.hasOwn(parameters, name))) continue;
        const value = codec.from(parameters);
        // The plugin takes null for its default; an empty text would be refused.
        if (value === "" && bare(schema) instanceof z.ZodEnum) continue;
        if (value === undefined ? isOptional(schema) : needed.includes(path) || isAllowed(schema, value)) {
            const said = withoutDefaults(schema, value);
            if (said !== undefined) putAt(settings, path.split("."), said);
        } else Object.assign(plugin, only(parameters, codec.parameters));
    }
    const hidden = Object.keys(plugin).filter((name) => texts(plugin[name]!).includes(masked));
    return { settings, plugin: without(plugin, hidden), hidden };
}

function unknownParameters(
    coded: readonly CodedSetting[],
    parameters: PluginObject,
    others: readonly string[],
): PluginObject {
    const known = new Set([...coded.flatMap(({ codec }) => namesOf(codec)), ...others]);
    return Object.fromEntries(Object.entries(parameters).filter(([name, value]) => !known.has(name) && value !== ""));
}

const namesOf = ({ parameters, former = [] }: CodedSetting["codec"]) => [...parameters, ...former];

const only = (parameters: PluginObject, names: readonly string[]): PluginObject =>
    Object.fromEntries(Object.entries(parameters).filter(([name]) => names.includes(name)));

function texts(value: PluginValue): string[] {
    return typeof value === "string" ? [value] : Object.values(value).flatMap(texts);
}

/** Whether leaving a setting out means the same as the parameters. */
const isOptional = (schema: z.ZodType) => defaultOf(schema) === undefined;

const isAllowed = (schema: z.ZodType, value: unknown) => bare(schema).safeParse(value).success;

/** A setting without what its declaration fills in; undefined where nothing of it is left. */
export function withoutDefaults(schema: z.ZodType, value: unknown): unknown {
    if (value === undefined || isDeepStrictEqual(value, defaultOf(schema))) return undefined;
    const inner = bare(schema);
    if (inner instanceof z.ZodArray && Array.isArray(value)) {
        return value.map((item) => withoutDefaults(inner.element as z.ZodType, item));
    }
    if (!(inner instanceof z.ZodObject) || !isMap(value)) return value;
    const shape = inner.shape as Record<string, z.ZodType>;
    const said = Object.entries(mapValues(value, (one, key) => withoutDefaults(shape[key]!, one)));
    const left = said.filter(([, one]) => one !== undefined);
    return left.length === 0 && schema instanceof z.ZodPrefault ? undefined : Object.fromEntries(left);
}
