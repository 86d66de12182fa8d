import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cloudPayload } from "../../../jenkins/payload";
import { PluginValue } from "../../../jenkins/push/request";
import { completeTemplate } from "../../../settings/schema/template";
import { readSettings, UserError } from "../../../settings";
import { context, smallStack } from "../settings/support";
import { references } from "./support";

const values = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.integer({ min: 0, max: 50 }),
    fc.constantFrom<unknown>(
        "PUBLIC_IP",
        "Host",
        "stop",
        true,
        ["a"],
        { a: "b" },
        { minutes: 1 },
        { fallbackToOnDemand: true },
        { plugin: { x: [1, null] } },
    ),
);

function everyScalarIsText(value: PluginValue): boolean {
    if (Array.isArray(value)) return value.every(everyScalarIsText);
    return typeof value === "string" || Object.values(value).every(everyScalarIsText);
}

describe("whatever settings resolve", () => {
    it("make a payload in which every scalar is text", () => {
        let resolved = 0;
        fc.assert(
            fc.property(
                fc.dictionary(fc.constantFrom(...Object.keys(completeTemplate.shape)), values, { maxKeys: 4 }),
                (change) => {
                    const raw = smallStack();
                    Object.assign(raw.clouds.agents.templates.linux, change);
                    try {
                        const cloud = readSettings(raw, context()).settings.clouds["agents"]!;
                        const payload = cloudPayload(cloud, references());
                        resolved++;
                        expect(everyScalarIsText(payload.parameters)).toBe(true);
                        for (const template of payload.templates)
                            expect(everyScalarIsText(template.parameters)).toBe(true);
                    } catch (error) {
                        if (!(error instanceof UserError)) throw error;
                    }
                },
            ),
            { numRuns: 1500 },
        );
        expect(resolved).toBeGreaterThan(20);
    });
});
