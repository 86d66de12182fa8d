import { shared } from "./fold";
import { identity, type IdentitySettings } from "../../settings/schema/access";
import { codedCloudSettings } from "../../settings/schema/cloud";
import { textOf, type ExportedCloud, type PluginObject } from "../../settings/schema/codec";
import { freeName, given, without } from "./data";
import { hiddenNote, settingsOf, withoutDefaults, type ReadSettings } from "./settingsOf";
import { Notes } from "./notes";
import { ConvertedTemplate, convertTemplate } from "./template";

/** Settings of a cloud or of a template. */
type Identified = Pick<ConvertedTemplate, "id" | "settings">;

/** Clouds as settings, and what a person has to know or do. */
export interface ConvertedClouds {
    /** The value of the configuration key `clouds`. */
    clouds: Record<string, Record<string, unknown>>;
    notes: string[];
}

export interface ExportChoice {
    /**
     * Whether the clouds go on naming the credentials that they name, which the program then leaves as they are.
     * @default false: it makes its own
     */
    keepCredentials?: boolean;
}

/**
 * Turns the EC2 clouds of a live controller into settings of this program, so that a fleet that was configured by hand
 * moves in one step. What is a default of this program is left out; what all templates of a cloud share becomes its
 * `defaults`; what no setting expresses stays under the plugin's own name. Secrets are not in an export: notes name them
 * to be set.
 */
export function settingsFromExport(
    exported: readonly ExportedCloud[],
    controllers: readonly string[],
    choice: ExportChoice = {},
): ConvertedClouds {
    const notes = new Notes();
    const ids = uniqueIds(exported.map(({ name }) => name));
    const clouds = exported.map((cloud, position): Identified => {
        const id = ids[position]!;
        const names = uniqueIds(cloud.templates.map((template) => textOf(template["description"])));
        const templates = cloud.templates.map((parameters, number) =>
            convertTemplate(parameters, names[number]!, cloud.parameters),
        );
        for (const template of templates) {
            for (const note of template.notes) notes.add(`clouds.${id}.templates.${template.id}`, note);
        }
        const read = settingsOf(codedCloudSettings, cloud.parameters, madeAnew);
        for (const name of read.hidden) notes.add(`clouds.${id}`, hiddenNote(name));
        for (const note of unusedIdentity(cloud.parameters, choice)) notes.add(`clouds.${id}`, note);
        return { id, settings: convertCloud(cloud.name, read, id, controllers, templates, choice) };
    });
    return { clouds: Object.fromEntries(clouds.map(({ id, settings }) => [id, settings])), notes: notes.lines() };
}

function convertCloud(
    name: string,
    { settings, plugin }: ReadSettings,
    id: string,
    controllers: readonly string[],
    templates: readonly ConvertedTemplate[],
    { keepCredentials = false }: ExportChoice,
): Record<string, unknown> {
    const common = sharedSettings(templates);
    return given({
        name: name === id ? undefined : name,
        controllers: [...controllers],
        ...settings,
        identity: identityOf(settings["identity"], keepCredentials),
        // The groups of today let the controllers in.
        network: templates.every(namesGroups) ? { makeSecurityGroup: false } : undefined,
        keyPair: keepCredentials ? settings["keyPair"] : undefined,
        adopt: true,
        defaults: Object.keys(common).length === 0 ? undefined : common,
        templates: Object.fromEntries(
            templates.map((template) => [template.id, without(template.settings, Object.keys(common))]),
        ),
        plugin: Object.keys(plugin).length === 0 ? undefined : plugin,
    });
}

/** Of the cloud itself, or a key that this program makes anew. */
const madeAnew = ["privateKey", "cloudName", "name", "templates"];

const namesGroups = ({ settings }: ConvertedTemplate) => settings["securityGroups"] !== undefined;

/** What of the identity does not stay as it is: parts that the plugin does not use beside the others, and a name that is needed. */
function unusedIdentity(parameters: PluginObject, { keepCredentials = false }: ExportChoice): string[] {
    const has = (name: string) => !["", "false"].includes(textOf(parameters[name] ?? ""));
    return [
        ...(has("roleSessionName") && !has("roleArn")
            ? ["roleSessionName is left out: the plugin does not use it without roleArn"]
            : []),
        ...(has("roleArn") && textOf(parameters["roleSessionName"] ?? "") === ""
            ? ["roleSessionName is empty: the role gets the default of identity.roleSessionName"]
            : []),
        ...(keepCredentials && has("credentialsId") && has("useInstanceProfileForCredentials")
            ? ["credentialsId is left out: the plugin does not use it with useInstanceProfileForCredentials"]
            : []),
    ];
}

/** Credentials go on being named only where that is wanted, and where they are what the cloud acts with. */
function identityOf(value: unknown, keepCredentials: boolean): unknown {
    const { credentialsId, roleSessionName, ...said } = (value ?? {}) as Partial<IdentitySettings>;
    const { mode = "access-key", base = "access-key" } = said;
    const acting = mode === "role" ? base : mode;
    const kept = {
        ...said,
        ...(keepCredentials && acting === "access-key" && credentialsId !== undefined ? { credentialsId } : {}),
        ...(mode === "role" && roleSessionName !== undefined ? { roleSessionName } : {}),
    };
    return withoutDefaults(identity.prefault({}), kept);
}

/** The settings that all of several templates have. The description and the order stay with each template. */
function sharedSettings(templates: readonly ConvertedTemplate[]): Record<string, unknown> {
    return templates.length < 2 ? {} : without(shared(templates.map(({ settings }) => settings)), ["description"]);
}

/** Ids of names: the name itself where it can be one, else with - for what can't be in an id; numbered where they meet. */
function uniqueIds(names: readonly string[]): string[] {
    const taken = new Set<string>();
    return names.map((name) => {
        const plain =
            name
                .replace(/[^A-Za-z0-9_-]+/g, "-")
                .replace(/^[-_]+/, "")
                .slice(0, 50)
                .replace(/-+$/, "")
                // A key of digits only would lose its place in the file's order.
                .replace(/^(?=\d+$)/, "template-") || "template";
        const possible = plain in Object.prototype ? `template-${plain}` : plain; // no id: schema/declare.ts
        const id = freeName(possible, (name) => taken.has(name));
        taken.add(id);
        return id;
    });
}
