import { looksSecret } from "./secrets";

/** Where a value is in the settings: keys of maps and positions in lists. */
export type Path = readonly PropertyKey[];

/** A path as `pulumi config set --path` takes it. */
export function showPath(path: Path): string {
    return path
        .map((part, position) => {
            if (typeof part === "number") return `[${part}]`;
            const key = String(part);
            if (!/^[A-Za-z_][\w-]*$/.test(key)) return `[${JSON.stringify(key)}]`;
            return position === 0 ? key : `.${key}`;
        })
        .join("");
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

/** A value for a message: short, and masked where it is or looks secret. */
export function shown(value: unknown, secret: boolean): string {
    const written = JSON.stringify(value) ?? String(value);
    if (secret || looksSecret(written)) return "[secret]";
    return written.length > 80 ? `${written.slice(0, 77)}...` : written;
}

/** The command that sets one value. Secrets are asked for, so that they are in no history. */
export function setCommand(path: Path, { secret = false, value = "VALUE" } = {}): string {
    return secret
        ? `pulumi config set --secret --path '${showPath(path)}'`
        : `pulumi config set --path '${showPath(path)}' ${value}`;
}
