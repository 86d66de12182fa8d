import { describe, expect, it } from "vitest";
import { firstVersions } from "../../../../settings/plugin/firstVersions";
import { lacks } from "../../../../settings/plugin/lacks";
import { leadingNumber, releases } from "../../../../settings/plugin/releases";
import { contracts, generations } from "../../../../playground/controller/generations";
import { compatibilityPage } from "../../../../docs/generators/compatibilityPage";
import { faults } from "../../../../settings/plugin/table";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { completeCloud } from "../../../../settings/schema/cloud";
import { declarations, parametersOf } from "../../../../settings/schema/parameters";
import { completeTemplate } from "../../../../settings/schema/template";
import { resolved } from "../support";

const linux = (settings: object) => (raw: any) => void Object.assign(raw.clouds.agents.templates.linux, settings);
const oldest = releases[0]!.version;
const contractOf = (version: string) => readFileSync(join(contracts, `ec2-${version}.json`), "utf8");

/** Parameters and classes of the plugin with the setting that becomes them, and since when that says that they are there. */
const declared = [...declarations(completeTemplate.shape), ...declarations(completeCloud.shape)].flatMap(
    ({ path, schema }) => {
        const { since = oldest } = schema.meta() ?? {};
        const first = typeof since === "string" ? since : oldest;
        return parametersOf(schema).map((name) => ({ setting: path, name, first }));
    },
);
const ofValues = [{ setting: "platform: windows-ssh", name: "WindowsSSHData", first: firstVersions.WindowsSSHData }];

describe("since when the plugin has what a setting becomes", () => {
    it.each(generations)("is declared as the contract of %s has it", (version) => {
        const contract = contractOf(version);
        const wrong = [...declared, ...ofValues].filter(({ name, first }) => {
            const there = new RegExp(`"(hudson\\.plugins\\.ec2\\.)?${name}"`).test(contract);
            return there !== leadingNumber(version) >= leadingNumber(first);
        });
        expect(wrong).toEqual([]);
    });

    it("is said of nothing that no setting becomes", () => {
        const names = [...declared, ...ofValues].map(({ name }) => name);
        expect(Object.keys(firstVersions).filter((name) => !names.includes(name))).toEqual([]);
    });

    it("is a release", () => {
        const versions = releases.map(({ version }) => version);
        expect(Object.values(firstVersions).filter((version) => !versions.includes(version))).toEqual([]);
    });
});

describe("what a release lacks of the settings", () => {
    it.each<[string, (raw: any) => void, string]>([
        ["reuseOrphans", linux({ reuseOrphans: false }), "1935.v9b_77210472b_1"],
        ["enclave", linux({ enclave: true }), "1896.v38a_e0ea_95220"],
        ["nestedVirtualization", linux({ nestedVirtualization: true }), "2053.v86eb_364849fc"],
        ["terminateIdleDuringShutdown", linux({ terminateIdleDuringShutdown: true }), "2018.vc13c882e22db_"],
        ["publicAddress", linux({ publicAddress: "PRIVATE_IP" }), "2036.vb_105a_db_e4a_ea_"],
        ["platform", linux({ platform: "windows-ssh" }), "1948.v72ee2dd75cf0"],
        ["metadata.supported", linux({ metadata: { supported: true } }), "1601.v09101155c9a_3"],
        ["cleanUpOrphanedNodes", (raw) => (raw.clouds.agents.cleanUpOrphanedNodes = true), "1982.vd5c4f4008e4c"],
    ])("%s, until its first one", (setting, change, since) => {
        const before = releases[releases.findIndex(({ version }) => version === since) - 1]!.version;
        expect(lacks(before, resolved(change))).toContainEqual({ setting, since });
        expect(lacks(since, resolved(change)).map((lack) => lack.setting)).not.toContain(setting);
    });

    it("is nothing where nothing beyond the oldest is asked for", () => {
        expect(lacks("2.0.7", resolved())).toEqual([]);
        expect(lacks("2.0.7", resolved(linux({ publicAddress: "PUBLIC_IP", reuseOrphans: true })))).toEqual([]);
    });
});

describe("docs/compatibility.md", () => {
    it("names every fault with the release that brings it, and no release that changes none", () => {
        const rows = compatibilityPage()
            .split("\n")
            .filter((line) => /^\| \d/.test(line));
        const brought = rows.flatMap((row) => [
            ...(/new: ([^;|]*)/g.exec(row)?.[1]?.matchAll(/`([a-z0-9-]+)`/g) ?? []),
        ]);
        expect(brought.map(([, id]) => id).sort()).toEqual(faults.map(({ id }) => id).sort());
        expect(rows.filter((row) => !/(new|gone): /.test(row))).toEqual([]);
    });
});
