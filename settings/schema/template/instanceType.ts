/**
 * An instance type by its name. Plugins up to 2025 keep it as a constant of the AWS SDK for Java 1 (`T3Micro`, `M5d24xlarge`);
 * a name that is none of these is left as it is.
 */
export function instanceTypeOf(text: string): string {
    const constant = /^([A-Z][a-z]*)(\d)([a-z]*?)(Flex)?(nano|micro|small|medium|large|\d*xlarge|metal)$/i.exec(text);
    if (text.includes(".") || constant === null) return text;
    const [, family = "", generation = "", variant = "", flex = "", size = ""] = constant;
    return `${family}${generation}${variant}${flex === "" ? "" : "-flex"}.${size}`.toLowerCase();
}
