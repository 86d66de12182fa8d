import { z } from "zod";
import { bare, defaultOf } from "./layer";

/** Paths of the settings that a parameter of the plugin comes from, by the parameter's name. */
export type ParameterSources = ReadonlyMap<string, readonly string[]>;

/** Which settings become which parameter, as their declarations say. */
export function parameterSources(shape: Record<string, z.ZodType>, prefix = ""): ParameterSources {
    const sources = new Map<string, string[]>();
    const add = (parameter: string, paths: readonly string[]): void => {
        sources.set(parameter, [...(sources.get(parameter) ?? []), ...paths]);
    };
    for (const [key, schema] of Object.entries(shape)) {
        const path = `${prefix}${key}`;
        for (const parameter of schema.meta()?.parameters ?? []) add(parameter, [path]);
        const inner = bare(schema);
        if (inner instanceof z.ZodObject) {
            parameterSources(inner.shape as Record<string, z.ZodType>, `${path}.`).forEach((paths, parameter) =>
                add(parameter, paths),
            );
        }
    }
    return sources;
}

/** A setting whose value one parameter takes as it is. */
export interface PlainSetting {
    /** Path of the setting, such as `idle.minutes`. */
    path: string;
    parameter: string;
    /** The setting's declaration, without what wraps it: text, a number, a truth value or one of a few words. */
    schema: z.ZodString | z.ZodNumber | z.ZodBoolean | z.ZodEnum;
    /** What stands for a value that is not given. */
    default: unknown;
}

/** The settings of single values with one parameter each, which no other setting has a part in. Some the payload changes. */
export function plainSettings(shape: Record<string, z.ZodType>): PlainSetting[] {
    const sources = parameterSources(shape);
    return singleValues(shape, "").filter(({ parameter }) => sources.get(parameter)?.length === 1);
}

function singleValues(shape: Record<string, z.ZodType>, prefix: string): PlainSetting[] {
    return Object.entries(shape).flatMap(([key, schema]): PlainSetting[] => {
        const path = `${prefix}${key}`;
        const inner = bare(schema);
        if (inner instanceof z.ZodObject) return singleValues(inner.shape as Record<string, z.ZodType>, `${path}.`);
        const [parameter, ...more] = schema.meta()?.parameters ?? [];
        if (parameter === undefined || more.length > 0 || !isSingle(inner)) return [];
        return [{ path, parameter, schema: inner, default: defaultOf(schema) }];
    });
}

function isSingle(schema: z.ZodType): schema is PlainSetting["schema"] {
    return [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodEnum].some((kind) => schema instanceof kind);
}
