import { printable } from "./printable";
import { groupBy } from "./collections";
import { mayHoldSecret } from "./looksSecret";

/** Where a value is in the settings: keys of maps and positions in lists. */
export type Path = readonly PropertyKey[];

/** A path as `pulumi config set --path` takes it. */
export function showPath(path: Path): string {
    return steps(path).replace(/^\./, "");
}

function steps(path: Path): string {
    return path
        .map((part) => {
            if (typeof part === "number") return `[${part}]`;
            const key = String(part);
            return /^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
        })
        .join("");
}

/** Several paths in short, each once: templates of one cloud with the same setting together, `clouds.x.templates.{a,b}.cap`. */
export function showPaths(paths: readonly Path[]): string {
    const groups = groupBy(paths, (path) => {
        const inTemplate = path[0] === "clouds" && path[2] === "templates" && path.length > 3;
        return showPath(inTemplate ? [...path.slice(0, 3), "", ...path.slice(4)] : path);
    });
    return [...groups.values()].map(showAlike).join(", ");
}

/** Paths that differ at most in the template's key. */
function showAlike(paths: readonly Path[]): string {
    const [first = []] = paths;
    const keys = [...new Set(paths.map((path) => String(path[3])))];
    if (keys.length === 1) return showPath(first);
    return `${showPath(first.slice(0, 3))}.{${keys.join(",")}}${steps(first.slice(4))}`;
}

/** The value at a path; undefined where there is none. */
export function valueAt(root: unknown, path: Path): unknown {
    return path.reduce<unknown>(
        (value, part) =>
            typeof value === "object" && value !== null && Object.hasOwn(value, part)
                ? (value as Record<PropertyKey, unknown>)[part]
                : undefined,
        root,
    );
}

/** A value for a message: short, and masked where it is secret or may hold one. */
export function shown(value: unknown, secret: boolean): string {
    const written = printable(JSON.stringify(value) ?? String(value));
    if (secret || mayHoldSecret(written)) return "[secret]";
    return written.length > 80 ? `${written.slice(0, 77)}...` : written;
}

/** The command that asks for a secret and sets it, so that it is in no history. */
export function secretCommand(path: Path): string {
    return `pulumi config set --secret --path '${showPath(path)}'`;
}

/** The command that sets one value. `type: string` keeps digits, true and false as text. */
export function setCommand(path: Path, value: string, type?: "string"): string {
    const flag = type === undefined ? "" : `--type ${type} `;
    return `pulumi config set ${flag}--path '${showPath(path)}' ${value}`;
}

/** A value in YAML's flow style, on one line. */
export function asYaml(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map(asYaml).join(", ")}]`;
    if (typeof value === "object" && value !== null) {
        return `{ ${Object.entries(value)
            .map(([key, inner]) => `${scalar(key)}: ${asYaml(inner)}`)
            .join(", ")} }`;
    }
    return typeof value === "string" ? scalar(value) : String(value);
}

/** Text that YAML would read as something else, or that has its signs, is put in quotes. */
function scalar(value: string): string {
    return /^[A-Za-z/][\w./@+-]*(:[\w./@+-]+)*\/?$/.test(value) && !/^(true|false|null|yes|no|on|off)$/i.test(value)
        ? value
        : JSON.stringify(value);
}
