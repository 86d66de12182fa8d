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
