import { isFolderFor, isScriptFor } from "../../settings/checks/template/agent";
import { homeFolder, usualUser } from "../../settings/schema/template/login";
import {
    isTrue,
    mapOf,
    mapsOf,
    masked,
    textOf,
    wordsOf,
    type PluginObject,
    type PluginValue,
} from "../../settings/schema/codec";
import { codedTemplateSettings, type TemplateSettings } from "../../settings/schema/template";
import { given, without } from "./data";
import { hiddenNote, settingsOf } from "./settingsOf";

/** A template in the settings' terms, and what it could not express. */
export interface ConvertedTemplate {
    id: string;
    settings: Record<string, unknown>;
    notes: string[];
}

/** One live template of a cloud as settings. Defaults of this program are left out. */
export function convertTemplate(live: PluginObject, id: string, cloud: PluginObject): ConvertedTemplate {
    const notes: string[] = [];
    const kept = { ...ignoredParameters(live, cloud), ...otherProperties(live["nodeProperties"], notes) };
    const { settings: said, plugin, hidden } = settingsOf(codedTemplateSettings, without(live, Object.keys(kept)));
    const password = passwordByName(said["winrm"], id, notes);
    noteNames(said["securityGroups"], notes);
    const unfit = unfitForPlatform(said, notes);
    const fitting = without(said, Object.keys(unfit));
    const settings = given({
        ...fitting,
        ...userAndFolder(fitting),
        description: said["description"] === id ? undefined : said["description"],
        initScript: inline(fitting["initScript"]),
        userData: inline(fitting["userData"]),
        winrm: password,
        environment: shownVariables(said["environment"], notes),
    });
    notes.push(...hidden.map(hiddenNote));
    const further = { ...plugin, ...kept, ...renamed(unfit) };
    return { id, settings: { ...settings, ...(Object.keys(further).length === 0 ? {} : { plugin: further }) }, notes };
}

/**
 * The folder and the scripts that are of another operating system than the template's login, such as `C:\\Jenkins` with `unixData`. The
 * checks of settings refuse them, and the fleet works with them today.
 */
function unfitForPlatform(said: Record<string, unknown>, notes: string[]): Record<string, string> {
    const template = { platform: (said["platform"] ?? "unix") as TemplateSettings["platform"] };
    const fits = { remoteFolder: isFolderFor, initScript: isScriptFor, userData: isScriptFor };
    const unfit = Object.entries(fits).flatMap(([setting, fitsIn]): [string, string][] => {
        const text = textOf((said[setting] ?? "") as PluginValue);
        return text === "" || fitsIn(template, text) ? [] : [[setting, text]];
    });
    for (const [setting] of unfit) {
        notes.push(
            `plugin.${parameterOf[setting]} keeps it, in place of ${setting}: it does not fit the platform ${template.platform}, which the login has`,
        );
    }
    return Object.fromEntries(unfit);
}

const parameterOf: Record<string, string> = {
    remoteFolder: "remoteFS",
    initScript: "initScript",
    userData: "userData",
};
const renamed = (settings: Record<string, string>): PluginObject =>
    Object.fromEntries(Object.entries(settings).map(([name, text]) => [parameterOf[name]!, text]));

/** What is usual is left out. */
function userAndFolder({ platform, remoteUser, remoteFolder }: Record<string, unknown>): Record<string, unknown> {
    const kind = (platform ?? "unix") as TemplateSettings["platform"];
    const user = remoteUser ?? usualUser(kind);
    return {
        remoteUser: user === usualUser(kind) ? undefined : user,
        remoteFolder: remoteFolder === homeFolder(kind, String(user)) ? undefined : remoteFolder,
    };
}

/** Several lines are a text as they are; one line would be a path. */
function inline(text: unknown): string | { inline: string } | undefined {
    if (typeof text !== "string" || text === "") return undefined;
    return text.includes("\n") ? text : { inline: text };
}

/** No export has a password: the setting names the secret. */
function passwordByName(winrm: unknown, id: string, notes: string[]): unknown {
    if (typeof winrm !== "object" || winrm === null || !("password" in winrm)) return winrm;
    notes.push(`its password is to be set: pulumi config set --secret --path 'secrets.windowsPasswords.${id}'`);
    return { ...winrm, password: id };
}

function noteNames(securityGroups: unknown, notes: string[]): void {
    const groups = (securityGroups ?? []) as TemplateSettings["securityGroups"];
    const names = groups.flatMap((group) => (typeof group === "object" && "name" in group ? [group.name] : []));
    if (names.length > 0) notes.push(`security groups by name have to be in the network's VPC: ${names.join(", ")}`);
}

/** An export masks the values of variables whose names mark secrets. */
function shownVariables(environment: unknown, notes: string[]): Record<string, string> | undefined {
    const variables = Object.entries((environment ?? {}) as Record<string, string>);
    const hidden = variables.filter(([, value]) => value === masked).map(([name]) => name);
    if (hidden.length > 0) notes.push(`variables that look like secrets are left out: ${hidden.join(", ")}`);
    const shown = variables.filter(([, value]) => value !== masked);
    return shown.length === 0 ? undefined : Object.fromEntries(shown);
}

/** Node properties that `environment` and `tools` stand for. */
const propertiesWithSettings = ["EnvironmentVariablesNodeProperty", "ToolLocationNodeProperty"];

/** The node properties as they are, where one of them has no setting; a secret in one of them is in no export. */
function otherProperties(properties: PluginValue | undefined, notes: string[]): PluginObject {
    const all = mapsOf(properties);
    const others = all.filter(({ $class }) => !propertiesWithSettings.includes(textOf($class)));
    if (others.length === 0) return {};
    const names = others.map(({ $class }) => textOf($class)).join(", ");
    if (JSON.stringify(all).includes(JSON.stringify(masked))) {
        notes.push(`node properties are left out, as they hold secrets and no setting has them: ${names}`);
        return {};
    }
    notes.push(
        `plugin.nodeProperties keeps all node properties, in place of environment and tools: no setting has ${names}`,
    );
    return { nodeProperties: all };
}

/**
 * Parameters that the plugin ignores because of others, and that the checks of settings therefore refuse. They stay as
 * they are, so that a takeover changes nothing.
 */
function ignoredParameters(live: PluginObject, cloud: PluginObject): Record<string, string> {
    const text = (name: string) => textOf(live[name]);
    const tenancy = text("tenancy");
    const price = textOf(mapOf(live["spotConfig"])?.["useBidPrice"]) === "true";
    const dedicatedInNoZone = tenancy === "Dedicated" && wordsOf(live["zone"]).length !== 1;
    const unused = {
        tenancy: dedicatedInNoZone || (price && ["Dedicated", "Host"].includes(tenancy)),
        customDeviceMapping: text("useEphemeralDevices") === "true" && text("customDeviceMapping") !== "",
        // A weight of 1 is the default.
        hotSpareWeight: !isTrue(cloud["roundRobinTemplatesByLabel"]) && !["", "1"].includes(text("hotSpareWeight")),
        // Settings name zones or subnets.
        zone: text("zone") !== "" && text("subnetId") !== "",
    };
    const names = Object.keys(unused) as (keyof typeof unused)[];
    return Object.fromEntries(names.filter((name) => unused[name]).map((name) => [name, text(name)]));
}
