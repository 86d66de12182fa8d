/** Takes a line of progress for a person. Lines never hold secrets: the receiver redacts them. */
export type Report = (line: string) => void;

/** Bytes of a line that is shown. The command provider (1.2.1) hangs for ever on a logged line of 64 KiB. */
const LINE_BYTES = 60_000;

/** The text with each of its lines cut to what the command provider can log, and what was cut named. */
export function withinLineLimit(text: string): string {
    return text.split("\n").map(cut).join("\n");
}

function cut(line: string): string {
    const bytes = Buffer.byteLength(line);
    if (bytes <= LINE_BYTES) return line;
    // A character that the cut halves decodes to U+FFFD at the end.
    const kept = Buffer.from(line)
        .subarray(0, LINE_BYTES)
        .toString("utf8")
        .replace(/\uFFFD$/, "");
    return `${kept}… (${bytes - Buffer.byteLength(kept)} bytes more)`;
}
