import { ParameterSources } from "../../settings/schema/parameters";
import type { PluginObject } from "../../settings/schema/codec";
import { texts as textsIn } from "../push/redact";

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

/** The given settings behind the parameters, the first of each; a parameter under `plugin` overrides all others. */
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
