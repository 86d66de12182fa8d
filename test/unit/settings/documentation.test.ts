import Ajv from "ajv";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { generatedFiles } from "../../../docs/generators/files";
import { searchWords } from "../../../docs/generators/searchWords";
import { commandsSchema, fleetFileSchema, stackFileSchema } from "../../../docs/generators/jsonSchema";
import { configurationKeys } from "../../../settings/read/projectFile";
import { bare } from "../../../settings/schema/layer";
import { stack } from "../../../settings/schema/stack";
import { completeTemplate } from "../../../settings/schema/template";
import { exampleFleets } from "./exampleFleets";

const root = join(__dirname, "../../..");

/** Every setting with its path, as far down as there are names. */
function settings(schema: z.ZodType, path: string): [string, z.ZodType][] {
    const inner = bare(schema);
    if (inner instanceof z.ZodObject) {
        return Object.entries(inner.shape).flatMap(([key, field]): [string, z.ZodType][] => [
            [`${path}${key}`, field as z.ZodType],
            ...settings(field as z.ZodType, `${path}${key}.`),
        ]);
    }
    if (inner instanceof z.ZodRecord) return settings(inner.valueType as z.ZodType, `${path}ID.`);
    return inner instanceof z.ZodArray ? settings(inner.element as z.ZodType, `${path}[].`) : [];
}

const every = [...settings(stack, ""), ...settings(completeTemplate, "template.")];

describe("what is made from the declarations", () => {
    it.each(Object.entries(generatedFiles()))(
        "%s is up to date (npx tsx docs/generators/main.ts makes it anew)",
        (path, text) => {
            expect(readFileSync(join(root, path), "utf8")).toBe(text);
        },
    );
});

describe("words that people look for", () => {
    const pages = generatedFiles();

    it.each(Object.entries(searchWords))("%s is found by them", (setting, words) => {
        const page = pages[`docs/settings/${setting.split(".")[0]}.md`] ?? "";
        for (const word of words) expect(page).toContain(word);
    });
});

describe("each declaration", () => {
    it("describes its setting", () => {
        expect(every.filter(([, schema]) => !schema.meta()?.description).map(([path]) => path)).toEqual([]);
    });

    it("has examples that it allows itself", () => {
        const wrong = every.flatMap(([path, schema]) =>
            (schema.meta()?.examples ?? [])
                .filter((example) => !schema.safeParse(example).success)
                .map((example) => [path, example]),
        );
        expect(wrong).toEqual([]);
    });
});

describe("the JSON Schema", () => {
    const validate = new Ajv({ strict: false, formats: { uri: true } }).compile(stackFileSchema());

    it("accepts the playground's stack", () => {
        validate(parse(readFileSync(join(root, "Pulumi.dev.yaml"), "utf8")));
        expect(validate.errors ?? []).toEqual([]);
    });

    it("refuses an unknown setting of a template, and a value of the wrong type", () => {
        const cloud = (linux: object) => ({
            config: { "jenkins-ec2-agents:clouds": { agents: { controllers: ["a"], templates: { linux } } } },
        });
        expect(validate(cloud({ executors: 2 }))).toBe(true);
        expect(validate(cloud({ executors: "2" }))).toBe(false);
        expect(validate(cloud({ executor: 2 }))).toBe(false);
    });
});

describe("the definitions of a JSON Schema", () => {
    it.each([stackFileSchema(), commandsSchema()])("have names, and each differs from the others", (schema) => {
        const { definitions } = schema as { definitions: Record<string, object> };
        expect(Object.keys(definitions).filter((name) => name.startsWith("_"))).toEqual([]);
        const texts = Object.values(definitions).map((definition) => JSON.stringify(definition));
        expect(texts).toEqual([...new Set(texts)]);
    });
});

describe("the JSON Schema of fleet files", () => {
    const schemas = new Ajv({ strict: false, formats: { uri: true } }).addSchema(
        stackFileSchema(),
        "settings.schema.json",
    );
    const validate = schemas.compile(fleetFileSchema());

    const examples = ["examples/every-setting/fleet.yaml", ...Object.values(exampleFleets).map(({ path }) => path)];
    it.each(examples)("accepts %s", (path) => {
        validate(parse(readFileSync(join(root, path), "utf8"), { merge: true }));
        expect(validate.errors ?? []).toEqual([]);
    });

    it("refuses what is no setting, and what a fleet file must not say", () => {
        const fleet = (linux: object) => ({ clouds: { agents: { controllers: ["a"], templates: { linux } } } });
        expect(validate(fleet({ executors: 2 }))).toBe(true);
        expect(validate(fleet({ executors: "2" }))).toBe(false);
        expect(validate({ secrets: {} })).toBe(false);
        expect(validate({ fleet: "other.yaml" })).toBe(false);
    });
});

describe("Pulumi.yaml", () => {
    it("declares every configuration key as its declaration says (settings/read/projectFile.ts)", () => {
        const project = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as { name: string; config: unknown };
        expect(project.name).toBe("jenkins-ec2-agents");
        expect(project.config).toEqual(configurationKeys());
    });
});
