import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withFigures, type Run } from "../../reliability/page";
import { random } from "../../reliability/random";

const run: Run = {
    name: "crashes",
    outcomes: [
        { promise: "nothing is lost", how: "engine", times: 3, kept: 3, happened: "3 × up" },
        { promise: "nothing is lost", how: "node | shell", times: 2, kept: 1, happened: "a\nb" },
    ],
    conditions: { seed: "7", on: "2026-11-25" },
};

describe("the figures on the page", () => {
    const page = "# Page\n<!-- crashes: begin -->\nof before\n<!-- crashes: end -->\nThe rest\n";

    it("stand in place of those of before, with what the run was made with; what was not kept is bold", () => {
        expect(withFigures(page, run)).toBe(
            [
                "# Page",
                "<!-- crashes: begin -->",
                "Made by `npm run reliability -- --only crashes`: seed 7, on 2026-11-25.",
                "",
                "| how it was tried | kept |",
                "| --- | --- |",
                "| engine | 3 of 3 |",
                "| node \\| shell | **1** of 2. nothing is lost: a b |",
                "<!-- crashes: end -->",
                "The rest",
                "",
            ].join("\n"),
        );
    });

    it("need their place there", () => {
        expect(() => withFigures("# Page\n", run)).toThrow("<!-- crashes: begin -->");
        const real = readFileSync(join(__dirname, "..", "..", "..", "docs", "reliability.md"), "utf8");
        expect(withFigures(real, run)).toContain("seed 7");
    });
});

describe("random numbers", () => {
    it("are the same for the same seed, spread over 0 to 1, and others for another", () => {
        const draw = (seed: number) => {
            const next = random(seed);
            return Array.from({ length: 1000 }, next);
        };
        expect(draw(1)).toEqual(draw(1));
        expect(draw(1)).not.toEqual(draw(2));
        const tenths = new Set(draw(3).map((number) => Math.floor(number * 10)));
        expect([...tenths].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    });
});
