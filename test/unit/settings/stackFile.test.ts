import { describe, expect, it } from "vitest";
import { readStackFile } from "../../../settings/read/stackFile";

const project = {
    name: "mine",
    config: { "aws:region": { value: "eu-central-1" }, name: { type: "string", default: "jenkins" } },
};
const read = (config: string) => readStackFile("Pulumi.prod.yaml", `config:\n${config}`, project);

describe("a stack's file", () => {
    // The texts are what `pulumi config --json` (3.259.0) says of the same file.
    it.each([
        [
            "tags: { a: yes, b: '4711', c: 0x10, d: 1.50, e: null, f: 1e3, 1: x }",
            "tags",
            '{"1":"x","a":"yes","b":"4711","c":16,"d":1.5,"e":null,"f":1000}',
        ],
        ["mine:watch: off", "watch", "off"],
        ["silence:", "silence", ""],
        ["parallel: '12'", "parallel", "12"],
        ["parallel: 1.50", "parallel", "1.5"],
        ["fleet: [1, two]", "fleet", '[1,"two"]'],
        ["tags: { x: &x { a: 1 }, y: { <<: *x, b: 2 } }", "tags", '{"x":{"a":1},"y":{"a":1,"b":2}}'],
        ["other:name: x", "name", "jenkins"],
        ["name: x", "name", "x"],
    ])("is handed over as by the engine: %s", (line, key, text) => {
        const { config } = read(`  ${line}\n`);
        expect(config[`mine:${key}`]).toBe(text);
        expect(config["aws:region"]).toBe("eu-central-1");
    });

    it("has stand-ins for what is encrypted, in lists too, and names the places", () => {
        const { config, encrypted, placeOf } = read(
            "  secrets: { tokens: { a: { secure: v1:x } } }\n  tags:\n    - b\n    - secure: v1:x\n",
        );
        expect(config["mine:secrets"]).toBe('{"tokens":{"a":"encrypted"}}');
        expect(config["mine:tags"]).toBe('["b","encrypted"]');
        expect(encrypted).toEqual([
            ["secrets", "tokens", "a"],
            ["tags", 1],
        ]);
        expect(placeOf(["tags", 1])).toBe("Pulumi.prod.yaml:5:7");
        expect(placeOf(["clouds"])).toBeUndefined();
    });
});
