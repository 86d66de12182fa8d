import { z } from "zod";
import { bare } from "./layer";

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
