import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import type { MarkdownRenderer } from "vitepress";
import { repository, routeOf } from "./pages";

/**
 * Makes links that lead somewhere on GitHub lead to the same in the site: to a page where it is, to a folder's README where
 * that is. Files that are no pages are not in the site: their names stay as text.
 */
export function linksOfTheSite(markdown: MarkdownRenderer, pages: ReadonlySet<string>): void {
    markdown.core.ruler.push("links of the site", ({ tokens, env }) => {
        const { relativePath = "" } = env as { relativePath?: string };
        for (const { children } of tokens) {
            const leads: boolean[] = [];
            for (const token of children ?? []) {
                if (token.type === "link_open") {
                    const target = targetOf(relativePath, token.attrGet("href") ?? "", pages);
                    leads.push(target !== undefined);
                    if (target === undefined) leaveOut(token);
                    else token.attrSet("href", target);
                }
                if (token.type === "link_close" && !leads.pop()) leaveOut(token);
            }
        }
    });
}

/** Settings of an example; longer files are for reading in the repository. */
const exampleFile = /^[\w/-]+(\.example)?\.yaml$/;
const mostLines = 60;

/** Shows the settings of an example below the paragraph that links to them, since files are not in the site. */
export function settingsOfExamples(markdown: MarkdownRenderer): void {
    markdown.core.ruler.before("links of the site", "settings of examples", (state) => {
        const { relativePath = "" } = state.env as { relativePath?: string };
        const blockOf = (link: string) => {
            const content = readFileSync(join(repository, dirname(relativePath), link), "utf8");
            if (content.split("\n").length > mostLines) return [];
            return [Object.assign(new state.Token("fence", "code", 0), { info: "yaml", content, block: true })];
        };
        state.tokens = state.tokens.flatMap((token, index) => {
            if (token.type !== "paragraph_close") return [token];
            const links = (state.tokens[index - 1]?.children ?? []).map((child) => child.attrGet("href") ?? "");
            return [token, ...links.filter((link) => exampleFile.test(link)).flatMap(blockOf)];
        });
    });
}

/** Gives each cell the head of its column, which a narrow screen shows before it: there a row is a list. */
export function headsInCells(markdown: MarkdownRenderer): void {
    markdown.core.ruler.push("heads in cells", ({ tokens }) => {
        let heads: string[] = [];
        let column = 0;
        tokens.forEach((token, index) => {
            if (token.type === "thead_open") heads = [];
            if (token.type === "th_open") heads.push(tokens[index + 1]!.content.replaceAll("`", ""));
            if (token.type === "tr_open") column = 0;
            if (token.type === "td_open") token.attrSet("data-head", heads[column++] ?? "");
        });
    });
}

function leaveOut(token: object): void {
    Object.assign(token, { type: "text", content: "", nesting: 0, attrs: null });
}

/** Keeps braces of the pages' own (`{{ name }}` in scripts) from being taken for the site's. */
export function bracesAsText(markdown: MarkdownRenderer): void {
    for (const rule of ["text", "code_inline"] as const) {
        const render = markdown.renderer.rules[rule]!;
        markdown.renderer.rules[rule] = (...inputs) => render(...inputs).replaceAll("{{", "&#123;&#123;");
    }
}

function targetOf(page: string, href: string, pages: ReadonlySet<string>): string | undefined {
    if (/^([a-z][a-z0-9+.-]*:|#)/i.test(href)) return href;
    const [file = "", anchor] = href.split("#");
    const path = normalize(join(page, "..", file)).replace(/\/$/, "");
    if (path === "README.md") return "/";
    const found = [path, join(path, "README.md")].find((each) => pages.has(each));
    if (found !== undefined) return `/${routeOf(found)}${anchor === undefined ? "" : `#${anchor}`}`;
    // What is not there at all goes on as it is: the build fails on it.
    return existsSync(join(repository, path)) ? undefined : href;
}
