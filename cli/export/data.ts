/** A parameter of the plugin as plain data, as `export` prints it: what is empty is "", a secret is `****`. */
export type ExportedValue = string | ExportedValue[] | { [name: string]: ExportedValue };

/** A live EC2 cloud, by the parameter names of the plugin that is installed there. */
export interface ExportedCloud {
    name: string;
    /** Parameters of the cloud, without name and templates. */
    parameters: Record<string, ExportedValue>;
    /** Parameters of each template, in order. */
    templates: Record<string, ExportedValue>[];
}

/** Stands for a secret. */
export const masked = "****";

/** Text of a parameter; empty where it is absent or no text. */
export function textOf(value: ExportedValue | undefined): string {
    return typeof value === "string" ? value : "";
}

/** The maps in a list; none where it is absent or empty. */
export function mapsOf(value: ExportedValue | undefined): Record<string, ExportedValue>[] {
    return Array.isArray(value) ? value.filter(isMap) : [];
}

/** A map; undefined where it is absent or empty. */
export function mapOf(value: ExportedValue | undefined): Record<string, ExportedValue> | undefined {
    return value !== undefined && isMap(value) ? value : undefined;
}

function isMap(value: ExportedValue): value is Record<string, ExportedValue> {
    return typeof value === "object" && !Array.isArray(value);
}

/** A map without the keys that have no value. */
export function given(values: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** The words of a list as the plugin writes it, each once: between spaces, commas or semicolons. */
export function wordsOf(value: ExportedValue | undefined): string[] {
    const words = textOf(value)
        .split(/[\s,;]+/)
        .filter((word) => word !== "");
    return [...new Set(words)];
}

/** The name, or where it is taken the first of `name-2`, `name-3`, … that is not. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
    let free = name;
    for (let number = 2; isTaken(free); number++) free = `${name}-${number}`;
    return free;
}

/** A map without these keys. */
export function without(settings: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
    return Object.fromEntries(Object.entries(settings).filter(([key]) => !keys.includes(key)));
}
