import { join } from "node:path";
import { slug } from "github-slugger";
import { defineConfig } from "vitepress";
import { bracesAsText, headsInCells, linksOfTheSite, settingsOfExamples } from "./markdown";
import { addressOf, notOfTheSite, repository, repositoryAddress, routeOf, sidebar, sitePages } from "./pages";

const pages = new Set(sitePages());
const address = repositoryAddress();

/** The site of `npm run docs`: the repository's own Markdown, with a search that needs no service. */
export default defineConfig({
    title: "Jenkins EC2 agents",
    description: "A Pulumi program that gives Jenkins controllers agents that EC2 starts on demand",
    srcDir: repository,
    srcExclude: notOfTheSite(),
    outDir: join(repository, ".site"),
    cacheDir: join(repository, ".playground", "site-cache"),
    rewrites: (page) => routeOf(page),
    markdown: {
        // Anchors are those of GitHub, which the links are written for.
        anchor: { slugify: slug },
        toc: { slugify: slug },
        config: (markdown) => {
            linksOfTheSite(markdown, pages);
            settingsOfExamples(markdown);
            headsInCells(markdown);
            bracesAsText(markdown);
        },
    },
    vite: { publicDir: false, logLevel: "warn" },
    themeConfig: {
        nav: [
            { text: "Tutorial", link: addressOf("docs/tutorial.md") },
            { text: "Guides", link: addressOf("examples/README.md"), activeMatch: "^/examples/|^/docs/guides/" },
            { text: "Reference", link: addressOf("docs/README.md"), activeMatch: "^/docs/(index|settings|commands)" },
            { text: "Troubleshooting", link: addressOf("docs/troubleshooting.md") },
        ],
        socialLinks:
            address === undefined ? [] : [{ icon: "git", link: `https://${address}`, ariaLabel: "Repository" }],
        sidebar: sidebar(),
        outline: [2, 3],
        search: { provider: "local" },
        externalLinkIcon: true,
    },
});
