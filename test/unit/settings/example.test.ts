import Ajv from "ajv";
import { describe, expect, it } from "vitest";
import { readSettings } from "../../../settings";
import { stackFileSchema } from "../../../docs/generators/jsonSchema";
import { identity } from "../../../settings/schema/access";
import { template } from "../../../settings/schema/cloud";
import { existingKey } from "../../../settings/schema/keyPair";
import { network } from "../../../settings/schema/network";
import { stack } from "../../../settings/schema/stack";
import { exampleFile, exampleFiles, writtenExample } from "./example";
import { context } from "./support";
import { unused } from "./unused";

describe("examples/every-setting/Pulumi.prod.example.yaml", () => {
    const { settings, warnings } = readSettings(writtenExample(), context(exampleFiles));

    it("resolves, with no warnings but the one that it silences", () => {
        expect(warnings).toEqual([]);
        expect(Object.keys(settings.clouds["agents"]!.templates)).toEqual([
            "linux-spot-m7i.large",
            "linux-spot-m6i.large",
            "linux",
            "big",
            "burst",
            "linux-cheap",
            "mac",
            "newest",
            "windows",
        ]);
    });

    it("shows every setting, wherever it may be said", () => {
        const raw = writtenExample() as any;
        const clouds: any[] = [...Object.values(raw.clouds), ...Object.values(raw.cloudSets)];
        const templates = clouds.flatMap((cloud) => [...Object.values(cloud.templates ?? {}), cloud.defaults]);
        const ofTemplates = unused(template, [...templates, ...Object.values(raw.templateSets)]);
        expect(ofTemplates.filter((path) => !path.startsWith("variants.ID."))).toEqual([]);
        expect(unused(network, [raw.network, ...clouds.map((cloud) => cloud.network)])).toEqual([]);
        expect(unused(identity, [raw.access.identity, ...clouds.map((cloud) => cloud.identity)])).toEqual([]);

        expect(unused(existingKey, [raw.keyPair, ...clouds.map((cloud) => cloud.keyPair)])).toEqual([]);

        const elsewhere =
            /(\.templates\.ID|\.defaults|network|identity|^templateSets\.ID|^cloudSets\.ID)\.|keyPair\.credentialsId/;
        expect(unused(stack, [raw]).filter((path) => !elsewhere.test(path))).toEqual([]);
    });

    it("passes the JSON Schema", () => {
        const validate = new Ajv({ strict: false, formats: { uri: true } }).compile(stackFileSchema());
        validate(exampleFile);
        expect(validate.errors ?? []).toEqual([]);
    });
});
