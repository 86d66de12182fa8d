import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { hits, stretchesOf } from "../../secrets/search";

const token = `11${"0a1b2c3d".repeat(4)}`;
const password = `a "pass/word' & more <>`;
const pem = `-----BEGIN KEY-----\nMIIEowIBAAKCAQEA\nn0tAkEyItIsOnLyS\n-----END KEY-----\n`;

/** A secret planted in a text, in one form. */
const planted: [string, string, (secret: string) => string | Buffer][] = [
    ["clear", "as it is", (secret) => `Authorization: ${secret}.`],
    ["JSON", "in JSON", (secret) => JSON.stringify({ secret: `-${secret}-` })],
    ["JSON", "in JSON within JSON", (secret) => JSON.stringify(JSON.stringify([secret]))],
    ["JSON", "in JSON that escapes the slash", (secret) => JSON.stringify([secret]).replaceAll("/", "\\/")],
    ["URL", "in a URL", (secret) => `?a=${encodeURIComponent(secret)}&b`],
    [
        "URL",
        "in a URL with small hex digits",
        (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
    ],
    ["URL", "in a form", (secret) => new URLSearchParams({ a: secret }).toString()],
    [
        "HTML",
        "in a page",
        (secret) =>
            secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
    ],
    ["hex", "in hex", (secret) => Buffer.from(`:${secret}:`).toString("hex")],
    ["hex", "in capital hex", (secret) => Buffer.from(secret).toString("hex").toUpperCase()],
    ...["", "a", "bc"].flatMap((before): typeof planted => [
        [
            "base64",
            `in base64 behind ${before.length}`,
            (secret) => Buffer.from(`${before}${secret}:x`).toString("base64"),
        ],
        [
            "base64",
            `in base64url behind ${before.length}`,
            (secret) => Buffer.from(`${before}${secret}:x`).toString("base64url"),
        ],
    ]),
    ["clear in gzip", "in a packed file", (secret) => gzipSync(`x${secret}`)],
    [
        "JSON in gzip",
        "in a packed request",
        (secret) => `answer(['${gzipSync(JSON.stringify([secret, "x".repeat(50)])).toString("base64url")}'])`,
    ],
    ["clear in gzip", "packed twice", (secret) => gzipSync(gzipSync(secret).toString("base64"))],
];

describe("the search for secrets", () => {
    it.each(planted)("finds one %s: %s", (form, _, plant) => {
        const found = hits({ password }, { here: plant(password), there: "nothing of the kind" });
        expect(found).toEqual([{ secret: "password", place: "here", form }]);
    });

    it("finds each of several, with their places", () => {
        const found = hits({ token, password }, { log: `${token} ${password}`, file: token });
        expect(found.map(({ secret, place }) => `${secret} in ${place}`)).toEqual([
            "token in log",
            "password in log",
            "token in file",
        ]);
    });

    it("knows a key in PEM by any of its lines, and not by what frames them", () => {
        expect(hits({ pem }, { log: "at n0tAkEyItIsOnLyS;" })).toHaveLength(1);
        expect(hits({ pem }, { log: "-----BEGIN KEY-----" })).toEqual([]);
    });

    it("finds a stretch of one, where only a part is shown", () => {
        expect(hits(stretchesOf({ token }, 10), { log: `token ${token.slice(0, 10)}…` })).toHaveLength(1);
        expect(hits(stretchesOf({ token }, 10), { log: `token ${token.slice(0, 9)}…` })).toEqual([]);
    });

    it("refuses to look for what is in any text", () => {
        expect(() => hits({ short: "1234567" }, {})).toThrow(/too short/);
    });
});
