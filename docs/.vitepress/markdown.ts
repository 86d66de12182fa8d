import { existsSync } from "node:fs";
import { join, normalize } from "node:path/posix";
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
    const found = [path, join(path, "README.md")].find((each) => pages.has(each));
    if (found !== undefined) return `/${routeOf(found)}${anchor === undefined ? "" : `#${anchor}`}`;
    // What is not there at all goes on as it is: the build fails on it.
    return existsSync(join(repository, path)) ? undefined : href;
}
