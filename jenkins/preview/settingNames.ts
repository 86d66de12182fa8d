import { cloudSources, codedCloudSettings } from "../../settings/schema/cloud";
import type { PluginValue } from "../../settings/schema/codec";
import { codedTemplateSettings, templateSources } from "../../settings/schema/template";
import { UNKNOWN } from "../../settings/naming";
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
    { settings }: SettingNames,
): SettingDifference | undefined {
    const [parameter = "", ...rest] = path;
    const sources = (subject === "cloud" ? cloudSources : templateSources).get(parameter) ?? [];
    const name = sources.length === 1 ? sources[0] : rest.length === 0 ? settings[parameter] : undefined;
    if (name === undefined) return undefined;
    if (rest.length > 0) return { name: [name, ...rest].join("."), before, after };
    const codecs = subject === "cloud" ? codedCloudSettings : codedTemplateSettings;
    const codec = codecs.find((each) => each.path === name)?.codec;
    const read = (value: PluginValue) => settingValue(value, codec && ((raw) => codec.from({ [parameter]: raw })));
    return { name, before: read(before), after: read(after) };
}

/** A parameter's value as the setting has it, where that is a scalar or a list of words; else as the plugin has it. */
function settingValue(value: PluginValue, read: ((value: PluginValue) => unknown) | undefined): PluginValue {
    if (value === "" || read === undefined || JSON.stringify(value).includes(UNKNOWN)) return value;
    const setting = read(value);
    if (setting === undefined) return "";
    if (["string", "number", "boolean"].includes(typeof setting)) return String(setting);
    const isWords = Array.isArray(setting) && setting.every((each) => typeof each === "string");
    return isWords ? setting.join(" ") : value;
}
