import { describe, expect, it } from "vitest";
import { foldClouds } from "../../../../cli/export/foldClouds";

const linux = { instanceType: "m7i.large", labels: ["linux"], initScript: { file: "a.sh" } };
const windows = { instanceType: "m7i.xlarge", labels: ["windows"], platform: "windows" };

/** A cloud of a zone, with changes of its own. */
const zone = (subnet: string, own: object = {}) => ({
    controllers: ["team-a"],
    cap: 10,
    defaults: { executors: 2, subnets: [subnet] },
    templates: { linux, windows },
    ...own,
});

describe("clouds with the same templates", () => {
    it("start from a set, and say only where they are and what else is their own", () => {
        const { cloudSets, starting, whole } = foldClouds({
            "west-a": zone("subnet-a"),
            other: { controllers: ["team-a"], templates: { linux } },
            "west-b": zone("subnet-b", { cap: 20, templates: { linux, windows: { ...windows, cap: 2 } } }),
        });
        expect(cloudSets).toEqual({
            west: { controllers: ["team-a"], defaults: { executors: 2 }, templates: { linux, windows } },
        });
        expect(starting).toEqual({
            "west-a": { extends: "west", cap: 10, defaults: { subnets: ["subnet-a"] } },
            "west-b": {
                extends: "west",
                cap: 20,
                defaults: { subnets: ["subnet-b"] },
                templates: { windows: { cap: 2 } },
            },
        });
        expect(Object.keys(whole)).toEqual(["other"]);
    });

    it("in another order, or with more of their own than they share, stay as they are", () => {
        const reversed = { "west-a": zone("subnet-a"), "west-b": zone("subnet-b", { templates: { windows, linux } }) };
        expect(foldClouds(reversed)).toEqual({ cloudSets: {}, starting: {}, whole: reversed });
        const different = {
            "west-a": zone("subnet-a"),
            "west-b": zone("subnet-b", { templates: { linux: windows, windows: linux } }),
        };
        expect(foldClouds(different)).toEqual({ cloudSets: {}, starting: {}, whole: different });
    });
});
