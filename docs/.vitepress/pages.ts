import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";

/** The repository: the site is made of its Markdown where it stands. */
export const repository = join(__dirname, "..", "..");

/** The first page of the site. On GitHub that is the README, which the site leaves out. */
const home = "docs/home.md";
const readme = "README.md";

/** Folders with pages for readers. */
const folders = ["docs", "examples", "jenkins", "playground"];

/** Names of entries, and their pages. What is not here is linked from "All pages" and from the guides. */
const groups: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    Start: {
        Tutorial: "docs/tutorial.md",
        "A real account": "docs/real-account.md",
        "How it works": "docs/architecture.md",
    },
    Guides: {
        "All guides": "examples/README.md",
        "First fleet": "examples/first-fleet/README.md",
        "Taking over": "examples/takeover/README.md",
        "From static agents": "examples/static-agents/README.md",
        Spot: "examples/spot/README.md",
        Windows: "examples/windows/README.md",
        "Images from a pipeline": "examples/image-pipeline/README.md",
        "Warm spares": "examples/warm-spares/README.md",
        "Several controllers": "examples/many-controllers/README.md",
        CI: "examples/ci/README.md",
    },
    Reference: {
        Settings: "docs/settings.md",
        "Fleet files": "docs/fleet-files.md",
        Commands: "docs/commands.md",
        "The Jenkins side": "docs/jenkins.md",
        Permissions: "docs/permissions.md",
        Security: "docs/SECURITY.md",
        "Releases of the plugin": "docs/compatibility.md",
        "Shared state": "docs/team-state.md",
        "All pages": "docs/README.md",
    },
    "Something is wrong": {
        Troubleshooting: "docs/troubleshooting.md",
        Messages: "docs/messages.md",
        Incidents: "docs/guides/incidents.md",
    },
};

/** Every page of the site, relative to the repository. */
export function sitePages(): string[] {
    const top = readdirSync(repository).filter((name) => name.endsWith(".md") && name !== readme);
    return [...top, ...folders.flatMap(pagesIn)].sort();
}

/** What is no page of the site, as patterns. */
export function notOfTheSite(): string[] {
    const others = readdirSync(repository, { withFileTypes: true }).filter(
        (entry) => entry.isDirectory() && !folders.includes(entry.name),
    );
    return [readme, ...others.map(({ name }) => `${name}/**`)];
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

/** Where a page is in the site: a README is what its folder opens with, and what the repository opens with is the first page. */
export function routeOf(page: string): string {
    if (page === home || page === readme) return "index.md";
    return basename(page) === readme ? page.replace(/README\.md$/, "index.md") : page;
}

/** The address of a page in links of the site. */
export const addressOf = (page: string) => `/${routeOf(page).replace(/(index)?\.md$/, "")}`;

export interface SidebarGroup {
    text: string;
    items: { text: string; link: string }[];
}

/** The groups of the sidebar. */
export function sidebar(): SidebarGroup[] {
    return Object.entries(groups).map(([text, pages]) => ({
        text,
        items: Object.entries(pages).map(([name, page]) => ({ text: name, link: addressOf(page) })),
    }));
}

/** The page of the repository that this clone came from, if it came from one that has pages. */
export function repositoryAddress(): string | undefined {
    try {
        const origin = execFileSync("git", ["remote", "get-url", "origin"], {
            cwd: repository,
            encoding: "utf8",
            stdio: "pipe",
        });
        return /(?:@|:\/\/)([\w.-]+\.\w+)[:/](.+?)(?:\.git)?\s*$/.exec(origin)?.slice(1, 3).join("/");
    } catch {
        return undefined; // a clone without a remote, or no clone
    }
}
