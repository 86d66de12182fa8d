import { describe, expect, it } from "vitest";
import { problems, resolved } from "./support";

const image = { id: "ami-0123456789abcdef0" };

function linux(own: object, change: (raw: any) => void = () => undefined) {
    return resolved((raw) => {
        raw.clouds.agents.templates = { linux: { image, instanceType: "m7i.large", ...own } };
        change(raw);
    }).clouds["agents"]!.templates["linux"]!;
}

describe("template sets", () => {
    it("extend others, which lie beneath them, at any depth", () => {
        const sets = {
            base: { executors: 1, cap: 1, uses: 1 },
            middle: { extends: "base", executors: 2, cap: 2 },
            top: { extends: ["middle"], executors: 3 },
        };
        expect(linux({ extends: "top" }, (raw) => (raw.templateSets = sets))).toMatchObject({
            executors: 3,
            cap: 2,
            uses: 1,
        });
    });

    it("lie beneath a cloud's defaults that extend them", () => {
        const template = linux({}, (raw) => {
            raw.templateSets = { base: { executors: 2, cap: 2 } };
            raw.clouds.agents.defaults = { extends: "base", cap: 3 };
        });
        expect(template).toMatchObject({ executors: 2, cap: 3 });
    });

    it("that come back to themselves, or extend one that is not there, are an error", () => {
        const found = problems((raw) => {
            raw.templateSets = { one: { extends: "two" }, two: { extends: ["one"] }, three: { extends: "twoo" } };
            raw.clouds.agents.templates.linux.extends = ["one", "three"];
        });
        expect(found.map(({ path, message }) => [path, message])).toEqual([
            ["templateSets.three.extends", "there is no template set twoo: did you mean two?"],
            ["templateSets.one.extends", "extends itself: one extends two extends one"],
            ["templateSets.two.extends", "extends itself: two extends one extends two"],
        ]);
    });
});

describe("a list", () => {
    it("replaces the one beneath, or is added to it", () => {
        const defaults = { labels: ["linux"] };
        const labels = (own: unknown) =>
            linux({ labels: own }, (raw) => (raw.clouds.agents.defaults = defaults)).labels;
        expect(labels(["gpu"])).toEqual(["gpu"]);
        expect(labels({ add: ["gpu"] })).toEqual(["linux", "gpu"]);
        expect(labels({ add: ["gpu", "linux"] })).toEqual(["linux", "gpu"]);
        expect(labels(null)).toEqual([]);
    });

    it("is added to through every layer, and to the default where nothing is beneath", () => {
        const template = linux({ extends: "top", labels: { add: ["own"] } }, (raw) => {
            raw.templateSets = {
                base: { labels: { add: ["base"] } },
                top: { extends: "base", labels: { add: ["top"] } },
            };
            raw.clouds.agents.defaults = { labels: { add: ["default"] } };
        });
        expect(template.labels).toEqual(["default", "base", "top", "own"]);
        const { egress } = resolved((raw) => (raw.clouds.agents.network = { egress: { add: ["10.0.0.0/8"] } })).clouds[
            "agents"
        ]!.network;
        expect(egress).toEqual(["0.0.0.0/0", "::/0", "10.0.0.0/8"]);
    });

    it("of one text is a list of it, when it is added to", () => {
        const settings = resolved((raw) => {
            raw.clouds.agents.defaults = { instanceType: "m7i.large" };
            raw.clouds.agents.templates = { linux: { image, instanceType: { add: ["m6i.large"] } } };
        });
        expect(Object.keys(settings.clouds["agents"]!.templates)).toEqual(["linux-m7i.large", "linux-m6i.large"]);
    });

    it("of the wrong form is reported where it is wrong", () => {
        const of = (labels: unknown) =>
            problems((raw) => (raw.clouds.agents.templates.linux.labels = labels)).map(({ path, message }) => [
                path.replace("clouds.agents.templates.linux.", ""),
                message,
            ]);
        expect(of(["a b"])).toEqual([["labels[0]", "must be a label: no spaces, quotes, commas or operators"]]);
        expect(of([1])).toEqual([["labels[0]", "must be a label: no spaces, quotes, commas or operators"]]);
        expect(of({ add: ["a b"] })).toEqual([
            ["labels.add[0]", "must be a label: no spaces, quotes, commas or operators"],
        ]);
        expect(of("linux")).toEqual([["labels", "must be a list: [linux]"]]);
    });
});

describe("cloud sets", () => {
    const builders = {
        controllers: ["team-a"],
        cap: 20,
        defaults: { image, labels: ["all"] },
        network: { securityGroups: ["sg-0123456789abcdef0"] },
        templates: { linux: { instanceType: "m7i.large" }, windows: { instanceType: "m7i.xlarge" } },
    };

    it("give several clouds one list of templates, each with changes of its own", () => {
        const { clouds } = resolved((raw) => {
            raw.cloudSets = { builders };
            raw.clouds = {
                b: { extends: "builders", network: { subnets: { ids: ["subnet-0123456789abcdef0"] } } },
                c: {
                    extends: "builders",
                    cap: 5,
                    defaults: { labels: { add: ["c"] } },
                    network: { securityGroups: { add: ["sg-0123456789abcdef1"] } },
                    templates: { linux: { executors: 2 }, windows: null },
                },
            };
        });
        expect(clouds["b"]).toMatchObject({ cap: 20, network: { subnets: { ids: ["subnet-0123456789abcdef0"] } } });
        expect(Object.keys(clouds["b"]!.templates)).toEqual(["linux", "windows"]);
        expect(clouds["c"]!.cap).toBe(5);
        expect(clouds["c"]!.network.securityGroups).toEqual(["sg-0123456789abcdef0", "sg-0123456789abcdef1"]);
        expect(Object.keys(clouds["c"]!.templates)).toEqual(["linux"]);
        expect(clouds["c"]!.templates["linux"]).toMatchObject({ executors: 2, labels: ["all", "c"] });
    });

    it("extend others; one that is not there, or comes back to itself, is an error", () => {
        const change = (raw: any) => {
            raw.cloudSets = { base: { cap: 7 }, builders: { ...builders, extends: "base", cap: null } };
            raw.clouds = { b: { extends: "builders" } };
        };
        expect(resolved(change).clouds["b"]!.cap).toBeUndefined();
        const found = problems((raw) => {
            change(raw);
            raw.cloudSets.base.extends = "builders";
            raw.clouds.c = { extends: "bilders", name: "c" };
        });
        expect(found.map(({ path }) => path)).toEqual([
            "clouds.c.controllers",
            "clouds.c.templates",
            "clouds.c.extends",
            "cloudSets.base.extends",
            "cloudSets.builders.extends",
        ]);
    });

    it("are where a problem of theirs is named, in a fleet file by its place", () => {
        const text = `cloudSets:
  builders:
    controllers: [team-a]
    cap: 1
    templates:
      linux: { image: { id: ami-0123456789abcdef0 }, instanceType: m7i.large, mode: EXCLUSIVE }
`;
        const found = problems(
            (raw) => {
                raw.clouds = { b: { extends: "builders" } };
                raw.fleet = "fleet.yaml";
            },
            { "fleet.yaml": text },
        );
        expect(found).toEqual([
            expect.objectContaining({ path: "clouds.b.templates.linux.mode", place: "fleet.yaml:6:79" }),
        ]);
    });
});

describe("variants", () => {
    it("make one template each, in their order, with their key behind id and description", () => {
        const { templates } = resolved((raw) => {
            raw.clouds.agents.defaults = {
                image,
                instanceType: "m7i.large",
                labels: ["all"],
                variants: { a: { zones: ["eu-central-1a"] }, b: { zones: ["eu-central-1b"], labels: { add: ["b"] } } },
            };
            raw.clouds.agents.templates = {
                linux: {},
                other: {
                    description: "Other",
                    instanceType: ["m7i.large", "m6i.large"],
                    variants: { a: null, b: { cap: 1 } },
                },
                plain: { variants: null },
            };
        }).clouds["agents"]!;
        expect(Object.values(templates).map(({ id, key, description }) => [id, key, description])).toEqual([
            ["linux-a", "linux", "linux-a"],
            ["linux-b", "linux", "linux-b"],
            ["other-b-m7i.large", "other", "Other-b-m7i.large"],
            ["other-b-m6i.large", "other", "Other-b-m6i.large"],
            ["plain", "plain", "plain"],
        ]);
        expect(templates["linux-a"]).toMatchObject({ zones: ["eu-central-1a"], labels: ["all"] });
        expect(templates["linux-b"]).toMatchObject({ zones: ["eu-central-1b"], labels: ["all", "b"] });
        expect(templates["other-b-m7i.large"]).toMatchObject({ zones: ["eu-central-1b"], cap: 1 });
    });
});
