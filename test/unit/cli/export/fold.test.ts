import { describe, expect, it } from "vitest";
import { fold } from "../../../../cli/export/fold";

const linux = { instanceType: "m7i.large", labels: ["linux"], initScript: { file: "a.sh" } };
const windows = { instanceType: "m7i.xlarge", labels: ["windows"], platform: "windows" };

describe("templates that have values in common", () => {
    it("start from one set, whichever clouds they are in, and keep their own values", () => {
        const { templateSets, cloudSets, clouds } = fold({
            "zone-a": { cap: 10, templates: { linux: { ...linux, subnets: ["subnet-a"] } } },
            "zone-b": { cap: 10, templates: { linux: { ...linux, subnets: ["subnet-b"] }, windows } },
        });
        expect([templateSets, cloudSets]).toEqual([{ linux }, undefined]);
        expect(clouds).toEqual({
            "zone-a": { cap: 10, templates: { linux: { extends: "linux", subnets: ["subnet-a"] } } },
            "zone-b": { cap: 10, templates: { linux: { extends: "linux", subnets: ["subnet-b"] }, windows } },
        });
    });

    it("start from several sets, of which no two have the same key", () => {
        const { templateSets, clouds } = fold({
            agents: {
                templates: {
                    one: { ...linux, platform: "unix", executors: 2 },
                    two: { ...linux, platform: "mac", tenancy: "Host" },
                    three: { platform: "mac", tenancy: "Host", executors: 4 },
                },
            },
        });
        expect(templateSets).toEqual({ common: linux, "common-2": { platform: "mac", tenancy: "Host" } });
        expect(clouds["agents"]!["templates"]).toEqual({
            one: { extends: "common", platform: "unix", executors: 2 },
            two: { extends: ["common", "common-2"] },
            three: { extends: "common-2", executors: 4 },
        });
    });

    it.each([
        ["a single value, as a set would be longer", { executors: 2 }],
        ["the description and the order, which are each template's own", { description: "x", order: 3 }],
    ])("stay as they are with %s", (_, same) => {
        const clouds = { agents: { templates: { one: same, two: { ...same, mode: "NORMAL" } } } };
        expect(fold(clouds)).toEqual({ clouds });
    });
});

describe("clouds with the same templates", () => {
    const zone = (subnet: string, own: object = {}) => ({
        controllers: ["team-a"],
        cap: 10,
        defaults: { executors: 2, subnets: [subnet] },
        templates: { linux, windows },
        ...own,
    });

    it("start from a set, and have only their own values", () => {
        const other = { controllers: ["team-b"], templates: { mac: { platform: "mac", executors: 3 } } };
        const { cloudSets, clouds } = fold({
            "west-a": zone("subnet-a"),
            other,
            "west-b": zone("subnet-b", { cap: 20, templates: { linux, windows: { ...windows, cap: 2 } } }),
        });
        expect(cloudSets).toEqual({
            west: { controllers: ["team-a"], defaults: { executors: 2 }, templates: { linux, windows } },
        });
        expect(clouds).toEqual({
            "west-a": { extends: "west", cap: 10, defaults: { subnets: ["subnet-a"] } },
            other,
            "west-b": {
                extends: "west",
                cap: 20,
                defaults: { subnets: ["subnet-b"] },
                templates: { windows: { cap: 2 } },
            },
        });
        expect(Object.keys(clouds)).toEqual(["west-a", "other", "west-b"]);
    });

    it.each([
        ["in another order", { windows, linux }],
        ["with more values of their own than in common", { linux: windows, windows: linux }],
    ])("start from no cloud set %s", (_, templates) => {
        const { cloudSets, clouds } = fold({ "west-a": zone("subnet-a"), "west-b": zone("subnet-b", { templates }) });
        expect(cloudSets).toBeUndefined();
        expect(clouds["west-b"]).toMatchObject({ cap: 10 });
    });
});
