import { mapValues } from "../collections";
import { codedCloudSettings, type CloudSettings } from "../schema/cloud";
import { pluginObject } from "../schema/codec";
import { putAt, type CodedSetting } from "../schema/parameters";
import type { StackSettings } from "../schema/stack";
import { codedTemplateSettings, type TemplateSettings } from "../schema/template";

/**
 * Not read back: an image has another form once it is resolved, and an identity's mode needs more than one parameter. No known fault
 * is about a value of theirs that `plugin` gives.
 */
const notRead = ["image", "identity.mode", "identity.base"];
const cloudSettings = codedCloudSettings.filter(({ path }) => !notRead.includes(path));
const templateSettings = codedTemplateSettings.filter(({ path }) => !notRead.includes(path));

/** A cloud's settings as the plugin has them: with the stack's tags beneath its templates', and with what `plugin` gives in place of the settings. */
export function asPluginReads(cloud: CloudSettings, tags: StackSettings["tags"]): CloudSettings {
    const templates = mapValues(cloud.templates, (template) =>
        withParameters<TemplateSettings>({ ...template, tags: { ...tags, ...template.tags } }, templateSettings),
    );
    return { ...withParameters(cloud, cloudSettings), templates };
}

function withParameters<Settings extends { plugin: CloudSettings["plugin"] }>(
    settings: Settings,
    coded: readonly CodedSetting[],
): Settings {
    const given = pluginObject(settings.plugin);
    const overridden = coded.filter(({ codec }) => codec.parameters.some((name) => Object.hasOwn(given, name)));
    if (overridden.length === 0) return settings;
    const read = structuredClone(settings);
    for (const { path, codec } of overridden) putAt(read, path.split("."), codec.from(given));
    return read;
}
