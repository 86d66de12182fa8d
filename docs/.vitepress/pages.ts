import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** The repository: the site is made of its Markdown where it stands. */
export const repository = join(__dirname, "..", "..");

interface Group {
    text: string;
    collapsed?: boolean;
    /** In this order: pages, or folders whose pages come by their titles. */
    pages: readonly string[];
}

const groups: readonly Group[] = [
    { text: "Start", pages: ["README.md", "docs/README.md", "docs/tutorial.md", "docs/real-account.md"] },
    {
        text: "Guides",
        pages: [
            "examples/first-fleet/README.md",
            "examples/takeover/README.md",
            "docs/guides",
            "docs/team-state.md",
            "examples/ci/README.md",
        ],
    },
    { text: "When something is wrong", pages: ["docs/troubleshooting.md", "docs/messages.md"] },
    {
        text: "Reference",
        pages: [
            "docs/settings.md",
            "docs/fleet-files.md",
            "docs/jenkins.md",
            "docs/permissions.md",
            "docs/commands.md",
            "docs/package.md",
            "docs/compatibility.md",
            "CHANGELOG.md",
        ],
    },
    {
        text: "Background",
        pages: [
            "docs/architecture.md",
            "docs/comparison.md",
            "docs/SECURITY.md",
            "docs/reliability.md",
            "docs/performance.md",
            "docs/glossary.md",
        ],
    },
    { text: "Examples", collapsed: true, pages: ["examples/README.md", "examples"] },
    { text: "Working on it", collapsed: true, pages: ["CONTRIBUTING.md", "docs/playground.md"] },
];

/** Pages for those who work on the program stand last, wherever they are. */
const others: Group = { text: "More", collapsed: true, pages: ["docs", "jenkins", "playground"] };

/** Folders with pages for readers. */
const folders = ["docs", "examples", "jenkins", "playground"];

/** Every page of the site, relative to the repository. */
export function sitePages(): string[] {
    const top = readdirSync(repository).filter((name) => name.endsWith(".md"));
    return [...top, ...folders.flatMap(pagesIn)].sort();
}

/** The other folders at the top. */
export function foldersWithoutPages(): string[] {
    return readdirSync(repository, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !folders.includes(entry.name))
        .map(({ name }) => name);
}

function pagesIn(folder: string): string[] {
    return readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
        const path = `${folder}/${entry.name}`;
        if (entry.isDirectory()) {
            return entry.name === "node_modules" || entry.name.startsWith(".") ? [] : pagesIn(path);
        }
        return entry.name.endsWith(".md") ? [path] : [];
    });
}

/** Where a page is in the site: a README is what its folder opens with. */
export function routeOf(page: string): string {
    return basename(page) === "README.md" ? page.replace(/README\.md$/, "index.md") : page;
}

export interface SidebarGroup {
    text: string;
    collapsed?: boolean;
    items: { text: string; link: string }[];
}

/** Every page once, in the order in which a newcomer reads; what no group names comes last. */
export function sidebar(): SidebarGroup[] {
    const left = new Set(sitePages());
    const take = (page: string) => (left.delete(page) ? [page] : []);
    return [...groups, others]
        .map(({ text, collapsed, pages }) => ({
            text,
            collapsed,
            items: pages
                .flatMap((page) => (page.endsWith(".md") ? take(page) : inFolder(page, left).flatMap(take)))
                .map((page) => ({ text: titleOf(page), link: `/${routeOf(page).replace(/(index)?\.md$/, "")}` })),
        }))
        .filter(({ items }) => items.length > 0);
}

function inFolder(folder: string, left: ReadonlySet<string>): string[] {
    return [...left]
        .filter((page) => page.startsWith(`${folder}/`))
        .sort((one, other) => titleOf(one).localeCompare(titleOf(other)));
}

function titleOf(page: string): string {
    if (page === "README.md") return "Overview";
    if (page === "CHANGELOG.md") return "Changelog";
    const [, title] = /^# (.+)$/m.exec(readFileSync(join(repository, page), "utf8")) ?? [];
    return title?.replaceAll("`", "") ?? page;
}
