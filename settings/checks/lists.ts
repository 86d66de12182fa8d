import { Findings } from "../read/findings";
import { Path } from "../path";
import { WrittenStack } from "../read/shape";

/** No list names a value twice, wherever it is: it is a slip, and the plugin would try, ask or count the same thing twice. */
export function checkLists(written: WrittenStack, findings: Findings): void {
    for (const [key, value] of Object.entries(written)) checkWithin(value, [key], findings);
}

function checkWithin(value: unknown, path: Path, findings: Findings): void {
    if (typeof value !== "object" || value === null || isRaw(path)) return;
    if (Array.isArray(value)) {
        const twice = namedTwice(value);
        if (twice.length > 0) findings.problem("named-twice", path, `names ${twice.join(", ")} more than once`);
    }
    for (const [key, inner] of Object.entries(value)) {
        checkWithin(inner, [...path, Array.isArray(value) ? Number(key) : key], findings);
    }
}

/** What the plugin's own parameters mean is the plugin's. */
function isRaw(path: Path): boolean {
    return path[0] !== "controllers" && path.at(-1) === "plugin";
}

function namedTwice(list: unknown[]): string[] {
    const names = list.filter((one) => typeof one !== "object").map(String);
    return [...new Set(names.filter((one, position) => names.indexOf(one) !== position))];
}
