import { z } from "zod";
import { isMap } from "../collections";
import { valueAt } from "../path";
import type { AnyCodec, PluginObject, PluginValue } from "./codec";
import { bare } from "./layer";

type Shape = Record<string, z.ZodType>;

/** A setting of a template or a cloud, by its path, such as `idle.minutes`. */
export interface Declaration {
    path: string;
    schema: z.ZodType;
}

/** All settings of a shape: each, and behind it those within it. */
export function declarations(shape: Shape, prefix = ""): Declaration[] {
    return Object.entries(shape).flatMap(([key, schema]): Declaration[] => {
        const path = `${prefix}${key}`;
        const inner = bare(schema);
        const below = inner instanceof z.ZodObject ? declarations(inner.shape as Shape, `${path}.`) : [];
        return [{ path, schema }, ...below];
    });
}

/** Paths of the settings that a parameter of the plugin comes from, by the parameter's name. */
export type ParameterSources = ReadonlyMap<string, readonly string[]>;

/** Which settings become which parameter, by their declarations. */
export function parameterSources(shape: Shape): ParameterSources {
    const sources = new Map<string, string[]>();
    for (const { path, schema } of declarations(shape)) {
        for (const name of parametersOf(schema)) sources.set(name, [...(sources.get(name) ?? []), path]);
    }
    return sources;
}

/** Names of the parameters that a setting becomes or has a part in. */
export function parametersOf(schema: z.ZodType): readonly string[] {
    const { codec, parameters } = schema.meta() ?? {};
    return parameters ?? codec?.parameters ?? [];
}

/** A setting that becomes parameters of the plugin. */
export interface CodedSetting extends Declaration {
    codec: AnyCodec;
}

export function codedSettings(shape: Shape): CodedSetting[] {
    return declarations(shape).flatMap(({ path, schema }) => {
        const codec = schema.meta()?.codec;
        return codec === undefined ? [] : [{ path, schema, codec }];
    });
}

/** The parameters that settings become, each with a value: the plugin takes a missing one for null or false. */
export function toParameters(settings: readonly CodedSetting[], whole: object): PluginObject {
    return settings.reduce<PluginObject>((all, { path, codec }) => {
        const value = valueAt(whole, path.split(".")) as never;
        for (const [name, parameter] of Object.entries(codec.to(value, whole as never))) {
            const before = all[name];
            all[name] = before === undefined ? parameter : joined(before, parameter);
        }
        return all;
    }, {});
}

function joined(one: PluginValue, other: PluginValue): PluginValue {
    if (Array.isArray(one) && Array.isArray(other)) return [...one, ...other];
    return isMap(one) && isMap(other) ? { ...one, ...other } : other;
}

/** Puts a value at a path; maps on the way are made where they are missing. */
export function putAt(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
    const [key = "", ...rest] = path;
    if (rest.length === 0) target[key] = value;
    else putAt((target[key] ??= {}) as Record<string, unknown>, rest, value);
}
