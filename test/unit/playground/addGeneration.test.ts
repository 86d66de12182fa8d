import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addGeneration, type Places } from "../../../playground/controller/addGeneration";
import { contracts, newest } from "../../../playground/controller/generations";

const releasesFile = join(__dirname, "../../../settings/plugin/releases.ts");
const firstVersionsFile = join(__dirname, "../../../settings/plugin/firstVersions.ts");
const template = "hudson.plugins.ec2.SlaveTemplate";

let folder: string;
let places: Places;

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "generation-"));
    places = {
        contracts: join(folder, "contract"),
        releases: join(folder, "releases.ts"),
        firstVersions: join(folder, "firstVersions.ts"),
    };
    mkdirSync(places.contracts);
    copyFileSync(join(contracts, `ec2-${newest}.json`), join(places.contracts, `ec2-${newest}.json`));
    copyFileSync(releasesFile, places.releases);
    copyFileSync(firstVersionsFile, places.firstVersions);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A file with the newest contract as of a made-up release, changed. */
function contractFile(change: (contract: any) => void = () => undefined): string {
    const contract = JSON.parse(readFileSync(join(contracts, `ec2-${newest}.json`), "utf8"));
    Object.assign(contract, { version: "9001.vabcdef012345", date: "2030-01-02" });
    change(contract);
    const file = join(folder, "contract.json");
    writeFileSync(file, JSON.stringify(contract));
    return file;
}

describe("adding a generation of the plugin", () => {
    it("puts the contract among the others, and the release behind the older ones", () => {
        const file = contractFile();
        expect(addGeneration(file, places)).toEqual([`nothing that is bound to data differs from ${newest}`]);
        const added = readFileSync(join(places.contracts, "ec2-9001.vabcdef012345.json"), "utf8");
        expect(added).toBe(readFileSync(file, "utf8"));
        const lines = readFileSync(places.releases, "utf8").split("\n");
        const newestLine = lines.findIndex((line) => line.includes(newest));
        expect(lines[newestLine + 1]).toBe('    { version: "9001.vabcdef012345", date: "2030-01-02" },');
        expect(lines.toSpliced(newestLine + 1, 1).join("\n")).toBe(readFileSync(releasesFile, "utf8"));
    });

    it("says of what is new, gone or of another type where to look", () => {
        const file = contractFile(({ classes, enums }) => {
            const setters = classes[template].setters as { name: string; type: string }[];
            setters.push({ name: "inventedParameter", type: "int" });
            const bound = classes[template].constructor as { name: string; type: string }[];
            bound.find(({ name }) => name === "launchTimeoutStr")!.name = "launchTimeout";
            bound.find(({ name }) => name === "type")!.type = "Kind";
            delete classes["hudson.plugins.ec2.MacData"];
            enums["hudson.plugins.ec2.ConnectionStrategy"].push("IPV6");
        });
        const lines = addGeneration(file, places);
        expect(readFileSync(places.firstVersions, "utf8")).toContain(
            '    inventedParameter: "9001.vabcdef012345",\n} as const',
        );
        expect(lines).toEqual([
            expect.stringMatching(/^new: SlaveTemplate\.launchTimeout /),
            expect.stringMatching(/^new: SlaveTemplate\.inventedParameter \(int\)\. .*firstVersions/),
            expect.stringMatching(
                /^gone: SlaveTemplate\.launchTimeoutStr .*now launchTimeout\. .*templates\.ID\.launchTimeoutSeconds$/,
            ),
            expect.stringMatching(
                /^other type: SlaveTemplate\.type \(Kind\), before String\. .*templates\.ID\.instanceType$/,
            ),
            expect.stringMatching(/^new: ConnectionStrategy\.IPV6\./),
            expect.stringMatching(/^gone: MacData\./),
        ]);
    });

    it("takes a release that is listed already as it is", () => {
        const file = contractFile((contract) => (contract.version = "2056.vca_ed3b_0a_f95f"));
        addGeneration(file, places);
        expect(readFileSync(places.releases, "utf8")).toBe(readFileSync(releasesFile, "utf8"));
    });

    it("refuses a version that is there", () => {
        const file = contractFile((contract) => (contract.version = newest));
        expect(() => addGeneration(file, places)).toThrow(`there is a contract of ${newest} already`);
    });

    it("refuses what is no contract, with every place", () => {
        const file = contractFile((contract) => {
            contract.date = "yesterday";
            contract.classes[template].setters[0] = { name: "associatePublicIp" };
        });
        expect(() => addGeneration(file, places)).toThrow(
            /no contract:\n.*date: .*\n.*SlaveTemplate: setters: 0: type: /,
        );
        expect(readdirSync(places.contracts)).toEqual([`ec2-${newest}.json`]);
        expect(readFileSync(places.releases, "utf8")).toBe(readFileSync(releasesFile, "utf8"));
    });
});
