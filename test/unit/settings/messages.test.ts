import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pushMessages } from "../../../settings/messages/pushMessages";
import { messagesPage } from "../../../docs/generators/messagesPage";
import { messages } from "../../../settings/messages";
import { problemLine, UserError } from "../../../settings/problem";

const page = messagesPage();
const anchors = [...page.matchAll(/^### `(.+)`$/gm)].map(([, code]) => code!);

describe("docs/messages.md", () => {
    it("has one section for each code of the registry", () => {
        expect(anchors).toEqual(Object.keys(messages));
        expect(new Set(anchors).size).toBe(anchors.length);
    });

    it("is where a warning leads", () => {
        const line = problemLine({ code: "no-cap", path: "clouds.agents", message: "has no cap", severity: "warning" });
        expect(line).toBe("clouds.agents: has no cap (docs/messages.md#no-cap)");
    });

    it("is where each problem of an error leads", () => {
        const { message } = new UserError([
            { code: "named-twice", path: "clouds.a.name", value: '"a"', message: "is taken" },
        ]);
        expect(message).toBe(
            'One setting is wrong.\n\nclouds.a.name: "a"\n    is taken\n    see docs/messages.md#named-twice',
        );
    });
});

describe("what a script refuses with", () => {
    it("has a section", () => {
        const folder = join(__dirname, "../../../jenkins/groovy");
        const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
        const codes = sources.flatMap((text) =>
            [...text.matchAll(/(?:refuse\(|Refusal\(|\bcode: )'([a-z-]+)'/g)].map(([, code]) => code!),
        );
        expect(codes.length).toBeGreaterThan(15);
        expect(codes.filter((code) => !Object.hasOwn(pushMessages, code))).toEqual([]);
    });
});
