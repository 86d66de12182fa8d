import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { readSettings } from "../../../settings";
import { exampleFiles, writtenExample } from "./example";
import { context, problems, smallStack } from "./support";

/** The settings of the small stack whose clouds are in a fleet file. */
function withFleet(text: string, change: (raw: any) => void = () => undefined) {
    const raw = smallStack();
    delete raw.clouds;
    raw.fleet = "fleets/prod.yaml";
    change(raw);
    return readSettings(raw, context({ "fleets/prod.yaml": text })).settings;
}

function fleetProblems(text: string, change: (raw: any) => void = () => undefined) {
    return problems(
        (raw) => {
            delete raw.clouds;
            raw.fleet = "fleets/prod.yaml";
            change(raw);
        },
        { "fleets/prod.yaml": text },
    );
}

const cloud = `clouds:
  agents:
    controllers: [team-a]
    cap: 40
    defaults: { image: { id: ami-0123456789abcdef0 }, instanceType: m7i.large }
    templates:
`;

describe("a fleet file", () => {
    it("says settings as the stack's configuration does", () => {
        const text = stringify({ clouds: smallStack().clouds });
        expect(withFleet(text)).toEqual(readSettings(smallStack(), context()).settings);
    });

    it("keeps the order of templates and of clouds", () => {
        const settings = withFleet(
            `${cloud}      zulu: {}\n      alpha: {}\n      mike: {}\n` +
                "  a-later-one:\n    controllers: [team-a]\n    cap: 1\n    name: later\n    templates:\n" +
                "      linux: { image: { id: ami-0123456789abcdef0 }, instanceType: m7i.large }\n",
        );
        expect(Object.keys(settings.clouds)).toEqual(["agents", "a-later-one"]);
        expect(Object.keys(settings.clouds["agents"]!.templates)).toEqual(["zulu", "alpha", "mike"]);
    });

    it("puts `order` first, then its own templates as written, then the configuration's by id", () => {
        const settings = withFleet(`${cloud}      zulu: {}\n      first: { order: 1 }\n      alpha: {}\n`, (raw) => {
            raw.clouds = { agents: { templates: { yankee: {}, bravo: {}, second: { order: 2 } } } };
        });
        expect(Object.keys(settings.clouds["agents"]!.templates)).toEqual([
            "first",
            "second",
            "zulu",
            "alpha",
            "bravo",
            "yankee",
        ]);
    });

    it("refuses an id of digits only, which could not keep its place", () => {
        expect(fleetProblems(`${cloud}      linux: {}\n      7: {}\n`)).toEqual([
            expect.objectContaining({ path: 'clouds.agents.templates["7"]', place: "fleets/prod.yaml:8:7" }),
        ]);
    });

    it("may have comments, anchors and merge keys, of which own keys come first", () => {
        const settings = withFleet(
            `# comment\n${cloud}      linux: &linux { labels: [a], executors: 3 } # comment\n` +
                "      other: { <<: *linux, labels: [b] }\n      same: *linux\n",
        );
        const templates = settings.clouds["agents"]!.templates;
        expect(templates["other"]).toMatchObject({ labels: ["b"], executors: 3 });
        expect(templates["same"]).toMatchObject({ labels: ["a"], executors: 3 });
    });

    it("may be empty", () => {
        expect(fleetProblems("# nothing yet\n", (raw) => (raw.clouds = smallStack().clouds))).toEqual([]);
    });

    it.each([
        ["a folder, file by file in the order of names", "fleets"],
        ["a list", ["fleets/1.yaml", "fleets/2.yaml"]],
        ["a list of folders and files", ["fleets"]],
    ])("may be named with others by %s", (_, fleet) => {
        const raw = { ...smallStack(), fleet };
        const { cap, templates } = raw.clouds.agents;
        delete raw.clouds;
        const files = {
            "fleets/2.yaml": stringify({ clouds: { agents: { templates } } }),
            "fleets/1.yaml": stringify({ clouds: { agents: { cap, controllers: ["team-a"] } } }),
            "fleets/notes.txt": "no fleet file",
        };
        expect(readSettings(raw, context(files)).settings).toEqual(readSettings(smallStack(), context()).settings);
    });
});

describe("a mistake in a fleet file", () => {
    it("is named by file, line and column", () => {
        expect(fleetProblems(`${cloud}      linux:\n        executors: 0\n        executers: 2\n`)).toMatchObject([
            {
                path: "clouds.agents.templates.linux.executors",
                place: "fleets/prod.yaml:8:9",
                value: "0",
                message: "must be a whole number from 1 to 1000",
            },
            {
                path: "clouds.agents.templates.linux.executers",
                place: "fleets/prod.yaml:9:9",
                value: "2",
                message: "is not a setting: did you mean executors?",
            },
        ]);
    });

    it("says the place in the error's text", () => {
        expect(() => withFleet(`${cloud}      linux: { executors: 0 }\n`)).toThrow(
            "fleets/prod.yaml:7:16: clouds.agents.templates.linux.executors: 0\n    must be a whole number",
        );
    });

    it("within an anchor is named where it is written", () => {
        const text = `${cloud}      linux: { labels: &labels ["a b"] }\n      other: { labels: *labels }\n`;
        expect(fleetProblems(text).map(({ place }) => place)).toEqual([
            "fleets/prod.yaml:7:33",
            "fleets/prod.yaml:7:33",
        ]);
    });

    it("of something that is missing is named where it should be", () => {
        expect(fleetProblems(`${cloud}      linux: { image: null }\n`)).toEqual([
            expect.objectContaining({ path: "clouds.agents.templates.linux.image", place: "fleets/prod.yaml:7:16" }),
        ]);
    });

    it.each([
        ["no YAML", "clouds: [\n", "fleets/prod.yaml:2:1"],
        ["a list", "- clouds\n", "fleets/prod.yaml:1:1"],
        ["several documents", "name: a\n---\nname: b\n", "fleets/prod.yaml:2:1"],
        ["an unknown tag", "name: !secret a\n", "fleets/prod.yaml:1:7"],
        ["an alias of nothing", "name: *a\n", "fleets/prod.yaml:1:7"],
        ["an alias within its own anchor", "tags: &a\n  b: *a\n", "fleets/prod.yaml:2:3"],
        ["a key twice in one map", "name: a\ntags: {}\nname: b\n", "fleets/prod.yaml:3:1"],
        ["a merge of what is no map", "tags: { <<: a }\n", "fleets/prod.yaml:1:9"],
    ])("is reported where the file is or has %s", (_, text, place) => {
        const found = fleetProblems(text, (raw) => (raw.clouds = smallStack().clouds));
        expect(found).toEqual([expect.objectContaining({ path: "fleet", place })]);
    });

    it("is reported where aliases of aliases would fill the memory", () => {
        const levels = Array.from({ length: 12 }, (_, level) =>
            level === 0
                ? "l0: &l0 [a, a, a, a, a, a, a, a]"
                : `l${level}: &l${level} [${Array.from({ length: 8 }, () => `*l${level - 1}`).join(", ")}]`,
        );
        expect(fleetProblems(levels.join("\n"), (raw) => (raw.clouds = smallStack().clouds))).toEqual([
            expect.objectContaining({ path: "fleet", message: expect.stringContaining("aliases") }),
        ]);
    });

    it("is reported where no such file is there, a folder has none, or one is named twice", () => {
        const of = (fleet: unknown, files: Record<string, string> = {}) =>
            problems((raw) => (raw.fleet = fleet), files).map(({ path, message }) => [path, message]);
        expect(of("fleets/none.yaml")).toEqual([
            ["fleet", "no such file or folder; paths are relative to the folder of Pulumi.yaml"],
        ]);
        expect(of(["fleets"], { "fleets/notes.txt": "" })).toEqual([["fleet[0]", "is a folder without a file *.yaml"]]);
        expect(of(["a.yaml", "./a.yaml"], { "a.yaml": "", "./a.yaml": "" })).toEqual([
            ["fleet[1]", "names a.yaml a second time"],
        ]);
    });

    it("is a secret in it, whose value is not shown", () => {
        const found = fleetProblems("secrets: { tokens: { team-a: a-secret } }\nfleet: other.yaml\n", (raw) => {
            raw.clouds = smallStack().clouds;
        });
        expect(found).toEqual([
            expect.objectContaining({ path: "secrets", place: "fleets/prod.yaml:1:1" }),
            expect.objectContaining({ path: "fleet", place: "fleets/prod.yaml:2:1" }),
        ]);
        expect(JSON.stringify(found)).not.toContain("a-secret");
    });
});

describe("a key that is said twice", () => {
    it("in a file and in the configuration is an error that names both", () => {
        const found = fleetProblems(`${cloud}      linux: {}\n`, (raw) => (raw.clouds = { agents: { cap: 40 } }));
        expect(found).toEqual([
            expect.objectContaining({
                path: "clouds.agents.cap",
                place: "fleets/prod.yaml:4:5",
                message: "is set twice: at fleets/prod.yaml:4:5, and in the stack's configuration",
            }),
        ]);
    });

    it("in two files is an error that names both", () => {
        const files = { "fleets/a.yaml": "name: one\n", "fleets/b.yaml": "tags: {}\nname: two\n" };
        expect(problems((raw) => (raw.fleet = "fleets"), files).map(({ message }) => message)).toEqual([
            "is set twice: at fleets/a.yaml:1:1, and at fleets/b.yaml:2:1",
        ]);
    });
});

/** Splits a map into several at random, each value into one of them, maps also key by key. */
function split(value: any, parts: number, choose: () => number): any[] {
    const results: any[] = Array.from({ length: parts }, () => ({}));
    for (const [key, inner] of Object.entries<any>(value)) {
        const map = typeof inner === "object" && inner !== null && !Array.isArray(inner);
        if (map && Object.keys(inner).length > 0 && choose() % 2 === 0) {
            split(inner, parts, choose).forEach((part, position) => {
                if (Object.keys(part).length > 0) results[position][key] = part;
            });
        } else results[choose() % parts][key] = inner;
    }
    return results;
}

describe("settings split anywhere between the configuration and fleet files", () => {
    it("are the same settings", () => {
        const { secrets, fleet, ...example } = writtenExample() as any;
        const whole = readSettings({ ...example, secrets, fleet }, context(exampleFiles)).settings;
        fc.assert(
            fc.property(fc.array(fc.nat(1000), { minLength: 400, maxLength: 400 }), (choices) => {
                let next = 0;
                const [first, ...files] = split(example, 3, () => choices[next++ % choices.length]!);
                const named = Object.fromEntries(files.map((file, position) => [`${position}.yaml`, stringify(file)]));
                const raw = { ...first, secrets, fleet: [fleet, ...Object.keys(named)] };
                expect(readSettings(raw, context({ ...exampleFiles, ...named })).settings).toEqual(whole);
            }),
            { numRuns: 15 },
        );
    });
});

describe("a configuration near the size that Linux hands over", () => {
    const warned = (configurationBytes: number) =>
        readSettings(smallStack(), context({}, { configurationBytes })).warnings.map(({ code }) => code);

    it("is warned of", () => {
        expect(warned(50_000)).not.toContain("configuration-near-limit");
        expect(warned(110_000)).toContain("configuration-near-limit");
    });
});
