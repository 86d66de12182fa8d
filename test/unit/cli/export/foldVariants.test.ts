import { describe, expect, it } from "vitest";
import { foldVariants } from "../../../../cli/export/foldVariants";

const big = { instanceType: "m7i.large", labels: ["linux"] };
const [a, b] = [{ zones: ["eu-central-1a"] }, { zones: ["eu-central-1b"] }];

describe("templates side by side that differ only in where they are", () => {
    it("are variants of one; what stands between others stays in its place", () => {
        const { templates } = foldVariants({
            templates: {
                docker: big,
                "linux-a": { ...big, ...a },
                "linux-b": { ...big, ...b },
                "arm-a": { ...big, cap: 2, ...a },
                "arm-b": { ...big, cap: 3, ...b },
            },
        });
        expect(templates).toEqual({
            docker: big,
            linux: { ...big, variants: { a, b } },
            "arm-a": { ...big, cap: 2, ...a },
            "arm-b": { ...big, cap: 3, ...b },
        });
        expect(Object.keys(templates)).toEqual(["docker", "linux", "arm-a", "arm-b"]);
    });

    it("are variants that the cloud gives, where all templates have them", () => {
        const folded = foldVariants({
            defaults: { executors: 2 },
            templates: {
                "linux-a": { ...big, ...a },
                "linux-b": { ...big, ...b },
                "arm-a": { labels: ["arm"], ...a },
                "arm-b": { labels: ["arm"], ...b },
            },
        });
        expect(folded).toEqual({
            defaults: { executors: 2, variants: { a, b } },
            templates: { linux: big, arm: { labels: ["arm"] } },
        });
    });

    it.each([
        [
            "a name of one's own in Jenkins",
            { "linux-a": { ...big, ...a, description: "Linux" }, "linux-b": { ...big, ...b } },
        ],
        ["another between them", { "linux-a": { ...big, ...a }, other: big, "linux-b": { ...big, ...b } }],
        ["a key that would lose its place", { "linux-1": { ...big, ...a }, "linux-2": { ...big, ...b } }],
        ["a template of the common name", { linux: big, "linux-a": { ...big, ...a }, "linux-b": { ...big, ...b } }],
        ["nothing that differs", { "linux-a": { ...big, ...a }, "linux-b": { ...big, ...a } }],
    ])("stay as they are with %s", (_, templates) => {
        expect(foldVariants({ templates })).toEqual({ templates });
    });
});
