import { readDocument } from "./fleet/document";
import { placeOf, valueOf, type Written } from "./fleet/written";
import { showPath, type Path } from "../path";
import type { Problem } from "../problem";
import { encryptedPaths } from "./secretTexts";
import { isMap } from "../collections";

/** What the file of a stack has, without the engine: encrypted values are there, and unknown. */
export interface StackFile {
    /** As Pulumi would hand it to a program, with stand-ins for what is encrypted. */
    config: Record<string, string>;
    /** Where something is encrypted, below the project's namespace. */
    encrypted: Path[];
    /** Where a setting is written, as `Pulumi.prod.yaml:12:7`. */
    placeOf(path: Path): string | undefined;
}

/** The part of Pulumi.yaml that counts here. */
export interface ProjectFile {
    name: string;
    /** The folder of the stacks' files, relative to that of Pulumi.yaml. */
    stackConfigDir?: string;
    config?: Record<string, unknown>;
}

/**
 * Reads `Pulumi.STACK.yaml` over what Pulumi.yaml sets for all stacks. A key without a namespace is in the project's, as for
 * Pulumi.
 *
 * @param file its name, for places
 * @throws where it is no YAML, or has no map `config`, or a key is encrypted as a whole
 */
export function readStackFile(file: string, text: string, project: ProjectFile): StackFile {
    const written = configOf(file, text);
    const keys = new Map([...written].map(([key, inner]) => [namespaced(key, project.name), inner]));
    const values = Object.fromEntries([...keys].map(([key, inner]) => [key, valueOf(inner)]));
    const prefix = `${project.name}:`;
    const own = [...keys].flatMap(([key, inner]): [string, Written][] =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), inner]] : [],
    );
    const encrypted = own.flatMap(([key]) => encryptedPaths(values[prefix + key], [key]));
    const whole = [
        ...encrypted.filter((path) => path.length === 1),
        ...encryptedPaths(values["aws:region"], ["aws:region"]),
    ];
    if (whole.length > 0) throw new Error(`${file}: ${unknown(whole)}`);
    const root: Written = { kind: "map", place: { inFile: false, show: () => file }, entries: new Map(own) };
    return {
        config: texts({ ...ofProject(project), ...withStandIns(values, prefix) }),
        encrypted,
        placeOf: (path) => placeOf(root, path),
    };
}

/** The message about what cannot be checked since it is encrypted. */
export function unknown(paths: Path[]): string {
    const subject = paths.map(showPath).join(", ");
    return `${subject}: it is encrypted, so it cannot be checked. Encrypt single texts in it: pulumi config set --secret --path 'KEY.…'`;
}

function configOf(file: string, text: string): Map<string, Written> {
    const problems: Problem[] = [];
    const written = readDocument(file, text, problems);
    if (problems.length > 0) throw new Error(problems.map(({ place, message }) => `${place}: ${message}`).join("\n"));
    if (written === undefined || (written.kind === "value" && written.value === null)) return new Map();
    if (written.kind !== "map") throw new Error(`${file}: must be a map with the key config`);
    const config = written.entries.get("config");
    if (config === undefined || (config.kind === "value" && config.value === null)) return new Map();
    if (config.kind !== "map") throw new Error(`${config.place.show()}: config must be a map of settings`);
    return config.entries;
}

function namespaced(key: string, project: string): string {
    return key.includes(":") ? key : `${project}:${key}`;
}

/** What Pulumi.yaml sets for every stack: a value, or a declaration that may have one. */
function ofProject({ name, config = {} }: ProjectFile): Record<string, unknown> {
    const said = Object.entries(config).map(([key, value]) => [
        namespaced(key, name),
        isMap(value) ? (value.value ?? value.default) : value,
    ]);
    return Object.fromEntries(said.filter(([, value]) => value !== undefined)) as Record<string, unknown>;
}

/** As Pulumi does: a text as it is, anything else as JSON. */
function texts(values: Record<string, unknown>): Record<string, string> {
    return Object.fromEntries(
        Object.entries(values).map(([key, value]) => [
            key,
            typeof value === "string" ? value : value === null ? "" : JSON.stringify(value),
        ]),
    );
}

function withStandIns(values: Record<string, unknown>, prefix: string): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(values).map(([key, value]) => [key, key.startsWith(prefix) ? standIn(value, undefined) : value]),
    );
}

/** A copy in which each { secure: … } is a text that every check of a text's form lets through. */
function standIn(value: unknown, key: string | undefined): unknown {
    if (Array.isArray(value)) return value.map((inner) => standIn(inner, undefined));
    if (!isMap(value)) return value;
    if (typeof value.secure === "string")
        return key === "privateKey" ? "-----BEGIN RSA PRIVATE KEY-----\n" : "encrypted";
    return Object.fromEntries(Object.entries(value).map(([inner, each]) => [inner, standIn(each, inner)]));
}
