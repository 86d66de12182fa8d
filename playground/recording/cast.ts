/** A recording of a terminal in asciinema's format, version 2: a header, and what was printed when. */
export interface Cast {
    width: number;
    height: number;
    title: string;
    events: readonly CastEvent[];
}

export interface CastEvent {
    /** Seconds since the start. */
    at: number;
    /** One line, without its end. */
    line: string;
}

/** As asciinema plays it: one JSON value a line. */
export function writeCast({ events, ...header }: Cast): string {
    return [{ version: 2, ...header }, ...events.map(({ at, line }) => [round(at), "o", `${line}\r\n`])]
        .map((value) => `${JSON.stringify(value)}\n`)
        .join("");
}

export function readCast(text: string): Cast {
    const [header, ...events] = text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown);
    const { width, height, title } = header as Cast;
    const read = (events as [number, string, string][]).map(([at, , line]) => ({
        at,
        line: line.replace(/\r\n$/, ""),
    }));
    return { width, height, title, events: read };
}

const round = (seconds: number) => Math.round(seconds * 100) / 100;
