import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import { parseDocument } from "yaml";
import { projectFolder } from "../../playground/world";
import { isMap } from "../../settings/collections";

const schemas = new Ajv({ strict: false, allErrors: true, formats: { uri: true } });
for (const file of ["settings.schema.json", "fleet.schema.json"]) {
    schemas.addSchema(JSON.parse(readFileSync(join(projectFolder, "docs", "schemas", file), "utf8")) as object, file);
}
const stackFile = schemas.getSchema("settings.schema.json")!;
const fleetFile = schemas.getSchema("fleet.schema.json")!;
const namespace = "jenkins-ec2-agents:";
const stackKeys = Object.keys(
    (stackFile.schema as { properties: { config: { properties: object } } }).properties.config.properties,
);
const fleetKeys = Object.keys((fleetFile.schema as { properties: object }).properties);

/** Keys that tell files of other programs: workflows, GitLab's pipelines, Configuration as Code, pre-commit, Pulumi's project and environments. */
const foreignKeys = [
    "jobs",
    "stages",
    "workflow",
    "default",
    "include",
    "jenkins",
    "unclassified",
    "repos",
    "runtime",
    "values",
];

/** What is wrong with a block of YAML: its syntax, or, where it is of this program's settings, what they say. */
export function yamlFaults(text: string): string[] {
    const document = parseDocument(text, { merge: true });
    if (document.errors.length > 0) return document.errors.map(({ message }) => message);
    const value: unknown = document.toJS();
    // Steps of a workflow.
    if (Array.isArray(value)) return [];
    if (!isMap(value)) return ["neither a map nor a list"];
    const keys = Object.keys(value);
    if (keys.some((key) => foreignKeys.includes(key))) return [];
    if (isMap(value.config)) return stackFaults(value.config);
    if (keys.some((key) => key.startsWith(namespace))) return stackFaults(value);
    if (keys.every((key) => fleetKeys.includes(key))) return faults(fleetFile, value);
    return [
        `of what file are ${keys.join(", ")}? Settings stand in a block from config:, jenkins-ec2-agents:KEY or a key of a fleet file on`,
    ];
}

/** What is wrong with a block of JSON. */
export function jsonFaults(text: string): string[] {
    try {
        JSON.parse(text);
        return [];
    } catch (error) {
        return [(error as Error).message];
    }
}

/** The schema lets keys of other programs through, and with them those of ours that there are not. */
function stackFaults(config: Record<string, unknown>): string[] {
    const unknown = Object.keys(config).filter((key) => key.startsWith(namespace) && !stackKeys.includes(key));
    return [...unknown.map((key) => `${key}: no such setting`), ...faults(stackFile, { config })];
}

function faults(check: ValidateFunction, value: unknown): string[] {
    check(value);
    return (check.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
}
