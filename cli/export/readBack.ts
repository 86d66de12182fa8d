import { faultProblems } from "../../settings/plugin/faultReport";
import { metBySettings } from "../../settings/plugin/met";
import { UserError, type Problem } from "../../settings/problem";
import { readSettings } from "../../settings/read/readSettings";
import { isMap, mapValues } from "../../settings/collections";
import type { CloudSettings } from "../../settings";
import { shown, showPath } from "../../settings/path";
import type { AwsReference } from "../../settings/schema/template";
import { agentTag } from "../../settings/naming";
import { cloudPayload } from "../../jenkins/payload";
import type { CloudReferences } from "../../jenkins/payload/references";
import { changesIn } from "./alike";
import { mapsOf, type ExportedCloud, type PluginObject } from "../../settings/schema/codec";

/** A fleet file as it is going to lie in the project, and what it was made of. */
export interface WrittenFleet {
    path: string;
    /** The file and the texts beside it, by path. */
    files: Record<string, string>;
    /** Id of the controller, and the version of its plugin. */
    controller: string;
    plugin: string;
    /** The clouds as settings, for the secrets that they name. */
    clouds: Record<string, Record<string, unknown>>;
    /** The clouds as they are, in the same order. */
    exported: readonly ExportedCloud[];
}

/** What this program makes of a fleet file. */
export interface ReadBack {
    /** Known faults of the plugin that are errors. */
    faults: Problem[];
    /** Settings that are refused. */
    problems: string[];
    /** Parameters that would not be what they are. */
    changes: { place: string; text: string }[];
}

/**
 * Reads an exported fleet as `pulumi preview` will, with values for what no export has (region, secrets, ingress), and compares what
 * Jenkins would get with what it has. So nothing that an export lost stays unsaid.
 */
export function readBack({ path, files, controller, plugin, clouds, exported }: WrittenFleet): ReadBack {
    const raw = {
        fleet: path,
        network: { ingress: { cidrs: ["10.0.0.0/8"] } },
        secrets: { tokens: { [controller]: "-" }, windowsPasswords: passwordsOf(clouds) },
    };
    try {
        const { settings } = readSettings(raw, {
            project: "export",
            stack: "export",
            region: regionIn(files[path] ?? ""),
            readFile: (name) => files[name],
            listFolder: () => undefined,
            secretKeys: new Set(["secrets"]),
        });
        const met = metBySettings(plugin, settings).filter(({ severity }) => severity === "error");
        return {
            faults: faultProblems(
                met.map((one) => ({ ...one, controller, version: plugin })),
                [],
            ),
            problems: [],
            changes: Object.values(settings.clouds).flatMap((cloud, index) => changesOf(cloud, exported[index]!)),
        };
    } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return { faults: [], problems: error.problems.map((one) => `${one.path}: ${one.message}`), changes: [] };
    }
}

/** The region that zones and an endpoint name, where the cloud names none: it is in the stack's configuration. */
function regionIn(yaml: string): string {
    return /\b[a-z]{2}(-[a-z]+)?-(north|south|east|west|central)+-\d/.exec(yaml)?.[0] ?? "us-east-1";
}

/** Parameters of the cloud that `identity`, `keyPair` and the stack's region stand for. */
const ofIdentity = [
    "credentialsId",
    "privateKey",
    "region",
    "roleArn",
    "roleSessionName",
    "sshKeysCredentialsId",
    "useInstanceProfileForCredentials",
];

function changesOf(cloud: CloudSettings, live: ExportedCloud): ReadBack["changes"] {
    const wanted = cloudPayload(cloud, referencesOf(cloud));
    const place = showPath(["clouds", cloud.id]);
    return [
        ...parametersOf(live.parameters, wanted.parameters, place, ofIdentity),
        ...wanted.templates.flatMap((template, index) =>
            parametersOf(live.templates[index]!, withViews(template.parameters), template.path, ["description"]),
        ),
    ];
}

function parametersOf(
    live: PluginObject,
    wanted: PluginObject,
    place: string,
    leftOut: readonly string[],
): ReadBack["changes"] {
    return Object.entries(live)
        .filter(([parameter]) => !leftOut.includes(parameter))
        .flatMap(([parameter, before]) => changesIn(parameter, before, wanted[parameter] ?? ""))
        .map(({ path, before, after }) => ({
            place,
            text: `${path} is ${shown(before, false)} and becomes ${shown(after, false)}: no setting keeps it`,
        }));
}

/** With the parameters that older releases have for others; without the tag that agents get from this program. */
function withViews(parameters: PluginObject): PluginObject {
    const { associateIPStrategy, connectionStrategy, tags } = parameters;
    return {
        associatePublicIp: String(associateIPStrategy === "PUBLIC_IP"),
        connectUsingPublicIp: String(connectionStrategy === "PUBLIC_IP"),
        usePrivateDnsName: String(connectionStrategy === "PRIVATE_DNS"),
        ...parameters,
        tags: mapsOf(tags).filter(({ name }) => name !== agentTag),
    };
}

/** As if AWS had answered: each name stands for itself, and nothing is made. */
function referencesOf({ templates }: CloudSettings): CloudReferences {
    const textOfReference = (which: AwsReference) => (typeof which === "string" ? which : Object.values(which).join());
    const profiles = Object.values(templates).flatMap(({ instanceProfile }) => instanceProfile ?? []);
    return {
        owner: "export",
        controller: "export",
        follows: [],
        securityGroupIds: [],
        templateSecurityGroupIds: mapValues(templates, ({ securityGroups }) => securityGroups.map(textOfReference)),
        subnetIds: mapValues(templates, ({ subnets = [] }) => subnets.map(textOfReference)),
        imageIds: {},
        instanceProfileArns: Object.fromEntries(profiles.map((name) => [name, name])),
        windowsPasswords: {},
        tags: {},
        secretTexts: [],
    };
}

/** A password for each name that a template has for its own. */
function passwordsOf(value: unknown): Record<string, string> {
    if (!isMap(value)) return {};
    const { winrm } = value;
    const own = isMap(winrm) && typeof winrm["password"] === "string" ? { [winrm["password"]]: "-" } : {};
    return Object.values(value).reduce<Record<string, string>>((all, one) => ({ ...all, ...passwordsOf(one) }), own);
}
