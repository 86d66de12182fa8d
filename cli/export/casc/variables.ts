import { isMap } from "../../../settings/collections";

/** What variables of a Configuration as Code file are resolved with. */
export interface VariableSources {
    /** Values by name, as `--set NAME=value` gives them. */
    given: Readonly<Record<string, string>>;
    /** A file that lies beside the Configuration as Code file; undefined where there is none. */
    readFile: (path: string) => Buffer | undefined;
}

/** A text after its variables are resolved. */
export interface ResolvedText {
    text: string;
    /** Names of the variables whose value is not known. They still stand in the text. */
    unknown: string[];
}

/**
 * Resolves the variables of a text as Configuration as Code does (SecretSourceResolver, StringSubstitutor of commons-text):
 * `${NAME}`, `${NAME:-default}`, `${readFile:path}` and the like, variables within variables, and values that hold variables
 * themselves. `^${NAME}` is the text `${NAME}`. Where Jenkins makes an unknown variable empty, this reports its name.
 *
 * @throws an Error if a variable's value leads back to the variable itself, or a lookup's text has not its form
 */
export function resolveVariables(text: string, sources: VariableSources): ResolvedText {
    if (!text.includes(opening)) return { text, unknown: [] };
    const unknown: string[] = [];

    /** @param within names of the variables whose values the text is part of */
    function substitute(part: string, within: readonly string[]): string {
        let result = "";
        let position = 0;
        for (;;) {
            const start = part.indexOf(opening, position);
            if (start === -1) return result + part.slice(position);
            result += part.slice(position, start);
            if (result.endsWith("^")) {
                result += opening;
                position = start + opening.length;
                continue;
            }
            const end = closingOf(part, start);
            if (end === -1) return result + part.slice(start);
            const expression = part.slice(start + opening.length, end);
            result += valueOf(expression, within) ?? part.slice(start, end + 1);
            position = end + 1;
        }
    }

    /** The value of what stands between the braces; undefined where it, or a variable within it, is not known. */
    function valueOf(expression: string, within: readonly string[]): string | undefined {
        const unknownBefore = unknown.length;
        const whole = substitute(expression, within);
        if (unknown.length > unknownBefore) return undefined;
        const delimiter = whole.indexOf(":-");
        const name = delimiter === -1 ? whole : whole.slice(0, delimiter);
        if (within.includes(name)) throw new Error(`the variable \${${name}} leads back to itself`);
        const value = lookUp(name, sources) ?? (delimiter === -1 ? undefined : whole.slice(delimiter + 2));
        if (value === undefined) {
            // What follows the field may be a secret.
            unknown.push(name.replace(/^(json:[^:]*:).*$/is, "$1…"));
            return undefined;
        }
        return substitute(value, [...within, name]);
    }

    const resolved = substitute(text, []);
    const isKnown = unknown.length === 0;
    return { text: isKnown ? withoutEscapes(resolved) : resolved, unknown: [...new Set(unknown)] };
}

const opening = "${";

/** Where the brace stands that closes the one at `start`; -1 if none does. */
function closingOf(text: string, start: number): number {
    let depth = 0;
    for (let position = start; position < text.length; position++) {
        if (text.startsWith(opening, position)) depth++;
        else if (text[position] === "}" && --depth === 0) return position;
    }
    return -1;
}

/** `^${NAME}` is `${NAME}`; without a closing brace the sign stays. */
function withoutEscapes(text: string): string {
    return text.replace(/\^(\$\{[^}]*\})/g, "$1");
}

/** What stands before the first colon of a variable, and what it makes of the rest. */
const lookups: Record<string, (rest: string, sources: VariableSources) => string | undefined> = {
    base64: (rest) => Buffer.from(rest).toString("base64"),
    decodebase64: (rest) => Buffer.from(rest, "base64").toString("utf8"),
    file: (rest, { readFile }) => readFile(rest)?.toString("utf8"),
    readfile: (rest, { readFile }) => readFile(rest)?.toString("utf8"),
    filebase64: (rest, { readFile }) => readFile(rest)?.toString("base64"),
    readfilebase64: (rest, { readFile }) => readFile(rest)?.toString("base64"),
    json: fieldOf,
    trim: (rest) => rest.trimEnd(),
};

/** A given value goes first, so that also `sysProp:NAME` and a file that is somewhere else can be given. */
function lookUp(name: string, sources: VariableSources): string | undefined {
    if (Object.hasOwn(sources.given, name)) return sources.given[name];
    const [prefix = "", ...rest] = name.split(":");
    const key = prefix.toLowerCase();
    return rest.length > 0 && Object.hasOwn(lookups, key) ? lookups[key]!(rest.join(":"), sources) : undefined;
}

/** A field of a JSON object: `FIELD:{…}`. */
function fieldOf(text: string): string | undefined {
    const [field = "", ...json] = text.split(":");
    let object: unknown;
    try {
        object = JSON.parse(json.join(":"));
    } catch {
        // The text may be a secret: it is not shown.
        throw new Error(`\${json:${field}:…} is not given a JSON object`);
    }
    const value = isMap(object) ? object[field] : undefined;
    if (value === undefined || value === null) return undefined;
    return typeof value === "string" ? value : JSON.stringify(value);
}
