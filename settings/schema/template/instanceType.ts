/**
 * An instance type by its name. Plugins up to 2025 keep it as a constant of the AWS SDK for Java 1, which makes constants by one rule:
 * each part of the name between dots and hyphens begins with a capital, and the parts are put together. `m5.24xlarge` is `M524xlarge`,
 * `mac2-m2pro.metal` is `Mac2M2proMetal`. The way back needs the form of names, as the rule loses the separators: a family has one digit,
 * but for the families `u-6tb1` and the like. All 880 constants that the plugin knows (InstanceTypeCompat of 2059) come back.
 *
 * @returns the text itself where it is no such constant
 */
export function instanceTypeOf(text: string): string {
    const parts = constant.exec(text)?.groups;
    if (parts === undefined) return text;
    const { highMemory, family = "", variant = "", size = "" } = parts;
    const before = highMemory === undefined ? [family, variant] : ["U", highMemory];
    const withSeparators = `${before.filter((part) => part !== "").join("-")}.${size.replace(/(?<=Metal)(?=\d)/, "-")}`;
    return withSeparators.toLowerCase();
}

const constant = new RegExp(
    [
        /^(?:U(?<highMemory>\d+tb1)|(?<family>[A-Z][a-z]*\d[a-z]*)(?<variant>Flex|M\d(?:pro|max|ultra)?|\d+tb)?)/,
        /(?<size>Nano|Micro|Small|Medium|Large|Xlarge|\d+xlarge|Metal(?:\d+xl)?)$/,
    ]
        .map(({ source }) => source)
        .join(""),
);
