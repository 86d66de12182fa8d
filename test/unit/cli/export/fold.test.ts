import { describe, expect, it } from "vitest";
import { foldTemplates } from "../../../../cli/export/fold";

const big = { instanceType: "m7i.large", labels: ["linux"], initScript: { file: "a.sh" } };

describe("templates that say the same", () => {
    it("in two zones' clouds start from one set, and keep what is their own", () => {
        const { templateSets, clouds } = foldTemplates({
            "zone-a": { cap: 10, templates: { linux: { ...big, subnets: ["subnet-a"] } } },
            "zone-b": { cap: 10, templates: { linux: { ...big, subnets: ["subnet-b"] } } },
        });
        expect(templateSets).toEqual({ linux: big });
        expect(clouds).toEqual({
            "zone-a": { cap: 10, templates: { linux: { extends: "linux", subnets: ["subnet-a"] } } },
            "zone-b": { cap: 10, templates: { linux: { extends: "linux", subnets: ["subnet-b"] } } },
        });
    });

    it("in parts start from several sets, none of which says what another says", () => {
        const { templateSets, clouds } = foldTemplates({
            agents: {
                templates: {
                    one: { ...big, platform: "unix", executors: 2 },
                    two: { ...big, platform: "mac", tenancy: "Host" },
                    three: { platform: "mac", tenancy: "Host", executors: 4 },
                },
            },
        });
        expect(templateSets).toEqual({ common: big, "common-2": { platform: "mac", tenancy: "Host" } });
        expect(clouds.agents!.templates).toEqual({
            one: { extends: "common", platform: "unix", executors: 2 },
            two: { extends: ["common", "common-2"] },
            three: { extends: "common-2", executors: 4 },
        });
    });

    it("in a single value stay as they are: a set would be longer", () => {
        const written = { agents: { templates: { one: { executors: 2 }, two: { executors: 2, mode: "NORMAL" } } } };
        expect(foldTemplates(written)).toEqual({ templateSets: {}, clouds: written });
    });

    it("keep the description and the order to themselves", () => {
        const same = { description: "x", order: 3 };
        const written = { agents: { templates: { one: same, two: same } } };
        expect(foldTemplates(written).templateSets).toEqual({});
    });
});
