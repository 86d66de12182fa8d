import { describe, expect, it } from "vitest";
import type { SettingsContext } from "../../../settings";
import { secretTexts } from "../../../settings/read/secretTexts";

const raw = {
    clouds: { agents: { cap: 3, templates: { linux: { userData: "the user data", labels: ["linux"] } } } },
    tags: { team: "platform" },
    secrets: { tokens: { a: "the token" } },
};

function context(file: string | undefined, ...secretKeys: string[]): SettingsContext {
    const readFile = (path: string) => (path === "Pulumi.test.yaml" ? file : undefined);
    return {
        project: "p",
        stack: "test",
        region: undefined,
        readFile,
        listFolder: () => undefined,
        secretKeys: new Set(secretKeys),
    };
}

describe("texts that are secret", () => {
    it("are none where only the key secrets is one: that has its own ways", () => {
        expect(secretTexts(raw, context(undefined, "secrets"))).toEqual([]);
    });

    it("are those that the stack's file has encrypted", () => {
        const file = "config:\n  p:clouds: { agents: { templates: { linux: { userData: { secure: v1:x } } } } }\n";
        expect(secretTexts(raw, context(file, "clouds", "secrets"))).toEqual(["the user data"]);
    });

    it("are those also where the file repeats itself by aliases, hundreds of times", () => {
        const tags = Array.from({ length: 300 }, (_, index) => `k${index}: *one`).join(", ");
        const file = `config:\n  p:other: &one { secure: v1:x }\n  p:tags: { team: { secure: v1:x }, ${tags} }\n`;
        expect(secretTexts(raw, context(file, "tags"))).toEqual(["platform"]);
    });

    it("are all of a key that is encrypted as a whole", () => {
        expect(secretTexts(raw, context("config:\n  p:tags: { secure: v1:x }\n", "tags"))).toEqual(["platform"]);
    });

    it("are all of the key where the file is another than the one in use", () => {
        const other = "config:\n  p:clouds: { agents: { cap: 3 } }\n";
        for (const file of [undefined, other]) {
            expect(secretTexts(raw, context(file, "clouds"))).toEqual(["the user data", "linux"]);
        }
    });
});
