import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments, type ScalarTag } from "yaml";
import { isMap } from "../../../settings/collections";

/** A value as Configuration as Code hands it to a plugin: every scalar is text. Null is the same as absent. */
export type CascValue = string | null | CascValue[] | CascMap;
export interface CascMap {
    [key: string]: CascValue;
}

/** One entry of `jenkins.clouds`, and where it stands. */
export interface CascEntry {
    place: string;
    value: CascValue;
}

/** What this program takes of Configuration as Code files. Variables are not yet resolved. */
export interface CascFiles {
    clouds: CascEntry[];
    /** `unclassified.location.url`: the address of the controller. */
    url?: string;
}

/** Aliases that a file may expand to. It is a bound against files that grow without end, not a limit for fleets. */
const mostAliases = 10_000;

/**
 * Configuration as Code passes a decimal number on as Java writes it: `0.40` arrives as `0.4`, `1.0` stays `1.0`
 * (ModelConstructor). Integers, `yes`, `022` and the like keep their text.
 */
const decimal: ScalarTag = {
    tag: "tag:yaml.org,2002:float",
    default: true,
    test: /^[-+]?(\d[\d_]*\.[\d_]*|\.\d[\d_]*|\d[\d_]*(?=[eE]))([eE][-+]?\d+)?$/,
    resolve: (text) => {
        const number = Number(text.replaceAll("_", ""));
        return Number.isInteger(number) ? number.toFixed(1) : String(number);
    },
};

/**
 * The files that Configuration as Code would read for a path: the file itself, or all of a folder, by name, that end in `.yaml` or
 * `.yml` and are not hidden (ConfigurationAsCode.configs).
 */
export function cascPaths(path: string): string[] {
    if (!statSync(path, { throwIfNoEntry: false })) throw new Error(`--casc is "${path}"; there is no such file.`);
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path, { recursive: true, encoding: "utf8" });
    return names
        .filter((name) => /\.ya?ml$/.test(name) && !/(^|[/\\])\./.test(name))
        .sort()
        .map((name) => join(path, name));
}

/**
 * Reads Configuration as Code files. Both of its merge strategies append the clouds of a later file to those of an earlier one; what
 * else the files have in common does not matter here.
 *
 * @throws an Error that names the file and what is wrong with it
 */
export function readCascFiles(paths: readonly string[]): CascFiles {
    const files = paths.map((path) => ({ path, content: parsed(readFileSync(path, "utf8"), path) }));
    const clouds = files.flatMap(({ path, content }) => {
        const list = at(content, ["jenkins", "clouds"]);
        if (list === undefined || list === null) return [];
        if (!Array.isArray(list)) throw new Error(`${path}: jenkins.clouds must be a list.`);
        const file = paths.length > 1 ? `${path}: ` : "";
        return list.map((value, index) => ({ place: `${file}jenkins.clouds[${index}]`, value }));
    });
    const urls = files.map(({ content }) => at(content, ["unclassified", "location", "url"]));
    const url = urls.findLast((one) => typeof one === "string");
    return { clouds, ...(url === undefined ? {} : { url }) };
}

/**
 * The `yaml` package's own mode for YAML 1.1 makes JavaScript values: of `yes` it makes true, of `022` it makes 18. Jenkins is given
 * the text. So only null and decimal numbers are told from text here, and merge keys are followed.
 */
function parsed(text: string, path: string): CascValue {
    const documents = parseAllDocuments(text, {
        version: "1.1",
        schema: "failsafe",
        customTags: ["null", decimal],
        merge: true,
        uniqueKeys: false,
        logLevel: "error",
    });
    if (documents.length > 1) {
        throw new Error(`${path} has ${documents.length} documents; Configuration as Code reads files of one.`);
    }
    const [document] = documents;
    if (document === undefined || !("toJS" in document)) return null;
    const [problem] = document.errors;
    if (problem !== undefined) throw new Error(`${path} is not YAML: ${problem.message}`);
    return document.toJS({ maxAliasCount: mostAliases }) as CascValue;
}

function at(value: CascValue, path: readonly string[]): CascValue | undefined {
    return path.reduce<CascValue | undefined>(
        (inner, key) => (isMap(inner) ? (inner as CascMap)[key] : undefined),
        value,
    );
}
