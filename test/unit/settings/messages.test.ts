import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { slug } from "github-slugger";
import { describe, expect, it } from "vitest";
import { explanations, seeAlso } from "../../../jenkins/push/explanations";
import { faults } from "../../../settings/plugin/table";
import { messagesPage } from "../../../docs/generators/messagesPage";
import { warningText } from "../../../settings/problem";
import { warningNames } from "../../../settings/checks/warnings";

const page = messagesPage();
const anchors = [...page.matchAll(/^### `(.+)`$/gm)].map(([, name]) => name!);

describe("docs/messages.md", () => {
    it("has one section for each warning, each fault of the plugin and each failure of a push", () => {
        const names = [
            ...Object.keys(warningNames),
            ...faults.map(({ id }) => id),
            ...explanations.map(({ name }) => name),
        ];
        expect(anchors).toEqual(names);
        expect(new Set(anchors).size).toBe(anchors.length);
    });

    it("has a section where each heading of an error leads", () => {
        const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => `#${slug(heading!)}`);
        const led = ["settings/problem.ts", "settings/read/mistake.ts", "jenkins/preview/guard.ts"].map(
            (file) =>
                /See docs\/messages\.md(#[\w-]+)/.exec(readFileSync(join(__dirname, "../../..", file), "utf8"))?.[1],
        );
        expect(headings).toEqual(expect.arrayContaining(led));
    });

    it("is where a warning leads", () => {
        const said = warningText({ name: "no-cap", path: "clouds.agents", message: "no cap" });
        expect(said).toContain("(docs/messages.md#no-cap;");
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
