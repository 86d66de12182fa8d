import type { PluginObject, PluginValue, PushRequest } from "../../../jenkins/push/request";
import type { RawSettings } from "../../../settings";
import { smallStack } from "../settings/support";

/** A setting that takes any text, and where the text has to be in what Jenkins is told. */
export interface Place {
    setting: string;
    /** Makes of any text one that the setting takes. @default as it is */
    fits?: (text: string) => string;
    put(template: any, text: string, stack: any): void;
    arrived(parameters: PluginObject, request: PushRequest): unknown;
}

const within = (value: PluginValue | undefined, ...path: (string | number)[]): unknown =>
    path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value);
const plain = (setting: string, parameter: string, ...path: string[]): Place => ({
    setting,
    put: (template, text) => {
        const [last, ...holders] = setting.split(".").reverse();
        const holder = holders.reverse().reduce((inner, key) => (inner[key] ??= {}), template);
        holder[last!] = text;
    },
    arrived: (parameters) => within(parameters[parameter], ...path),
});
const inline = (setting: "initScript" | "userData"): Place => ({
    setting,
    put: (template, text) => (template[setting] = { inline: text }),
    arrived: (parameters) => parameters[setting],
});
const named = (list: PluginValue | undefined, name: string, value: string) =>
    (list as PluginObject[]).find((each) => each[name] === value);
/** As many whole characters as there is room for. */
const cut = (most: number) => (text: string) =>
    [...text].reduce((all, one) => ((all + one).length > most ? all : all + one), "");

/** Every setting of a template, its cloud and the stack that takes any text. */
export const places: Place[] = [
    plain("description", "description"),
    plain("remoteUser", "remoteAdmin"),
    { ...plain("remoteFolder", "remoteFS"), fits: (text) => `/${text}` },
    plain("temporaryFolder", "tmpDir"),
    inline("initScript"),
    inline("userData"),
    plain("java.path", "javaPath"),
    plain("java.options", "jvmopts"),
    plain("ssh.rootCommandPrefix", "amiType", "rootCommandPrefix"),
    plain("ssh.agentCommandPrefix", "amiType", "slaveCommandPrefix"),
    plain("ssh.agentCommandSuffix", "amiType", "slaveCommandSuffix"),
    {
        setting: "environment",
        put: (template, text) => (template.environment = { VALUE: text }),
        arrived: ({ nodeProperties }) => within(nodeProperties, 0, "env", 0, "value"),
    },
    {
        setting: "tools (home)",
        put: (template, text) => (template.tools = { ...template.tools, maven: { type: "maven", home: text } }),
        arrived: ({ nodeProperties }) =>
            named(
                within(nodeProperties, 1, "locations") as PluginValue,
                "key",
                `hudson.tasks.Maven$MavenInstallation$DescriptorImpl@maven`,
            )?.home,
    },
    {
        setting: "tools (name)",
        put: (template, text) => (template.tools = { ...template.tools, [text]: { type: "git", home: "/named" } }),
        arrived: ({ nodeProperties }) =>
            (named(within(nodeProperties, 1, "locations") as PluginValue, "home", "/named")?.key as string).replace(
                /^[^@]*@/,
                "",
            ),
        fits: (text) => (text === "__proto__" ? "proto" : text === "maven" ? "maven " : text),
    },
    {
        setting: "tags (value)",
        fits: cut(256),
        put: (template, text) => (template.tags = { ...template.tags, team: text }),
        arrived: ({ tags }) => named(tags, "name", "team")?.value,
    },
    {
        setting: "tags (key)",
        fits: (text) => `k${cut(127)(text)}`,
        put: (template, text) => (template.tags = { ...template.tags, [text]: "keyed" }),
        arrived: ({ tags }) => named(tags, "value", "keyed")?.name,
    },
    {
        setting: "plugin",
        put: (template, text) =>
            (template.plugin = { further: text, nested: [{ deep: [text, null, { [`k${text}`]: text }] }] }),
        arrived: ({ further, nested }) => {
            const deep = within(nested, 0, "deep") as PluginValue[];
            const [key, value] = Object.entries(deep[2] as PluginObject)[0]!;
            return key === `k${String(further)}` && value === further && deep[0] === further
                ? further
                : { deep, further };
        },
    },
    {
        setting: "controllers.user",
        put: (_, text, { controllers }) => (controllers["team-a"].user = text),
        arrived: (_, { controller }) => controller.user,
    },
    {
        setting: "secrets.tokens",
        put: (_, text, { secrets }) => (secrets.tokens["team-a"] = text),
        arrived: (_, { controller }) => controller.token,
    },
];

/** The small stack with a text in each place. */
export function stackWith(texts: readonly { place: Place; text: string }[]): RawSettings {
    const raw = smallStack();
    for (const { place, text } of texts) place.put(raw.clouds.agents.templates.linux, text, raw);
    return raw as RawSettings;
}
