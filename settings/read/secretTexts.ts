import { parseDocument } from "yaml";
import type { RawSettings, SettingsContext } from "./context";
import { type Path, valueAt } from "../path";

/**
 * Texts from configuration keys that are Pulumi secrets, beside `secrets`: user data that someone set with `--secret`. They are
 * shown nowhere.
 *
 * One `--secret` makes the whole key a secret for Pulumi. The stack's file, where it is in its usual place, shows which values are;
 * one that shows none of a secret key is not the file in use, and every text of the key counts.
 */
export function secretTexts(raw: RawSettings, context: SettingsContext): string[] {
    const keys = [...context.secretKeys].filter((key) => key !== "secrets");
    const secret = context.secretPaths ?? encryptedInFile(keys, context);
    const found = keys.flatMap((key) => {
        const paths = secret.filter(([first]) => first === key);
        return (paths.length > 0 ? paths : [[key]]).flatMap((path) => texts(valueAt(raw, path)));
    });
    return [...new Set(found)].filter((text) => text !== "");
}

/** Where the stack's file has something encrypted below these keys. */
function encryptedInFile(keys: string[], context: SettingsContext): Path[] {
    if (keys.length === 0) return [];
    const config = stackFile(context);
    return keys.flatMap((key) => encryptedPaths(valueAt(config, [`${context.project}:${key}`]), [key]));
}

/** The configuration as the stack's file has it. The engine has read it before, and aliases are one value here however many they are. */
export function stackFile({ stack, readFile }: SettingsContext): unknown {
    const file = parseDocument(readFile(`Pulumi.${stack}.yaml`) ?? "");
    return valueAt(file.toJS({ maxAliasCount: -1 }) as unknown, ["config"]);
}

/** Where in a value of the stack's file something is encrypted: it is { secure: … } there. */
export function encryptedPaths(value: unknown, path: Path): Path[] {
    if (typeof value !== "object" || value === null) return [];
    if (typeof valueAt(value, ["secure"]) === "string") return [path];
    return Object.entries(value).flatMap(([key, inner]) =>
        encryptedPaths(inner, [...path, Array.isArray(value) ? Number(key) : key]),
    );
}

function texts(value: unknown): string[] {
    if (typeof value === "string") return [value];
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}
