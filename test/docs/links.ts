import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { projectFolder } from "../../playground/world";
import type { Page } from "./pages";

/** Links of pages that lead nowhere. What is outside of the repository is looked at by its form only: tests ask no network. */
export function brokenLinks(pages: readonly Page[]): string[] {
    const anchors = new Map(pages.map(({ path, anchors }) => [path, anchors]));
    return pages.flatMap(({ path, links }) =>
        links.flatMap(({ text, line }) => {
            const fault = /^[a-z][a-z0-9+.-]*:/i.test(text) ? outside(text) : inside(path, text, anchors);
            return fault === undefined ? [] : [`${path}:${line}: ${text}: ${fault}`];
        }),
    );
}

function outside(target: string): string | undefined {
    if (!URL.canParse(target)) return "no URL";
    return target.startsWith("https://") ? undefined : "a link outside of the repository begins with https://";
}

function inside(page: string, target: string, anchors: ReadonlyMap<string, ReadonlySet<string>>): string | undefined {
    const [file = "", anchor] = decodeURI(target).split("#");
    if (file.startsWith("/")) return "a link inside of the repository is relative";
    const path = file === "" ? page : normalize(join(dirname(page), file)).replaceAll("\\", "/");
    if (path.startsWith("../") || (!anchors.has(path) && !existsSync(join(projectFolder, path)))) {
        return "there is no such file";
    }
    if (anchor === undefined) return undefined;
    const known = anchors.get(path);
    if (known === undefined) return "only pages have anchors";
    return known.has(anchor) ? undefined : `${path} has no such anchor`;
}
