import { parse } from "yaml";
import { templateSources } from "../../settings/schema/template";
import { masked, type ExportedCloud, type ExportedValue } from "./data";

/** The EC2 clouds of a Configuration as Code file, as an export of a controller would give them. */
export interface CascClouds {
    clouds: ExportedCloud[];
    /** What could not be taken. */
    notes: string[];
    /** The controller's own, where the file says it (`unclassified.location.url`). */
    url?: string;
}

interface CascDocument {
    jenkins?: { clouds?: unknown };
    unclassified?: { location?: { url?: string } };
}

/** What the plugin (2059) makes of a parameter of a template that the file does not say, where that is not nothing or false. */
const defaults: Record<string, ExportedValue> = {
    associateIPStrategy: "DEFAULT",
    connectionStrategy: "PRIVATE_IP",
    ebsEncryptRootVolume: "DEFAULT",
    hostKeyVerificationStrategy: "CHECK_NEW_SOFT",
    javaPath: "java",
    maxTotalUses: "-1",
    metadataEndpointEnabled: "true",
    metadataHopsLimit: "1",
    metadataSupported: "true",
    metadataTokensRequired: "true",
    minimumNumberOfInstances: "0",
    minimumNumberOfSpareInstances: "0",
    mode: "NORMAL",
    numExecutors: "1",
    tenancy: "Default",
};

/** A template's parameters, complete as those of a live one are. */
function complete(template: Record<string, ExportedValue>): Record<string, ExportedValue> {
    const unsaid = [...templateSources.keys()].filter((name) => !Object.hasOwn(template, name));
    const ofAddress = unsaid.filter(
        (name) => name !== "associateIPStrategy" || !Object.hasOwn(template, "associatePublicIp"),
    );
    return { ...Object.fromEntries(ofAddress.map((name) => [name, defaults[name] ?? ""])), ...template };
}

/** Symbols of Configuration as Code and the classes that `export` names. */
const classes: Record<string, string> = {
    unixData: "UnixData",
    macData: "MacData",
    windowsData: "WindowsData",
    windowsSSHData: "WindowsSSHData",
    envVars: "EnvironmentVariablesNodeProperty",
    toolLocation: "ToolLocationNodeProperty",
};

/**
 * Reads the clouds under `jenkins.clouds` that are the EC2 plugin's (`amazonEC2`, from 2.0.7 to 2059). Its keys are the
 * data-bound parameters that a live cloud has as well; what is left out there has the plugin's default.
 *
 * @throws an Error that says what is wrong with the file
 */
export function cloudsOfCasc(text: string, file: string): CascClouds {
    const document = parse(text, { logLevel: "error" }) as CascDocument | null;
    const all = document?.jenkins?.clouds;
    if (!Array.isArray(all)) {
        throw new Error(`${file} has no list under jenkins.clouds: is it a Configuration as Code file?`);
    }
    const notes: string[] = [];
    const clouds = all.flatMap((entry, index) => {
        const [kind = "", body] = Object.entries((entry ?? {}) as Record<string, unknown>)[0] ?? [];
        if (kind === "amazonEC2") return [cloudOf((body ?? {}) as Record<string, unknown>, notes)];
        notes.push(`jenkins.clouds[${index}]: ${kind || "an empty entry"} is no cloud of the EC2 plugin: left out`);
        return [];
    });
    if (clouds.length === 0) throw new Error(`${file} has no amazonEC2 under jenkins.clouds.`);
    return { clouds, notes, url: document?.unclassified?.location?.url };
}

function cloudOf(
    { name, cloudName, templates, privateKey, ...parameters }: Record<string, unknown>,
    notes: string[],
): ExportedCloud {
    const called = textOf(name ?? cloudName);
    if (privateKey !== undefined) {
        notes.push(
            `cloud ${called}: privateKey is left out; this program makes a key pair, or takes secrets.privateKey`,
        );
    }
    const list = Array.isArray(templates) ? (templates as Record<string, unknown>[]) : [];
    return {
        name: called,
        parameters: plainMap(parameters),
        templates: list.map((template, index) => {
            const description = textOf(template.description);
            if (description === "")
                notes.push(
                    `cloud ${called}: template ${index + 1} has no description: it is called template-${index + 1}`,
                );
            return complete(plainMap({ ...template, description: description || `template-${index + 1}` }));
        }),
    };
}

const plainMap = (map: Record<string, unknown>): Record<string, ExportedValue> =>
    Object.fromEntries(
        Object.entries(map).map(([key, value]) => [key, key === "password" ? masked : plain(key, value)]),
    );

/** As `export` has it: scalars as text, what is empty as "", a symbol with its parameters as a map with `$class`. */
function plain(key: string, value: unknown): ExportedValue {
    if (Array.isArray(value)) return value.map((item) => plain(key, item));
    if (typeof value !== "object" || value === null) return textOf(value);
    const entries = Object.entries(value as Record<string, unknown>);
    const [symbol, inner] = entries[0] ?? [];
    if (entries.length === 1 && symbol !== undefined && Object.hasOwn(classes, symbol)) {
        return { $class: classes[symbol]!, ...plainMap((inner ?? {}) as Record<string, unknown>) };
    }
    return plainMap(value as Record<string, unknown>);
}

function textOf(value: unknown): string {
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
