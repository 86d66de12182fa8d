/**
 * A value of a plugin's parameter, as a push sends it and an export reads it. Scalars are text throughout: DescribableModel turns a
 * text into every scalar type, and a number into none. What is empty is "", a secret in an export is `****`.
 */
export type PluginValue = string | PluginValue[] | PluginObject;
export interface PluginObject {
    [parameter: string]: PluginValue;
}

/** A live EC2 cloud, by the parameter names of the plugin that is installed there. */
export interface ExportedCloud {
    name: string;
    /** Parameters of `EC2Cloud`, without name and templates. */
    parameters: PluginObject;
    /** Parameters of each `SlaveTemplate`, in order. */
    templates: PluginObject[];
}

/** Stands for a secret in an export. */
export const masked = "****";

/**
 * How one setting becomes parameters of the plugin, and how it is read back from them. The payload, the export and the judgement of
 * what the user gives under `plugin` all use it.
 *
 * `Value` is the setting, resolved and with everything that AWS answers in place: ids, ARNs and passwords instead of names. `Whole`
 * is what the setting belongs to.
 */
export interface Codec<Value = unknown, Whole = unknown, Read = Value> {
    /** By the names of the newest release that is known. */
    readonly parameters: readonly string[];
    /** Names that older releases have for the same: they are read, and never sent. */
    readonly former?: readonly string[];
    /** Where several settings share a parameter, their maps are merged and their lists are joined. */
    to(value: Value, whole: Whole): PluginObject;
    /**
     * Called where at least one of the parameters is there.
     *
     * @returns the value, which need not be one that the setting allows; undefined where the parameters mean the same as an absent setting
     */
    from(parameters: PluginObject): Read | undefined;
}

/** A codec of whatever setting. */
export type AnyCodec = Codec<never, never, unknown>;

/** A setting that is one parameter or a part of it. */
export function parameterCodec<Value, Whole = unknown>(
    name: string,
    to: (value: Value, whole: Whole) => PluginValue | undefined,
    from: (parameter: PluginValue, parameters: PluginObject) => Value | undefined,
): Codec<Value, Whole> {
    return {
        parameters: [name],
        to(value, whole) {
            const parameter = to(value, whole);
            return parameter === undefined ? {} : { [name]: parameter };
        },
        from: (parameters) => from(parameters[name] ?? "", parameters),
    };
}

/** A text that one parameter takes as it is. */
export const textCodec = (name: string) => parameterCodec<string | undefined>(name, scalar, textOf);

/** A text that one parameter takes as it is. An empty parameter is the same as no setting. */
export const optionalTextCodec = (name: string) => parameterCodec<string | undefined>(name, scalar, filledText);

/** A number that one parameter takes as it is; none where the parameter is empty. */
export const numberCodec = (name: string) => parameterCodec<number | undefined>(name, scalar, numberOf);

/** True or false, as the parameter has it. */
export const booleanCodec = (name: string) => parameterCodec<boolean>(name, scalar, isTrue);

/** A list of words, with spaces between them. */
export const wordsCodec = (name: string) =>
    parameterCodec<readonly string[]>(name, (words) => words.join(" "), wordsOf);

/** A list of words, with spaces between them. An empty parameter is the same as no setting. */
export const optionalWordsCodec = (name: string) =>
    parameterCodec<readonly string[] | undefined>(name, (words = []) => words.join(" "), filledWords);

/** A setting's value as text; empty for none. */
export function scalar(value: string | number | boolean | undefined): string {
    return value === undefined ? "" : String(value);
}

/** Values that the user gives by the plugin's own names, every scalar as text. Null means: as the settings have it. */
export function pluginObject(values: Record<string, unknown>): PluginObject {
    return Object.fromEntries(
        Object.entries(values).flatMap(([name, value]): [string, PluginValue][] =>
            value === null || value === undefined ? [] : [[name, pluginValue(value)]],
        ),
    );
}

function pluginValue(value: unknown): PluginValue {
    if (Array.isArray(value)) return value.map(pluginValue);
    if (typeof value === "object" && value !== null) return pluginObject(value as Record<string, unknown>);
    return String(value);
}

/** Text of a parameter; empty where it is absent or no text. */
export function textOf(value: PluginValue | undefined): string {
    return typeof value === "string" ? value : "";
}

/** Text of a parameter; undefined where there is none. */
export function filledText(value: PluginValue | undefined): string | undefined {
    return textOf(value) || undefined;
}

/** A number; undefined where the parameter is empty or no number. */
export function numberOf(value: PluginValue | undefined): number | undefined {
    const text = textOf(value).trim();
    return text === "" || Number.isNaN(Number(text)) ? undefined : Number(text);
}

export const isTrue = (value: PluginValue | undefined): boolean => textOf(value) === "true";

/** The words of a list as the plugin reads it, each once: between spaces, commas or semicolons. */
export function wordsOf(value: PluginValue | undefined): string[] {
    const words = textOf(value)
        .split(/[\s,;]+/)
        .filter((word) => word !== "");
    return [...new Set(words)];
}

/** The words of a list; undefined where there are none. */
export function filledWords(value: PluginValue | undefined): string[] | undefined {
    const words = wordsOf(value);
    return words.length === 0 ? undefined : words;
}

/** The maps in a list; none where it is absent or empty. */
export function mapsOf(value: PluginValue | undefined): PluginObject[] {
    return Array.isArray(value) ? value.map(mapOf).filter((item) => item !== undefined) : [];
}

/** A map; undefined where it is absent or empty. */
export function mapOf(value: PluginValue | undefined): PluginObject | undefined {
    return typeof value === "object" && !Array.isArray(value) ? value : undefined;
}

/** The entries of a map by name: Pulumi keeps no order of keys. */
export function sortedEntries<Value>(map: Record<string, Value>): [string, Value][] {
    return Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1));
}
