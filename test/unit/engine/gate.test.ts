import { beforeAll, describe, expect, test } from "vitest";
import { declaredProperties } from "../../../playground/engine/declarations";
import type { Engine } from "../../../playground/engine/engine";
import { obtainEngine } from "../../../playground/engine/obtain";
import { compare, compareWithPackages } from "../../../playground/engine/gate";
import { pluginPackages } from "../../../playground/engine/packages";

const aws = pluginPackages().find(({ name }) => name === "aws")!.folder;

describe("what an npm package declares", () => {
    test("of a resource: what it sends and reads", () => {
        const declared = declaredProperties(aws, "aws:iam/accessKey:AccessKey");
        expect(declared).toMatchObject({
            user: { shape: "scalar" },
            pgpKey: { shape: "scalar" },
            secret: { shape: "scalar" },
        });
    });

    test("of a look-up: its arguments and its result", () => {
        const declared = declaredProperties(aws, "aws:ec2/getAmi:getAmi");
        expect(declared.mostRecent).toEqual({ shape: "scalar" });
        expect(declared.architecture).toEqual({ shape: "scalar" });
        expect(declared.filters).toEqual({
            shape: "list",
            properties: { name: { shape: "scalar" }, values: { shape: "list" } },
        });
    });

    test("of nested objects and maps", () => {
        const declared = declaredProperties(aws, "aws:ec2/instance:Instance");
        expect(declared.metadataOptions).toMatchObject({
            shape: "object",
            properties: { httpTokens: { shape: "scalar" } },
        });
        expect(declared.tags).toEqual({ shape: "map" });
    });

    test("of the provider itself", () => {
        expect(declaredProperties(aws, "pulumi:providers:aws").region).toEqual({ shape: "scalar" });
    });
});

describe("a difference from the bridge", () => {
    const declared = {
        tags: { shape: "map" },
        rules: { shape: "list", properties: { port: { shape: "scalar" } } },
    } as const;

    test("is none when the bridge knows all of it, and more", () => {
        expect(compare("aws:x", declared, { ...declared, more: { shape: "scalar" } })).toEqual([]);
    });

    test("is a property that the bridge does not know: it would be dropped", () => {
        expect(compare("aws:x", declared, { rules: declared.rules })).toEqual(["aws:x.tags: unknown to the bridge"]);
    });

    test("is a nested one as well", () => {
        const bridged = {
            tags: declared.tags,
            rules: { shape: "list", properties: { ports: { shape: "list" } } },
        } as const;
        expect(compare("aws:x", declared, bridged)).toEqual(["aws:x.rules.port: unknown to the bridge"]);
    });

    test("is one object where the bridge has a list of them", () => {
        const bridged = { ...declared, tags: { shape: "list" } } as const;
        expect(compare("aws:x", declared, bridged)).toEqual(["aws:x.tags: map in the package, list in the bridge"]);
    });

    test("is none where the program does without it, as with the region of each resource", () => {
        expect(compare("aws:ec2/vpc:Vpc", { region: { shape: "scalar" } }, {})).toEqual([]);
    });
});

describe("the engine in use", () => {
    let engine: Engine;
    beforeAll(async () => {
        engine = await obtainEngine(() => undefined);
    });

    test("knows every property of the npm packages that are installed", async ({ skip }) => {
        if (engine.kind !== "built") skip("the official plugins are made from the same schema as the packages");
        expect(await compareWithPackages(engine.environment.PULUMI_HOME!, pluginPackages())).toEqual([]);
    });
});
