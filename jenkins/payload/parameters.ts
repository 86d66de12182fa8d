import { z } from "zod";
import { PluginObject, PluginValue } from "../push/request";

/** Paths of the settings that a parameter comes from, by the parameter's name. */
export type ParameterSources = ReadonlyMap<string, readonly string[]>;

/** Which settings become which parameter, as their declarations say. */
export function parameterSources(shape: Record<string, z.ZodType>, prefix = ""): ParameterSources {
    const sources = new Map<string, string[]>();
    for (const [key, schema] of Object.entries(shape)) {
        const path = `${prefix}${key}`;
        for (const parameter of schema.meta()?.parameters ?? []) add(parameter, [path]);
        const inner = withoutWrapping(schema);
        if (inner instanceof z.ZodObject) {
            parameterSources(inner.shape as Record<string, z.ZodType>, `${path}.`).forEach((paths, parameter) =>
                add(parameter, paths),
            );
        }
    }
    return sources;

    function add(parameter: string, paths: readonly string[]): void {
        sources.set(parameter, [...(sources.get(parameter) ?? []), ...paths]);
    }
}

/**
 * Parameters that no given setting stands behind: the program's own defaults, which a plugin that lacks them may drop. A
 * parameter under `plugin` is asked for by the user, always.
 */
export function optionalParameters(
    sources: ParameterSources,
    indispensable: readonly string[],
    given: readonly string[],
    plugin: Record<string, unknown>,
): string[] {
    return [...sources]
        .filter(([parameter, paths]) => {
            const askedFor = Object.hasOwn(plugin, parameter) || paths.some((path) => given.includes(path));
            return !askedFor && !indispensable.includes(parameter);
        })
        .map(([parameter]) => parameter);
}

/** A setting's value as text; empty for none. */
export function scalar(value: string | number | boolean | undefined): string {
    return value === undefined ? "" : String(value);
}

/** Values that the user gave by the plugin's own names, every scalar as text. Null means: leave it to the plugin. */
export function raw(values: Record<string, unknown>): PluginObject {
    return Object.fromEntries(
        Object.entries(values).flatMap(([name, value]): [string, PluginValue][] =>
            value === null || value === undefined ? [] : [[name, rawValue(value)]],
        ),
    );
}

function rawValue(value: unknown): PluginValue {
    if (Array.isArray(value)) return value.map(rawValue);
    if (typeof value === "object" && value !== null) return raw(value as Record<string, unknown>);
    return String(value);
}

function withoutWrapping(schema: z.ZodType): z.ZodType {
    const wrapped =
        schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional;
    return wrapped ? withoutWrapping(schema.unwrap() as z.ZodType) : schema;
}
