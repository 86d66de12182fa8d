import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectFolder } from "../../playground/world";
import { routeOf, sidebar, sitePages } from "../../docs/.vitepress/pages";

const folder = mkdtempSync(join(tmpdir(), "site-"));
const pages = sitePages();
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
        expect(pages).toEqual(expect.arrayContaining(["README.md", "docs/SECURITY.md", "docs/settings.md"]));
        expect(pages.filter((page) => !existsSync(join(folder, builtFile(page))))).toEqual([]);
        expect(built("docs/fleet-files.md").includes("<code>{{ name | raw }}</code>")).toBe(true);
    });

    test("has each page once in the sidebar", () => {
        const links = sidebar().flatMap(({ items }) => items.map(({ link }) => link));
        const routes = pages.map((page) => `/${routeOf(page).replace(/(index)?\.md$/, "")}`);
        expect([...links].sort()).toEqual([...routes].sort());
    });

    test("finds each page by the search, and a setting by its name", () => {
        const chunks = join(folder, "assets", "chunks");
        const index = readdirSync(chunks).find((name) => name.startsWith("@localSearchIndex"))!;
        const text = readFileSync(join(chunks, index), "utf8");
        const addresses = pages.map((page) => `/${builtFile(page).replace(/index\.html$/, "")}`);
        expect(addresses.filter((address) => !text.includes(`"${address}"`) && !text.includes(`"${address}#`))).toEqual(
            [],
        );
        expect(text.includes("fallbacktoondemand")).toBe(true);
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
