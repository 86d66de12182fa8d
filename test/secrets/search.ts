import { gunzipSync } from "node:zlib";

/** Secrets by what they are called in messages, which never repeat them. */
export type Secrets = Record<string, string>;

/** One place where a secret was found. */
export interface Hit {
    secret: string;
    place: string;
    /** In which form: `clear`, `base64`, `URL`, `JSON`, `HTML`, `hex`, and where the text was packed, `in gzip`. */
    form: string;
}

/** Shorter ones would be found in any text. */
const SHORTEST = 8;

/**
 * Every place that holds a secret, in any form that it takes on its way: as it is, line by line for keys in PEM, base64 at each of its
 * three alignments, URL, JSON (also within JSON), HTML, hex, and all of them within what is packed by gzip, as it is or in base64.
 *
 * @param places what to search, by names for messages
 */
export function hits(secrets: Secrets, places: Record<string, string | Buffer>): Hit[] {
    const wanted = Object.entries(secrets).flatMap(([secret, value]) =>
        [...formsOf(value)].map(([text, form]) => ({ secret, form, text })),
    );
    return Object.entries(places).flatMap(([place, content]) =>
        layersOf(content).flatMap(({ text: within, suffix }) => {
            const found = wanted.filter(({ text }) => within.includes(text));
            const told = new Map(found.map(({ secret, form }) => [`${secret} ${form}`, { secret, form }]));
            return [...told.values()].map(({ secret, form }) => ({ secret, place, form: `${form}${suffix}` }));
        }),
    );
}

/** Every stretch of a secret of that many characters, as secrets of their own: also a part of one must not be shown. */
export function stretchesOf(secrets: Secrets, length: number): Secrets {
    return Object.fromEntries(
        Object.entries(secrets).flatMap(([name, value]) =>
            linesOf(value).flatMap((line) =>
                Array.from({ length: Math.max(0, line.length - length + 1) }, (_, from) => [
                    `${name}, from character ${from}`,
                    line.slice(from, from + length),
                ]),
            ),
        ),
    ) as Secrets;
}

/** What a text looks like in each form; the first name of a form counts. */
function formsOf(secret: string): Map<string, string> {
    if (secret.length < SHORTEST) throw new Error(`A secret of ${secret.length} characters is too short to look for.`);
    const forms = new Map<string, string>();
    const add = (form: string, text: string) => void (forms.has(text) || forms.set(text, form));
    for (const line of linesOf(secret)) {
        add("clear", line);
        const bytes = Buffer.from(line);
        for (const offset of [0, 1, 2]) {
            const inner = bytes.subarray(offset, offset + Math.floor((bytes.length - offset) / 3) * 3);
            add("base64", inner.toString("base64"));
            add("base64", inner.toString("base64url"));
        }
        for (const url of [
            encodeURIComponent(line),
            encodeURI(line),
            new URLSearchParams({ "": line }).toString().slice(1),
        ]) {
            add("URL", url);
            add(
                "URL",
                url.replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase()),
            );
        }
        const json = JSON.stringify(line).slice(1, -1);
        add("JSON", json);
        add("JSON", json.replaceAll("/", "\\/"));
        add("JSON", JSON.stringify(json).slice(1, -1));
        const html = line.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
        add("HTML", html);
        for (const quote of ["'", "&#039;", "&#39;", "&apos;"]) {
            add("HTML", html.replaceAll('"', "&quot;").replaceAll("'", quote));
        }
        add("hex", bytes.toString("hex"));
        add("hex", bytes.toString("hex").toUpperCase());
    }
    return forms;
}

/** A key in PEM is known by any of its lines; what frames them is no secret. */
function linesOf(secret: string): string[] {
    const lines = secret.split(/\r?\n/);
    return lines.length === 1 ? lines : lines.filter((line) => line.length >= SHORTEST && !line.startsWith("-----"));
}

/** The content as text, and what is packed in it. */
function layersOf(content: string | Buffer): { text: string; suffix: string }[] {
    const bytes = Buffer.from(content);
    const text = bytes.toString("utf8");
    const packed = [...text.matchAll(/H4sI[\w+/-]{20,}/g)].map(([run]) => Buffer.from(run, "base64"));
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const unpacked = [...packed, ...(isPacked ? [bytes] : [])].flatMap(unpack);
    return [{ text, suffix: "" }, ...unpacked.map((inner) => ({ text: inner, suffix: " in gzip" }))];
}

function unpack(bytes: Buffer): string[] {
    try {
        return layersOf(gunzipSync(bytes)).map(({ text }) => text);
    } catch {
        return []; // Not packed, or cut off: nobody else can read it either.
    }
}
