import { isMap } from "../../../settings/collections";
import { templateSources } from "../../../settings/schema/template";
import { cloudSources } from "../../../settings/schema/cloud";
import { mapOf, textOf, type ExportedCloud, type PluginObject, type PluginValue } from "../../../settings/schema/codec";
import { inOneLine, Notes } from "../notes";
import { cascPaths, readCascFiles, type CascEntry, type CascMap, type CascValue } from "./files";
import { Resolver } from "./resolve";
import type { VariableSources } from "./variables";

/** The EC2 clouds of Configuration as Code files, as an export of a controller gives them. */
export interface CascClouds {
    clouds: ExportedCloud[];
    /** What could not be taken. */
    notes: string[];
    /** The controller's address, where a file has it (`unclassified.location.url`). */
    url?: string;
}

type Parameters = PluginObject;

/**
 * Reads the EC2 plugin's clouds under `jenkins.clouds`. The keys there are the data-bound parameters that a live cloud has as
 * well. A parameter that is absent has the plugin's default, so that the result is as complete as a live cloud.
 *
 * @param paths files or folders, in the order in which Jenkins reads them
 * @throws an Error with what is wrong with the files
 */
export function cloudsOfCasc(paths: readonly string[], sources: VariableSources): CascClouds {
    const files = readCascFiles(paths.flatMap(cascPaths));
    const reading = { notes: new Notes(), resolver: new Resolver(sources) };
    const clouds = files.clouds.flatMap((entry) => cloudsOfEntry(entry, reading));
    if (clouds.length === 0) throw new Error(`${paths.join(", ")}: there is no amazonEC2 under jenkins.clouds.`);
    const url = files.url === undefined ? undefined : reading.resolver.text(files.url, "unclassified.location.url");
    return {
        clouds,
        notes: [...unknownVariables(reading.resolver), ...reading.notes.lines()],
        ...(url === undefined ? {} : { url }),
    };
}

interface Reading {
    notes: Notes;
    resolver: Resolver;
}

function unknownVariables({ unknown }: Resolver): string[] {
    return [...unknown].map(
        ([name, places]) =>
            `\${${name}} is not known, so this is left out: ${inOneLine(places)}. ${
                /^(read)?file(base64)?:/i.test(name)
                    ? "Put the file beside the Configuration as Code file."
                    : `Give it with --set '${name}=VALUE'.`
            }`,
    );
}

/** Configuration as Code knows a class by its symbol or by its name, in whatever case (HeteroDescribableConfigurator). */
const cloudSymbols = ["amazonec2", "amazonec2cloud", "ec2", "ec2cloud"];

function cloudsOfEntry({ place, value }: CascEntry, reading: Reading): ExportedCloud[] {
    const [kind = "", body] = typeof value === "string" ? [value] : (Object.entries(value ?? {})[0] ?? []);
    if (cloudSymbols.includes(kind.toLowerCase())) {
        return [cloudOf(isMap(body) ? (body as CascMap) : {}, `${place}.${kind}`, reading)];
    }
    reading.notes.add(place, `${kind || "an empty entry"} is no cloud of the EC2 plugin, so it is left out`);
    return [];
}

function cloudOf({ templates, privateKey, ...own }: CascMap, place: string, reading: Reading): ExportedCloud {
    const { notes, resolver } = reading;
    if (privateKey !== undefined && privateKey !== null) {
        notes.add(`${place}.privateKey`, "is left out: this program makes a key pair, or takes secrets.privateKey");
    }
    const { name, cloudName, ...parameters } = resolver.map(own, place);
    noteUnknownKeys(parameters, cloudSources, [], place, notes);
    const called = textOf(name ?? cloudName);
    if (called === "") notes.add(place, "has no name, so the cloud is called agents");
    return {
        name: called || "agents",
        parameters: withPlainSwitches(parameters),
        templates: templatesIn(templates, `${place}.templates`).map((template, index) =>
            templateOf(template, index, `${place}.templates[${index}]`, reading),
        ),
    };
}

function templatesIn(templates: CascValue | undefined, place: string): CascMap[] {
    if (templates === undefined || templates === null) return [];
    if (!Array.isArray(templates) || !templates.every(isMap)) throw new Error(`${place} must be a list of templates.`);
    return templates as CascMap[];
}

function templateOf(template: CascMap, index: number, place: string, { notes, resolver }: Reading): Parameters {
    const given = withPlainSwitches(resolver.map(template, place));
    noteUnknownKeys(given, templateSources, Object.keys(earlierNames), place, notes);
    const description = textOf(given["description"]) || `template-${index + 1}`;
    if (textOf(given["description"]) === "") notes.add(place, `has no description: it is called ${description}`);
    const { amiType, nodeProperties, ...rest } = withTodaysNames(given, place, notes);
    return complete({
        ...rest,
        description,
        ...(amiType === undefined ? {} : { amiType: loginOf(amiType, `${place}.amiType`, notes) }),
        ...(Array.isArray(nodeProperties)
            ? { nodeProperties: propertiesOf(nodeProperties, `${place}.nodeProperties`, notes) }
            : {}),
    });
}

/** A key that no release has may be a mistake, or be newer than this program. */
function noteUnknownKeys(
    parameters: Parameters,
    known: { has: (name: string) => boolean },
    others: readonly string[],
    place: string,
    notes: Notes,
): void {
    for (const name of Object.keys(parameters)) {
        if (known.has(name) || others.includes(name) || cloudCredentials.includes(name)) continue;
        notes.add(
            `${place}.${name}`,
            "no release of the ec2 plugin that this program knows has this key; it is kept under `plugin`, and a controller that does not know it refuses it",
        );
    }
}

/** Parameters of the cloud that `identity` and `keyPair` stand for. */
const cloudCredentials = [
    "credentialsId",
    "sshKeysCredentialsId",
    "useInstanceProfileForCredentials",
    "roleArn",
    "roleSessionName",
];

/** Parameters of the plugin's types that are true or false. */
export const switches = [
    "allowSelfSignedCertificate",
    "allowTemplateGracePeriodOverride",
    "allowTemplateIdleTimeoutOverride",
    "associatePublicIp",
    "avoidUsingOrphanedNodes",
    "cleanUpOrphanedNodes",
    "connectBySSHProcess",
    "connectUsingPublicIp",
    "deleteRootOnTermination",
    "discardAfterGracePeriod",
    "ebsOptimized",
    "enclaveEnabled",
    "fallbackToOndemand",
    "friday",
    "metadataEndpointEnabled",
    "metadataSupported",
    "metadataTokensRequired",
    "monday",
    "monitoring",
    "nestedVirtualizationEnabled",
    "noDelayProvisioning",
    "roundRobinTemplatesByLabel",
    "saturateHighestWeightFirst",
    "saturday",
    "specifyPassword",
    "stopOnTerminate",
    "sunday",
    "t2Unlimited",
    "terminateIdleDuringShutdown",
    "thursday",
    "tuesday",
    "useBidPrice",
    "useDedicatedTenancy",
    "useEphemeralDevices",
    "useHTTPS",
    "useInstanceProfileForCredentials",
    "usePrivateDnsName",
    "wednesday",
];

/** Jenkins takes `yes`, `on`, `y`, `t` and `1` for true, in whatever case (BooleanConverter of commons-beanutils). */
function withPlainSwitches(parameters: Parameters): Parameters {
    return Object.fromEntries(
        Object.entries(parameters).map(([name, value]): [string, PluginValue] => {
            if (typeof value === "object" && !Array.isArray(value)) return [name, withPlainSwitches(value)];
            if (typeof value !== "string" || !switches.includes(name)) return [name, value];
            if (/^(true|yes|y|on|t|1)$/i.test(value)) return [name, "true"];
            return [name, /^(false|no|n|off|f|0)$/i.test(value) ? "false" : value];
        }),
    );
}

/** Parameters of earlier releases, and those that have their place today. */
const earlierNames: Record<string, string> = {
    associatePublicIp: "associateIPStrategy",
    connectUsingPublicIp: "connectionStrategy",
    usePrivateDnsName: "connectionStrategy",
    useDedicatedTenancy: "tenancy",
};

/**
 * The template without parameters of earlier releases. What they come to is what the setters of 2059 and 2063 make of them, which are called
 * after the constructor (SlaveTemplate.setConnectUsingPublicIp, setUsePrivateDnsName, ConnectionStrategy.backwardsCompatible).
 */
function withTodaysNames(parameters: Parameters, place: string, notes: Notes): Parameters {
    const { associatePublicIp, connectUsingPublicIp, usePrivateDnsName, useDedicatedTenancy, ...rest } = parameters;
    const result = { ...rest };
    if (associatePublicIp !== undefined) {
        result["associateIPStrategy"] = associatePublicIp === "true" ? "PUBLIC_IP" : "DEFAULT";
    }
    if (connectUsingPublicIp !== undefined || usePrivateDnsName !== undefined) {
        const strategy = textOf(rest["connectionStrategy"]);
        const byPrivateName =
            usePrivateDnsName === undefined ? strategy === "PRIVATE_DNS" : usePrivateDnsName === "true";
        const byPublicIp =
            connectUsingPublicIp === undefined ? strategy === "PUBLIC_IP" : connectUsingPublicIp === "true";
        result["connectionStrategy"] =
            byPrivateName && !byPublicIp
                ? "PRIVATE_DNS"
                : byPublicIp || result["associateIPStrategy"] === "PUBLIC_IP"
                  ? "PUBLIC_IP"
                  : "PRIVATE_IP";
    }
    if (useDedicatedTenancy === "true") result["tenancy"] = "Dedicated";
    for (const [name, today] of Object.entries(earlierNames)) {
        const [before, after] = [rest[today], result[today]];
        if (parameters[name] === undefined || before === undefined || before === after) continue;
        notes.add(`${place}.${name}`, `is of earlier releases and overrides ${today}, which becomes ${textOf(after)}`);
    }
    return result;
}

/** Logins and node properties by what Configuration as Code calls them, in lower case, and their classes. */
const loginClasses: Record<string, string> = {
    unixdata: "UnixData",
    macdata: "MacData",
    windowsdata: "WindowsData",
    windowssshdata: "WindowsSSHData",
};
const propertyClasses: Record<string, string> = {
    diskspacemonitor: "DiskSpaceMonitorNodeProperty",
    diskspacemonitornodeproperty: "DiskSpaceMonitorNodeProperty",
    envvars: "EnvironmentVariablesNodeProperty",
    environmentvariables: "EnvironmentVariablesNodeProperty",
    environmentvariablesnodeproperty: "EnvironmentVariablesNodeProperty",
    toollocation: "ToolLocationNodeProperty",
    toollocationnodeproperty: "ToolLocationNodeProperty",
};

function loginOf(value: PluginValue, place: string, notes: Notes): PluginValue {
    const [symbol, parameters] = symbolOf(value);
    const known = loginClasses[symbol.toLowerCase()];
    if (known !== undefined) return { $class: known, ...parameters };
    notes.add(`${place}.${symbol}`, "is no login of the EC2 plugin: the template becomes one of Linux over SSH");
    return "";
}

/** The properties of Jenkins itself. Of others the class is not known, so that they can only be named. */
function propertiesOf(list: readonly PluginValue[], place: string, notes: Notes): PluginValue[] {
    return list.flatMap((value) => {
        const [symbol, parameters] = symbolOf(value);
        const known = propertyClasses[symbol.toLowerCase()];
        if (known !== undefined) return [{ $class: known, ...parameters }];
        notes.add(place, `${symbol} is left out: a file does not have its class, which plugin.nodeProperties needs`);
        return [];
    });
}

/** A symbol, alone or as the one key of a map, and its parameters. */
function symbolOf(value: PluginValue): [symbol: string, parameters: Parameters] {
    if (typeof value === "string") return [value, {}];
    const [symbol = "", parameters] = Object.entries(mapOf(value) ?? {})[0] ?? [];
    return [symbol, mapOf(parameters) ?? {}];
}

/** What the plugin (2063) makes of a parameter of a template that is absent, where that is not empty, zero or false. */
const defaults: PluginObject = {
    associateIPStrategy: "DEFAULT",
    connectionStrategy: "PRIVATE_IP",
    discardAfterGracePeriod: "true",
    ebsEncryptRootVolume: "DEFAULT",
    hostKeyVerificationStrategy: "CHECK_NEW_SOFT",
    hotSpareWeight: "1",
    idleTerminationMinutes: "0", // never: EC2RetentionStrategy
    javaPath: "java",
    maxTotalUses: "-1",
    metadataEndpointEnabled: "true",
    metadataHopsLimit: "1",
    metadataSupported: "true",
    metadataTokensRequired: "true",
    minimumNumberOfInstances: "0",
    minimumNumberOfSpareInstances: "0",
    mode: "NORMAL",
    tenancy: "Default",
};

/** A template's parameters, complete as those of a live one are. */
function complete(template: Parameters): Parameters {
    const absent = [...templateSources.keys()].filter((name) => !Object.hasOwn(template, name));
    return { ...Object.fromEntries(absent.map((name) => [name, defaults[name] ?? ""])), ...template };
}
