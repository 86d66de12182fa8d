import { join } from "node:path";
import { slug } from "github-slugger";
import { defineConfig } from "vitepress";
import { bracesAsText, linksOfTheSite } from "./markdown";
import { foldersWithoutPages, repository, routeOf, sidebar, sitePages } from "./pages";

const pages = new Set(sitePages());

/** The site of `npm run docs`: the repository's own Markdown, with a search that needs no service. */
export default defineConfig({
    title: "Jenkins EC2 agents",
    description: "A Pulumi program that gives Jenkins controllers agents that EC2 starts on demand",
    srcDir: repository,
    srcExclude: foldersWithoutPages().map((folder) => `${folder}/**`),
    outDir: join(repository, ".site"),
    cacheDir: join(repository, ".playground", "site-cache"),
    rewrites: (page) => routeOf(page),
    markdown: {
        // Anchors are those of GitHub, which the links are written for.
        anchor: { slugify: slug },
        toc: { slugify: slug },
        config: (markdown) => {
            linksOfTheSite(markdown, pages);
            bracesAsText(markdown);
        },
    },
    vite: { publicDir: false, logLevel: "warn" },
    themeConfig: {
        sidebar: sidebar(),
        outline: [2, 3],
        search: { provider: "local" },
        externalLinkIcon: true,
    },
});
