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
