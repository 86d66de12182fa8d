import { z } from "zod";
import { agentShape } from "./agent";
import { connectionShape } from "./connection";
import { ImageSettings } from "./image";
import { lifetimeShape } from "./lifetime";
import { machineShape } from "./machine";
import { codedSettings, parameterSources, type ParameterSources } from "../parameters";

export type { AwsReference } from "./connection";
export type { ImageSettings } from "./image";

/** A value for a parameter of the plugin by its own name: text, numbers, truth values, lists and maps of them. */
export const pluginParameters = z
    .record(z.string().regex(/^[A-Za-z]\w*$/, "must be the name of a parameter of the ec2 plugin"), z.json())
    .default({})
    .meta({
        description:
            "More parameters of the `ec2` plugin, by its own names. They override the settings. An unknown one is an error.",
    });

/** The settings of a template by section, in the order of the reference. */
export const templateSections = {
    Machine: machineShape,
    Agent: agentShape,
    Lifetime: lifetimeShape,
    Connection: connectionShape,
} as const;

/** A template, complete: what is left when defaults, sets and the template itself are merged. */
export const completeTemplate = z.strictObject({
    ...machineShape,
    ...agentShape,
    ...lifetimeShape,
    ...connectionShape,
    plugin: pluginParameters,
});

/** Which settings become which parameter of the plugin's templates. */
export const templateSources: ParameterSources = parameterSources(completeTemplate.shape);

/** The settings of a template that become parameters of the plugin. */
export const codedTemplateSettings = codedSettings(completeTemplate.shape);

type Complete = z.output<typeof completeTemplate>;

/** One template of a cloud, resolved: one instance type, files read, defaults filled in. */
export interface TemplateSettings extends Omit<
    Complete,
    "image" | "instanceType" | "description" | "order" | "remoteUser" | "remoteFolder" | "initScript" | "userData"
> {
    /** Unique in its cloud: the key in the settings, with `-TYPE` behind it where the instance types are a list. */
    id: string;
    /** The key in the settings. */
    key: string;
    /** The plugin identifies a template by it; unique in its cloud. */
    description: string;
    image: ImageSettings;
    instanceType: string;
    remoteUser: string;
    remoteFolder: string;
    /** The script itself; empty if there is none. */
    initScript: string;
    /** The user data itself; empty if there is none. */
    userData: string;
    /** Paths of the settings that the user gave (`executors`, `metadata.hopLimit`); the others are defaults of this program. */
    explicit: string[];
}
