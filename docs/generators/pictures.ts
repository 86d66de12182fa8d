// `node --import tsx docs/generators/pictures.ts` makes the pictures of docs/ anew from their sources here: each for a light and a dark page.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../.vitepress/pages";

const palettes = {
    light: {
        paper: "#ffffff",
        box: "#f6f8fa",
        ours: "#eef4ff",
        chip: "#ffffff",
        agent: "#e6f6ea",
        text: "#1f2328",
        soft: "#59636e",
        line: "#d1d9e0",
        accent: "#2f5bd0",
        green: "#2da44e",
    },
    dark: {
        paper: "#0d1117",
        box: "#161b22",
        ours: "#14213d",
        chip: "#21262d",
        agent: "#12361f",
        text: "#e6edf3",
        soft: "#9da7b3",
        line: "#3d444d",
        accent: "#79a6ff",
        green: "#3fb950",
    },
};

/** Every picture that is made, by its path in the repository. */
export function pictures(): Record<string, string> {
    const source = readFileSync(join(__dirname, "architecture.svg"), "utf8");
    return Object.fromEntries(
        Object.entries(palettes).map(([name, colours]) => [
            `docs/architecture-${name}.svg`,
            source.replace(/\$([a-z]+)/g, (_, colour: keyof typeof colours) => colours[colour]),
        ]),
    );
}

if (require.main === module) {
    for (const [path, text] of Object.entries(pictures())) writeFileSync(join(repository, path), text);
}
