import { describe, expect, test } from "vitest";
import { faultyBlocks, faultyCommands, faultySamples } from "./blocks";
import { brokenLinks } from "./links";
import { pages, readPage } from "./pages";
import { avoidedPhrases, comments, longSentences, misspelt } from "./terms";

const all = pages();

describe("every page of the repository", () => {
    test("has only links and anchors that are there", () => {
        expect(brokenLinks(all)).toEqual([]);
    });

    test("has blocks of code that say their language; YAML and JSON are settings where they look so, shell names commands that there are", () => {
        expect(faultyBlocks(all)).toEqual([]);
    });

    test("has TypeScript that compiles against the package", { timeout: 240_000 }, () => {
        expect(faultySamples(all)).toEqual([]);
    });

    test("names commands and options that there are, also within text", () => {
        expect(faultyCommands(all)).toEqual([]);
    });

    test("writes the field's terms as the list does", () => {
        expect(misspelt(all)).toEqual([]);
    });

    test("avoids phrases that are hard to understand", () => {
        expect(avoidedPhrases(all)).toEqual([]);
    });

    test("comments of the product avoid them, too", () => {
        const found = comments();
        expect(found.length).toBeGreaterThan(200);
        expect(avoidedPhrases(found)).toEqual([]);
    });

    test("has no sentence of more than 40 words", () => {
        expect(longSentences(all)).toEqual([]);
    });
});

describe("the checks find", () => {
    const page = (...lines: string[]) => [readPage("docs/page.md", lines.join("\n"))];
    const block = (language: string, ...lines: string[]) => page(`\`\`\`${language}`, ...lines, "```");

    test("links to files and anchors that are not there", () => {
        const found = brokenLinks(
            page("# The one", "[file](gone.md) [anchor](#the-other)", "[up](../../up.md) [plain](http://example.com)"),
        );
        expect(found).toEqual([
            "docs/page.md:2: gone.md: there is no such file",
            "docs/page.md:2: #the-other: docs/page.md has no such anchor",
            "docs/page.md:3: ../../up.md: there is no such file",
            "docs/page.md:3: http://example.com: a link outside of the repository begins with https://",
        ]);
        expect(brokenLinks(page('# The `one`!\n\n<a id="here"></a>\n\n[one](#the-one) [here](#here)'))).toEqual([]);
        expect(brokenLinks(page('<img src="gone.svg">'))).toHaveLength(1);
    });

    test("settings that there are not, in stacks' files and in fleet files", () => {
        expect(faultyBlocks(block("yaml", "jenkins-ec2-agents:parallell: 3"))[0]).toContain("parallell");
        expect(faultyBlocks(block("yaml", "clouds: { agents: { templates: { a: { executor: 2 } } } }"))[0]).toContain(
            "executor",
        );
        expect(faultyBlocks(block("yaml", "executors: 2"))[0]).toContain("of what file");
        expect(faultyBlocks(block("yaml", "a: [1"))).not.toEqual([]);
        expect(faultyBlocks(block("yaml", "clouds: { agents: { templates: { a: { executors: 2 } } } }"))).toEqual([]);
    });

    test("commands that there are not", () => {
        const commands = ["npm run dmo", "npm run -s jenkins -- plan --jsn", "pulumi stack inti prod", "if true"];
        expect(faultyBlocks(block("shell", ...commands)).map((fault) => fault.split(": ").slice(1).join(": "))).toEqual(
            [
                expect.stringContaining("syntax error"),
                "npm run dmo: package.json has no such script",
                "plan --jsn: no such option",
                "pulumi stack inti: no such command",
            ],
        );
        expect(faultyCommands(page("`npm run demo -- --onse`"))).toHaveLength(1);
        expect(
            faultyCommands(page("`npm run demo -- --once`, `npm run -s jenkins -- plan [--json] -- --stack a`")),
        ).toEqual([]);
    });

    test("blocks of no known language", () => {
        expect(faultyBlocks(page("text", "", "    npm ci"))[0]).toContain("says its language");
        expect(faultyBlocks(block("bsh", "npm ci"))[0]).toContain("says its language");
    });

    test("TypeScript that does not compile, with its line", { timeout: 240_000 }, () => {
        expect(faultySamples(block("typescript", "export const ok = 1;", 'export const no: number = "2";'))).toEqual([
            "docs/page.md:3: Type 'string' is not assignable to type 'number'.",
        ]);
    });

    test("terms that are written otherwise", () => {
        expect(misspelt(page("Github and `github`"))).toEqual(['docs/page.md:1: "Github" is written GitHub']);
    });

    test("sentences of more than 40 words", () => {
        expect(longSentences(page(`One ${"word ".repeat(39)}here. And a short one.`))).toEqual([
            expect.stringMatching(/^docs\/page\.md:1: 41 words: One word/),
        ]);
    });

    test("phrases to avoid, but not within code", () => {
        expect(avoidedPhrases(page("The setting says `it says`.", "It waited in vain."))).toEqual([
            'docs/page.md:1: "says": write set, configure, print, report or show: nobody speaks here',
            'docs/page.md:2: "in vain": write fails, without success',
        ]);
    });
});
