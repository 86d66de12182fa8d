import { Findings } from "../findings";
import { suggestion } from "../nearest";
import { Path } from "../path";
import type { Variable } from "../schema/template/agent";

/** What a template's texts may have put in. */
export interface Variables {
    values: Record<string, Variable>;
    /** `secrets.variables`. */
    secrets: Record<string, string>;
}

/** A text with the values in it. */
export interface FilledText {
    text: string;
    /** Names of the variables that it has. */
    used: string[];
    /** Whether one of them is a secret: then the whole text counts as one. */
    secret: boolean;
}

/**
 * `{{ name }}`, `{{ name | sh }}`, `{{ name | powershell }}`, `{{ name | raw }}`. Anything else in braces, such as the `{{.State}}` of
 * docker's formats, is no placeholder and stays.
 */
const placeholder = /\{\{\s*([A-Za-z_]\w*)\s*(?:\|\s*(\w+)\s*)?\}\}/g;

/** What a shell, PowerShell and cloud-init take as one plain word. */
const plainWord = /^[\w.,:/@%+=-]+$/;

/** How a value is written for whoever reads the text. A NUL, which neither shell can hold, never gets here: YAML has none. */
const writers: Record<string, (value: string) => string> = {
    raw: (value) => value,
    // POSIX, "Shell Command Language", 2.2.2: nothing is special between single quotes but the quote itself.
    sh: (value) => `'${value.replaceAll("'", `'\\''`)}'`,
    // about_Quoting_Rules: the same, and the typographic quotes U+2018 to U+201B count as single quotes.
    powershell: (value) => `'${value.replace(/['\u2018-\u201b]/g, "$&$&")}'`,
};

/**
 * Puts a template's `variables` into one of its texts. A template without variables has none: its texts stay as they are, whatever
 * braces are in them.
 */
export function fillIn(written: string, path: Path, { values, secrets }: Variables, findings: Findings): FilledText {
    const names = Object.keys(values);
    const used = new Set<string>();
    let secret = false;
    if (names.length === 0) return { text: written, used: [], secret };
    const text = written.replace(placeholder, (all, name: string, how: string | undefined) => {
        const value = valueOf(name);
        if (value === undefined) return all;
        if (how !== undefined && !Object.hasOwn(writers, how)) {
            findings.problem(path, `has ${all}: a value is written for sh, powershell or raw, and not for ${how}`);
            return all;
        }
        if (how === undefined && !plainWord.test(value)) {
            findings.problem(
                path,
                `has ${all}, and the value is no plain word (letters, digits and . , : / @ % + = _ -), so it has to be quoted`,
                `write {{ ${name} | sh }}, {{ ${name} | powershell }}, or {{ ${name} | raw }} to put it in as it is`,
            );
            return all;
        }
        return writers[how ?? "raw"]!(value);
    });
    return { text, used: [...used], secret };

    function valueOf(name: string): string | undefined {
        const variable = Object.hasOwn(values, name) ? values[name]! : undefined;
        if (variable === undefined) {
            findings.problem(
                path,
                `names the variable ${name}, which the template does not have: ${suggestion(name, names)}`,
            );
            return undefined;
        }
        used.add(name);
        if (typeof variable !== "object") return String(variable);
        secret = true;
        return secrets[variable.secret]; // that there is none is said at the variable
    }
}
