import { freeName } from "./data";

type Settings = Record<string, unknown>;

/** Texts that lie beside a fleet file, by path relative to the folder of Pulumi.yaml. */
export type TextFiles = Record<string, string>;

/** Lines of a text that still stands in the fleet file itself. */
const inlineLines = 4;

/**
 * Writes init scripts and user data into files of their own where they have more than a few lines, or where YAML would not
 * give them back byte for byte (carriage returns, blanks at an end). Each text is one file, however many templates share it.
 */
export class TextFolder {
    public readonly files: TextFiles = {};
    private readonly paths = new Map<string, string>();

    /** @param folder relative to the folder of Pulumi.yaml, with a slash between its parts */
    constructor(private readonly folder: string) {}

    /** The template with its texts as a fleet file has them. */
    public withoutTexts(id: string, settings: Settings): Settings {
        const result = { ...settings };
        for (const name of ["initScript", "userData"]) {
            const text = textIn(settings[name]);
            if (text !== undefined)
                result[name] = isShort(text) ? { inline: text } : this.fileOf(text, `${id}-${name}`);
        }
        return result;
    }

    private fileOf(text: string, name: string): { file: string } {
        const known = this.paths.get(text);
        if (known !== undefined) return { file: known };
        const extension = extensionOf(text);
        const pathOf = (one: string) => `${this.folder}/${one}${extension}`;
        const path = pathOf(freeName(name, (one) => Object.hasOwn(this.files, pathOf(one))));
        this.files[path] = text;
        this.paths.set(text, path);
        return { file: path };
    }
}

/** The text as `convertTemplate` gives it: several lines as they are, one line as `inline`. */
function textIn(value: unknown): string | undefined {
    if (typeof value === "string") return value;
    return typeof value === "object" && value !== null ? (value as { inline?: string }).inline : undefined;
}

function isShort(text: string): boolean {
    return text.split("\n").length <= inlineLines && isLiteral(text);
}

/** Whether a literal block gives the text back: no carriage returns, no blanks at the begin or the end of a line. */
export function isLiteral(text: string): boolean {
    return (
        text !== "" && /^(\S([^\r\n]*\S)?(\n|$))*$/.test(text) && !/(?![\n\t])[\p{Cc}\u2028\u2029\ufeff]/u.test(text)
    );
}

function extensionOf(text: string): string {
    if (/^\s*<powershell>/i.test(text) || /^\s*(\$\w+\s*=|[A-Z]\w+-[A-Z]\w+)/.test(text)) return ".ps1";
    if (text.startsWith("#cloud-config")) return ".yaml";
    return text.startsWith("#!") || !text.startsWith("<") ? ".sh" : ".txt";
}
