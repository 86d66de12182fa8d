import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { explanations, seeAlso } from "../../../jenkins/push/explanations";
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

describe("a failure of a push leads to its section", () => {
    it.each([
        ['http://j/ refused user "u" with this token (401): set a valid API token', "token-refused"],
        ["http://j/ cannot be reached: nothing listens there", "jenkins-cannot-be-reached"],
        ["cloud agents: Test Connection failed: AuthFailure", "test-connection-failed"],
        ["the ec2 plugin is 1822, older than the minimum 2059. Set …", "plugin-missing"],
        ['agent "EC2 (agents) - linux (i-1)" is busy', "agents-are-busy"],
        ["differs. Set adopt: true for this cloud to take it over", "cloud-of-somebody-else"],
    ])("%s", (message, name) => {
        expect(seeAlso(message)).toBe(`\n  see docs/messages.md#${name}`);
    });

    it("and one that nothing is known of to none", () => {
        expect(seeAlso("unexpected")).toBe("");
    });

    it("by words that its sources say", () => {
        const sources = ["jenkins/push", "jenkins/groovy"].flatMap((folder) =>
            readdirSync(join(__dirname, "../../..", folder))
                .filter((name) => name !== "explanations.ts" && /\.(ts|groovy)$/.test(name))
                .map((name) => readFileSync(join(__dirname, "../../..", folder, name), "utf8")),
        );
        const text = sources.join("\n").replaceAll('\\"', '"');
        const unsaid = explanations.filter(({ says }) => !says.test(text)).map(({ name }) => name);
        expect(unsaid).toEqual([]);
    });
});
