import { ParameterSources } from "../../settings/schema/parameters";
import { texts as textsIn } from "../push/redact";
import { PluginObject, PluginValue } from "../push/request";

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

/** The given settings behind the parameters, the first of each; a parameter under `plugin` goes over all others. */
export function settingsOfParameters(
    sources: ParameterSources,
    given: readonly string[],
    plugin: Record<string, unknown>,
): Record<string, string> {
    const asked = [...sources].flatMap(([parameter, paths]) => {
        const path = paths.find((each) => given.includes(each));
        return path === undefined ? [] : [[parameter, path] as const];
    });
    const raw = Object.keys(plugin).map((parameter) => [parameter, `plugin.${parameter}`] as const);
    return Object.fromEntries([...asked, ...raw]);
}

/** The parameters that hold one of the texts. Short texts would be found everywhere: they have to be the whole value. */
export function parametersWith(texts: readonly string[], parameters: PluginObject): string[] {
    const holds = (value: string) => texts.some((text) => value === text || (text.length >= 4 && value.includes(text)));
    return Object.keys(parameters).filter((name) => textsIn(parameters[name]).some(holds));
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
