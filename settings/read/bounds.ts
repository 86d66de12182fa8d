import { type Path, showPath } from "../path";
import { Problem } from "../problem";

/** Levels of maps and lists in one another. The settings have eight; parameters of the plugin may have some more. */
export const deepest = 100;

/** Characters of a key: longer ones are no name of anything. */
const longestKey = 1_000;

/** A message about a map or list that has more levels than {@link deepest}. */
export const tooDeep = `has more than ${deepest} levels of maps and lists in one another`;

/**
 * What no setting may hold, whichever it is, because this program or Jenkins could not keep it as it is. Goes round without
 * calling itself, so that no depth is too much for it.
 */
export function outOfBounds(raw: unknown, placeOf: (path: Path) => string | undefined): Problem[] {
    const problems: Problem[] = [];
    const report = (path: Path, message: string): void => {
        const place = placeOf(path);
        problems.push({
            code: "too-large",
            severity: "error",
            path: showPath(path),
            ...(place === undefined ? {} : { place }),
            message,
        });
    };
    const left: { value: unknown; path: Path }[] = [{ value: raw, path: [] }];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
        const { value, path } = next;
        if (typeof value === "string") {
            const message = unkeepable(value);
            if (message !== undefined) report(path, message);
        }
        if (typeof value !== "object" || value === null) continue;
        if (path.length >= deepest) {
            report(path.slice(0, 3), tooDeep);
            continue;
        }
        for (const [key, inner] of Object.entries(value)) {
            const place = [...path, Array.isArray(value) ? Number(key) : key];
            const message = Array.isArray(value) ? undefined : wrongKey(key);
            if (message === undefined) left.push({ value: inner, path: place });
            else report(key.length > longestKey ? [...path, key.slice(0, 20)] : place, message);
        }
    }
    return problems.reverse();
}

function wrongKey(key: string): string | undefined {
    if (key === "__proto__") return "is a key that JavaScript keeps for itself: choose another";
    if (key.length > longestKey) return `is a key of ${key.length} characters; at most ${longestKey} are allowed`;
    const message = unkeepable(key);
    return message === undefined ? undefined : `is a key that ${message}`;
}

/**
 * What Jenkins' files cannot hold, or do not give back. They are XML 1.1 (hudson.XmlFile): without U+0000, U+FFFE, U+FFFF and halves
 * of a pair of surrogates (XStream refuses to write them), and U+2028 is an end of line there (XML 1.1, section 2.11), so that after
 * a restart of Jenkins it would be one in a script.
 */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const lost = /[\u0000\u2028\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Why Jenkins could not keep a text as it is; undefined where it can. */
export function unkeepable(text: string): string | undefined {
    const found = lost.exec(text);
    if (found === null) return undefined;
    const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return `has the character U+${code} at position ${found.index + 1}, which Jenkins cannot keep`;
}
