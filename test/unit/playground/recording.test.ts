import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCast, writeCast, type Cast } from "../../../playground/recording/cast";
import { picture } from "../../../playground/recording/picture";
import { pictures } from "../../../docs/generators/pictures";

const root = join(__dirname, "../../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

const cast: Cast = {
    width: 10,
    height: 2,
    title: "a < b",
    events: [
        { at: 0, line: "$ one" },
        { at: 50, line: " + two, and more than ten" },
        { at: 51, line: "@ updating..." },
        { at: 51, line: "three" },
    ],
};

describe("a recording", () => {
    it("is written as asciinema plays it, and read again", () => {
        expect(writeCast(cast).split("\n")[1]).toBe('[0,"o","$ one\\r\\n"]');
        expect(readCast(writeCast(cast))).toEqual(cast);
    });

    it("as a picture has its lines in order, broken at the width, in their colours, without signs of life", () => {
        const lines = [...picture(cast).matchAll(/<text y="(\d+)"(?: class="(\w+)")?>([^<]*)</g)];
        expect(lines.map(([, y, kind, text]) => [y, kind, text])).toEqual([
            ["14", "command", "$ one"],
            ["32", "more", " + two, an"],
            ["50", "more", "d more tha"],
            ["68", "more", "n ten"],
            ["86", undefined, "three"],
        ]);
    });

    it("as a picture cuts pauses, scrolls once the screen is full, and stands still for who wants no motion", () => {
        const svg = picture(cast);
        expect(svg).toContain("lines 8.41s step-end"); // 50 s become 1.2, what comes at once 0.07 each, and the last screen stays for 6
        expect(svg).toContain("#lines{transform:translateY(-54px)}");
        expect(svg).toContain("@media (prefers-reduced-motion:no-preference)");
        expect(svg).toContain("a &lt; b");
    });
});

describe("pictures of the pages", () => {
    it("docs/demo.svg is the picture of docs/demo.cast (node --import tsx playground/recording/record.ts --picture)", () => {
        expect(picture(readCast(read("docs/demo.cast"))) === read("docs/demo.svg")).toBe(true);
    });

    it.each(Object.entries(pictures()))(
        "%s is of its source (node --import tsx docs/generators/pictures.ts)",
        (path, text) => {
            expect(text === read(path)).toBe(true);
            expect(text).not.toMatch(/\$\w|undefined/);
        },
    );
});
