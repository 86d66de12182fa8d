import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectFolder } from "../../playground/world";
import { addressOf, routeOf, sidebar, sitePages } from "../../docs/.vitepress/pages";

const folder = mkdtempSync(join(tmpdir(), "site-"));
const pages = sitePages();
/** The first page has no section that a search could find. */
const searchable = pages.filter((page) => page !== "docs/home.md");
const builtFile = (page: string) => routeOf(page).replace(/\.md$/, ".html");
const built = (page: string) => readFileSync(join(folder, builtFile(page)), "utf8");

describe("npm run docs", () => {
    beforeAll(async () => {
        const program = join(projectFolder, "node_modules", "vitepress", "bin", "vitepress.js");
        await promisify(execFile)(process.execPath, [program, "build", "docs", "--outDir", folder], {
            cwd: projectFolder,
        });
    }, 300_000);
    afterAll(() => rmSync(folder, { recursive: true }));

    test("makes a page of each page of Markdown that is for readers", () => {
        expect(pages).toEqual(expect.arrayContaining(["docs/home.md", "docs/SECURITY.md", "docs/settings/stack.md"]));
        expect(pages.filter((page) => !existsSync(join(folder, builtFile(page))))).toEqual([]);
        expect(built("docs/fleet-files.md").includes("<code>{{ name | raw }}</code>")).toBe(true);
    });

    test("has a sidebar of at most 25 entries, with a page and a name of its own each", () => {
        const entries = sidebar().flatMap(({ items }) => items);
        const addresses = pages.map(addressOf);
        expect(entries.length).toBeLessThanOrEqual(25);
        expect(new Set(entries.map(({ text }) => text)).size).toBe(entries.length);
        expect(entries.filter(({ link }) => !addresses.includes(link))).toEqual([]);
    });

    test("links to each page from another one", () => {
        const linked = new Set(
            pages.flatMap((page) =>
                [...built(page).matchAll(/<a\b[^>]* href="([^"#]+)/g)].map(([, target]) =>
                    posix.resolve(posix.dirname(posix.join("/", builtFile(page))), target!).replace(/\.html$/, ""),
                ),
            ),
        );
        const address = (page: string) => addressOf(page).replace(/(?<=.)\/$/, "");
        expect(pages.filter((page) => !linked.has(address(page)))).toEqual([]);
    });

    test("finds each page by the search, and a setting by its name and by other words", () => {
        const chunks = join(folder, "assets", "chunks");
        const index = readdirSync(chunks).find((name) => name.startsWith("@localSearchIndex"))!;
        const text = readFileSync(join(chunks, index), "utf8");
        const addresses = searchable.map((page) => `/${builtFile(page).replace(/index\.html$/, "")}`);
        expect(addresses.filter((address) => !text.includes(`"${address}"`) && !text.includes(`"${address}#`))).toEqual(
            [],
        );
        for (const word of ["fallbacktoondemand", "bid", "warm", "zero"]) expect(text).toContain(`"${word}"`);
    });

    test("has only links and anchors that are there", () => {
        const broken = pages.flatMap((page) =>
            [...built(page).matchAll(/<a\b[^>]* href="([^"]+)"/g)]
                .map(([, target]) => target!)
                .filter((target) => !target.startsWith("https:") && !leads(page, target))
                .map((target) => `${page}: ${target}`),
        );
        expect(broken).toEqual([]);
    });
});

/** Whether a link of a built page leads to a page, and to an element of it. */
function leads(page: string, target: string): boolean {
    const [path = "", anchor] = decodeURI(target).split("#");
    const from = posix.join("/", builtFile(page));
    const resolved = path === "" ? from : posix.resolve(posix.dirname(from), path);
    const file = join(folder, path.endsWith("/") ? posix.join(resolved, "index.html") : resolved);
    if (!existsSync(file)) return false;
    return anchor === undefined || anchor === "" || readFileSync(file, "utf8").includes(`id="${anchor}"`);
}
