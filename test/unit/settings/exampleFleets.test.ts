import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { CloudSettings, StackSettings, TemplateSettings } from "../../../settings";
import { metBySettings } from "../../../settings/plugin/met";
import { newestRelease } from "../../../settings/plugin/releases";
import { mapValues } from "../../../settings/collections";
import { exampleFleets, projectFile, readFleet } from "./exampleFleets";

/** What is said of each template, as if it were said with it: no sets, no defaults, no variables, no files. */
function writtenOut({ clouds }: StackSettings): string {
    const own = (template: TemplateSettings) =>
        Object.fromEntries(
            Object.entries(template).filter(([key]) => template.explicit.includes(key) && key !== "variables"),
        );
    const cloud = ({ region, cap, network, templates }: CloudSettings) => ({
        region,
        cap,
        network,
        templates: mapValues(templates, own),
    });
    return stringify(mapValues(clouds, cloud), { aliasDuplicateObjects: false });
}

const lines = (text: string) => text.split("\n").filter((line) => line.trim() !== "").length;

describe.each([
    { name: "build-farm", sizes: [19, 19], times: 10, texts: ["prepare.sh"] },
    { name: "open-source-ci", sizes: [5], times: 1.3, texts: ["monitoring.sh", "monitoring.ps1"] },
])("the example fleet $name", ({ name, sizes, times, texts }) => {
    const fleet = exampleFleets[name]!;
    const { settings, warnings } = readFleet(fleet);

    it(`is clouds of ${sizes} templates, and nothing is to be said of it`, () => {
        expect(Object.values(settings.clouds).map(({ templates }) => Object.keys(templates).length)).toEqual(sizes);
        expect(warnings).toEqual([]);
    });

    it("meets no known fault of the newest plugin that is an error, and those that it silences", () => {
        const met = metBySettings(newestRelease.version, settings);
        expect(met.filter(({ severity }) => severity === "error")).toEqual([]);
        expect(met.map(({ fault }) => fault.id)).toEqual(expect.arrayContaining(settings.silence));
    });

    it(`is ${times} times shorter than if each template said all by itself`, () => {
        const files = [fleet.path, ...texts.map((text) => fleet.path.replace("fleet.yaml", text))];
        const written = files.reduce((sum, path) => sum + lines(projectFile(path)!), 0);
        expect(lines(writtenOut(settings)) / written).toBeGreaterThan(times);
    });
});
