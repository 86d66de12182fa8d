import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { projectFolder } from "../../playground/world";
import { readSettings, type RawSettings } from "../../settings";
import { costLines } from "../../settings/cost";
import { projectFile } from "../unit/settings/exampleFleets";
import { context } from "../unit/settings/support";

const examples = join(projectFolder, "examples");
const folders = readdirSync(examples, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !["ci", "every-setting"].includes(entry.name))
    .map(({ name }) => name);
const read = (...path: string[]) => readFileSync(join(examples, ...path), "utf8");

test("the index of guides has each example", () => {
    const index = read("README.md");
    for (const folder of folders) expect(index).toContain(`(${folder}/README.md)`);
});

const guidesFolder = join(projectFolder, "docs", "guides");
const guides = [
    ...readdirSync(guidesFolder).map((name) => join(guidesFolder, name)),
    ...[...folders, "ci"].map((folder) => join(examples, folder, "README.md")),
].map((path) => ({ name: relative(projectFolder, path), page: readFileSync(path, "utf8") }));

test.each(guides)("$name has the headings of every guide", ({ page }) => {
    const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(["When", "Settings", "Steps", "What happens", "Pitfalls"]);
});

// What export and inventory write is known when they have run.
const withSettings = folders.filter(
    (folder) =>
        !["takeover", "static-agents"].includes(folder) && existsSync(join(examples, folder, "Pulumi.example.yaml")),
);
test.each(withSettings)("%s has valid settings, which cost what its page tells", (folder) => {
    const raw = settingsOf(read(folder, "Pulumi.example.yaml"));
    const { settings } = readSettings(raw, context({}, { readFile: projectFile }));
    const page = read(folder, "README.md");
    for (const line of costLines(settings).slice(1)) expect(page).toContain(line);
});

function settingsOf(text: string): RawSettings {
    const namespace = "jenkins-ec2-agents:";
    const { config } = parse(text) as { config: Record<string, unknown> };
    const own = Object.entries(config).filter(([key]) => key.startsWith(namespace));
    const settings = Object.fromEntries(own.map(([key, value]) => [key.slice(namespace.length), value]));
    const controllers = Object.keys((settings.controllers as object | undefined) ?? { "team-a": {} });
    return { ...settings, secrets: { tokens: Object.fromEntries(controllers.map((id) => [id, "a-token"])) } };
}
