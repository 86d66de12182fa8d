import { Findings } from "../findings";
import { suggestion } from "../../nearest";
import { Path } from "../../path";
import type { Variable } from "../../schema/template/agent";

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

/** Something in double braces that begins with a letter. What does not, as the `{{.State}}` of docker's formats, is nobody's. */
const braces = /\{\{\s*([A-Za-z_]\w*)\b([^{}]*)\}\}/g; // \b: or a long name without an end is tried at each of its letters

/** How the value is to be written, behind the name. */
const manner = /^\s*(?:\|\s*(\w+)\s*)?$/;

/** What sh, PowerShell and cmd take as one plain word, and no program as an option. */
const plainWord = /^[\w./][\w.:/+=-]*$/;

/** How a value is written as one word for the reader of the text, and with what that reader escapes a quote. */
const writers: Record<string, { write: (value: string) => string; escape?: string }> = {
    raw: { write: (value) => value },
    // POSIX, "Shell Command Language", 2.2.2: nothing is special between single quotes but the quote itself.
    sh: { write: (value) => `'${value.replaceAll("'", `'\\''`)}'`, escape: "\\" },
    // about_Quoting_Rules: the same, and the typographic quotes U+2018 to U+201B count as single quotes.
    powershell: { write: (value) => `'${value.replace(/['\u2018-\u201b]/g, "$&$&")}'`, escape: "`" },
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
    const quotes = new Map<string, LineQuotes>();
    const text = written.replace(braces, (all: string, name: string, rest: string, offset: number) => {
        const variable = Object.hasOwn(values, name) ? values[name]! : undefined;
        const parsed = manner.exec(rest);
        const problem = (message: string, fix?: string): string => {
            findings.problem("wrong-variable", path, message, fix);
            return all;
        };
        if (variable === undefined) {
            return parsed === null
                ? all
                : problem(`names the variable ${name}, which the template does not have: ${suggestion(name, names)}`);
        }
        used.add(name);
        if (parsed === null)
            return problem(`has ${all}; the forms are {{ ${name} }}, {{ ${name} | sh }}, powershell or raw`);
        const value = valueOf(variable);
        const how = parsed[1];
        if (value.includes("\0"))
            return problem(`has ${all}, and the value has a NUL character, which no script can contain`);
        if (how === undefined) {
            return plainWord.test(value)
                ? value
                : problem(
                      `has ${all}, and the value is not a plain word (letters, digits and . / : + = _ -): quote it`,
                      `write {{ ${name} | sh }}, {{ ${name} | powershell }}, or {{ ${name} | raw }} to put it in as it is`,
                  );
        }
        const writer = Object.hasOwn(writers, how) ? writers[how]! : undefined;
        if (writer === undefined) return problem(`has ${all}: the forms are sh, powershell and raw, not ${how}`);
        if (writer.escape !== undefined && isWithinQuotes(offset, writer.escape)) {
            return problem(`has ${all} inside quotes: remove them, because the value gets its own quotes`);
        }
        return writer.write(value);
    });
    return { text, used: [...used], secret };

    function isWithinQuotes(offset: number, escape: string): boolean {
        const ofEscape = quotes.get(escape) ?? new LineQuotes(written, escape);
        quotes.set(escape, ofEscape);
        return ofEscape.areOpenAt(offset);
    }

    function valueOf(variable: Variable): string {
        if (typeof variable !== "object") return String(variable);
        secret = true;
        // That it is missing is reported at the variable.
        return Object.hasOwn(secrets, variable.secret) ? secrets[variable.secret]! : "";
    }
}

/**
 * Goes through a text once and knows whether a quote that was opened in the same line is still open. Quotes over several lines and
 * here-documents are not seen.
 */
class LineQuotes {
    private at = 0;
    private open = "";

    public constructor(
        private readonly text: string,
        private readonly escape: string,
    ) {}

    /** Each offset is behind the last one. */
    public areOpenAt(offset: number): boolean {
        for (; this.at < offset; this.at++) {
            const character = this.text[this.at]!;
            if (character === "\n") this.open = "";
            else if (character === this.escape && this.open !== "'" && this.text[this.at + 1] !== "\n") this.at++;
            else if (this.open === "" && (character === "'" || character === '"')) this.open = character;
            else if (character === this.open) this.open = "";
        }
        return this.open !== "";
    }
}
