import { isDeepStrictEqual } from "node:util";
import { cloudSources, codedCloudSettings } from "../../settings/schema/cloud";
import { isMap } from "../../settings/collections";
import { UNKNOWN } from "../../settings/naming";
import { asYaml } from "../../settings/path";
import type { PluginObject, PluginValue } from "../../settings/schema/codec";
import { codedTemplateSettings, templateSources } from "../../settings/schema/template";
import type { Difference, SettingDifference } from "../push/difference";
import type { CloudPayload, SettingNames } from "../push/request";

/** Differences of parameters, each with the setting behind it: a preview speaks the language of the settings. */
export function withSettings(differences: Difference[], cloud: CloudPayload): Difference[] {
    const templates = new Map(cloud.templates.map((each) => [String(each.parameters.description), each]));
    return differences.map((difference) => {
        const payload = difference.subject === "template" ? templates.get(difference.id) : cloud;
        if (difference.subject === "credential" || difference.path.length === 0 || payload === undefined) {
            return difference;
        }
        const setting = settingOf(difference, payload);
        const isDefault = payload.settings[difference.path[0]!] === undefined;
        return { ...difference, ...(setting && { setting }), ...(isDefault && { isDefault }) };
    });
}

/** Undefined where the parameter has no setting, or several that this difference does not tell apart. */
function settingOf(
    { subject, path, before, after }: Difference,
    { settings, parameters }: SettingNames & { parameters?: PluginObject },
): SettingDifference | undefined {
    const [parameter = "", ...rest] = path;
    const sources = (subject === "cloud" ? cloudSources : templateSources).get(parameter) ?? [];
    const declared = sources.length === 1 ? sources[0] : rest.length === 0 ? settings[parameter] : undefined;
    if (declared === undefined) return undefined;
    // In Jenkins an image is an id, whatever the settings look it up by.
    if (parameter === "ami") return { name: "image", before, after };
    const codec = (subject === "cloud" ? codedCloudSettings : codedTemplateSettings).find(
        (each) => each.path === declared,
    )?.codec;
    const read = codec && ((raw: PluginValue): unknown => codec.from({ ...parameters, [parameter]: raw }));
    if (rest.length > 0) {
        const part = read && parameters && partOf(declared, read, parameters[parameter] ?? "", { rest, before, after });
        return part ?? { name: [declared, ...rest].join("."), before, after };
    }
    const [then, now] = [settingValue(before, read), settingValue(after, read)];
    // What differs is in no setting, as the program's own tag: the plugin's values show it.
    return isDeepStrictEqual(then, now)
        ? { name: declared, before, after }
        : { name: declared, before: then, after: now };
}

type Read = (value: PluginValue) => unknown;

/** A parameter's value as the setting has it; as the plugin has it where AWS has yet to answer or no setting takes it. */
function settingValue(value: PluginValue, read: Read | undefined): PluginValue {
    if (value === "" || read === undefined || JSON.stringify(value).includes(UNKNOWN)) return value;
    const setting = read(value);
    if (setting === undefined) return "";
    if (isMap(setting)) return asYaml(setting);
    if (!Array.isArray(setting)) return String(setting);
    return setting.every((each) => typeof each === "string") ? setting.join(" ") : value;
}

/**
 * A part of a parameter as the one setting that it is: `spot.maxPricePerHour` for `spotConfig.spotMaxBidPrice`. Undefined where it
 * does not exist, or there are several. The values are those of the difference, in which secrets are masked.
 *
 * @param wanted the whole parameter: the rest of what the part is in
 */
function partOf(
    name: string,
    read: Read,
    wanted: PluginValue,
    { rest, before, after }: { rest: string[]; before: PluginValue; after: PluginValue },
): SettingDifference | undefined {
    const [then, now] = [before, after].map((part) => leaves(read(withPart(wanted, rest, part)), name));
    const names = [...new Set([...then!.keys(), ...now!.keys()])].filter((each) => then!.get(each) !== now!.get(each));
    const [only] = names;
    if (only === undefined || names.length > 1) return undefined;
    return { name: only, before: then!.get(only) ?? "", after: now!.get(only) ?? "" };
}

function withPart(value: PluginValue, [key, ...rest]: string[], part: PluginValue): PluginValue {
    if (key === undefined) return part;
    if (!Array.isArray(value))
        return isMap(value) ? { ...value, [key]: withPart(value[key] ?? "", rest, part) } : value;
    const position = Number(key);
    const inner = withPart(value[position] ?? "", rest, part);
    return [...value.slice(0, position), ...(inner === "" ? [] : [inner]), ...value.slice(position + 1)];
}

/** Each value in a setting by its path, as text. */
function leaves(setting: unknown, path: string): Map<string, string> {
    if (!isMap(setting)) return new Map(setting === undefined ? [] : [[path, String(setting)]]);
    return new Map(Object.entries(setting).flatMap(([key, value]) => [...leaves(value, `${path}.${key}`)]));
}
