import { isDeepStrictEqual } from "node:util";
import { ExportedCloud, ExportedValue, freeName, given, textOf, without } from "./data";
import { ConvertedTemplate, convertTemplate } from "./template";
import { cloudSources } from "../../settings/schema/cloud";

export type { ExportedCloud, ExportedValue } from "./data";

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
 * `defaults`; what no setting says goes on under the plugin's own name. Secrets are not in an export: notes say which are
 * to be set.
 */
export function settingsFromExport(
    exported: readonly ExportedCloud[],
    controllers: readonly string[],
    choice: ExportChoice = {},
): ConvertedClouds {
    const notes: string[] = [];
    const ids = uniqueIds(exported.map(({ name }) => name));
    const clouds = exported.map((cloud, position): Identified => {
        const id = ids[position]!;
        const names = uniqueIds(cloud.templates.map((template) => textOf(template["description"])));
        const templates = cloud.templates.map((parameters, number) => convertTemplate(parameters, names[number]!));
        notes.push(
            ...templates.flatMap((template) =>
                template.notes.map((note) => `clouds.${id}.templates.${template.id}: ${note}`),
            ),
        );
        return { id, settings: convertCloud(cloud, id, controllers, templates, choice) };
    });
    return { clouds: Object.fromEntries(clouds.map(({ id, settings }) => [id, settings])), notes };
}

function convertCloud(
    { name, parameters }: ExportedCloud,
    id: string,
    controllers: readonly string[],
    templates: readonly ConvertedTemplate[],
    { keepCredentials = false }: ExportChoice,
): Record<string, unknown> {
    const cap = Number(textOf(parameters["instanceCapStr"]));
    const shared = sharedSettings(templates);
    const further = unknownParameters(parameters);
    return given({
        name: name === id ? undefined : name,
        controllers: [...controllers],
        region: textOf(parameters["region"]) || undefined,
        cap: cap > 0 && cap < 2 ** 31 - 1 ? cap : undefined,
        noDelayProvisioning: textOf(parameters["noDelayProvisioning"]) === "true" ? true : undefined,
        cleanUpOrphanedNodes: textOf(parameters["cleanUpOrphanedNodes"]) === "true" ? true : undefined,
        endpoint: textOf(parameters["altEC2Endpoint"]) || undefined,
        identity: identity(parameters, keepCredentials),
        // The groups of today let the controllers in.
        network: templates.every(namesGroups) ? { makeSecurityGroup: false } : undefined,
        keyPair: keepCredentials ? existing(parameters["sshKeysCredentialsId"]) : undefined,
        adopt: true,
        defaults: Object.keys(shared).length === 0 ? undefined : shared,
        templates: Object.fromEntries(
            templates.map((template) => [template.id, without(template.settings, Object.keys(shared))]),
        ),
        plugin: Object.keys(further).length === 0 ? undefined : further,
    });
}

const namesGroups = ({ settings }: ConvertedTemplate) => settings["securityGroups"] !== undefined;

function identity(
    parameters: Record<string, ExportedValue>,
    keepCredentials: boolean,
): Record<string, string> | undefined {
    const base = textOf(parameters["useInstanceProfileForCredentials"]) === "true" ? "instance-profile" : "access-key";
    const kept = keepCredentials && base === "access-key" ? existing(parameters["credentialsId"]) : undefined;
    const roleArn = textOf(parameters["roleArn"]);
    if (roleArn === "") return base === "instance-profile" ? { mode: base } : kept;
    const roleSessionName = textOf(parameters["roleSessionName"]);
    return { mode: "role", base, ...kept, roleArn, ...(roleSessionName === "" ? {} : { roleSessionName }) };
}

/** Credentials that the cloud goes on naming, if it names any. */
function existing(value: ExportedValue | undefined): { credentialsId: string } | undefined {
    const credentialsId = textOf(value);
    return credentialsId === "" ? undefined : { credentialsId };
}

/** Credentials have settings of their own, or are made anew; the rest that no setting stands for goes on under the plugin's own name. */
function unknownParameters(parameters: Record<string, ExportedValue>): Record<string, ExportedValue> {
    const made = ["privateKey", "cloudName", "name", "templates"];
    return Object.fromEntries(
        Object.entries(parameters).filter(
            ([name, value]) => !cloudSources.has(name) && !made.includes(name) && value !== "",
        ),
    );
}

/** What every template says alike. The description and the order are each template's own. */
function sharedSettings(templates: readonly ConvertedTemplate[]): Record<string, unknown> {
    const [first, ...rest] = templates;
    if (first === undefined || rest.length === 0) return {};
    return Object.fromEntries(
        Object.entries(first.settings).filter(
            ([key, value]) =>
                key !== "description" && rest.every(({ settings }) => isDeepStrictEqual(settings[key], value)),
        ),
    );
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
