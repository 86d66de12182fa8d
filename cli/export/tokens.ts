/** The values of a filter: at white space, but for what is in quotes (hudson.Util.tokenize). */
export function tokenized(text: string): string[] {
    return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)].map(
        ([, double, single, bare]) => double?.replaceAll('\\"', '"') ?? single ?? bare ?? "",
    );
}
