import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../settings/naming";
import { Difference } from "../../jenkins/push/difference";
import { Plan } from "../../jenkins/preview/compare";
import { renderPlan, renderPlans } from "../../jenkins/preview/render";
import { newestRelease } from "../../settings/plugin/releases";

function rendered(differences: Partial<Difference>[], changes: Partial<Plan> = {}): string[] {
    const whole = { subject: "template", id: "linux", existed: true, wanted: true, path: [], before: "", after: "" };
    const plan = {
        controller: "team-a",
        cloud: "agents",
        jenkins: "2.479.3",
        plugin: newestRelease.version,
        exists: true,
        foreign: [],
        templates: ["linux"],
        notes: [],
        ...changes,
        differences: differences.map((each) => ({ ...whole, ...each }) as Difference),
    };
    return renderPlan(plan).split("\n").slice(1);
}

describe("a plan as text", () => {
    it("names controller, cloud and versions, and says when nothing differs", () => {
        expect(rendered([])).toEqual(["    nothing differs"]);
    });

    it("shows a parameter as old and new", () => {
        expect(
            rendered([
                { path: ["type"], before: "t3.micro", after: "t3.large" },
                { subject: "cloud", id: "", path: ["instanceCapStr"], before: "", after: "40" },
            ]),
        ).toEqual(["  ~ linux.type: t3.micro -> t3.large", "  ~ agents.instanceCapStr: (none) -> 40"]);
    });

    it("shows a text of several lines as a short diff", () => {
        const before = "#!/bin/sh\nset -e\napt-get install -y git\necho ready\n";
        expect(rendered([{ path: ["initScript"], before, after: before.replace("git", "git maven") }])).toEqual([
            "  ~ linux.initScript",
            "       set -e",
            "      -apt-get install -y git",
            "      +apt-get install -y git maven",
            "       echo ready",
        ]);
    });

    it("cuts a long diff and says how much is left", () => {
        const text = (word: string) => Array.from({ length: 40 }, (_, line) => `${word} ${line}`).join("\n");
        const lines = rendered([{ path: ["initScript"], before: text("a"), after: text("b") }]);
        expect(lines).toHaveLength(22);
        expect(lines.at(-1)).toBe("      … 60 more lines");
    });

    it("shows a new template with what it sets, and a template that goes in one line", () => {
        expect(
            rendered([
                { id: "linux-spot", existed: false, path: ["type"], after: "t3.micro" },
                { id: "linux-spot", existed: false, path: ["monitoring"], after: "false" },
                { id: "linux-spot", existed: false, path: ["initScript"], after: "a\nb\nc" },
                { id: "old", wanted: false, path: ["type"], before: "t3.micro" },
                { id: "old", wanted: false, path: ["mode"], before: "NORMAL" },
            ]),
        ).toEqual([
            "  + template linux-spot",
            "      type: t3.micro",
            "      initScript: (3 lines)",
            "  - template old",
        ]);
    });

    it("names parameters by the settings behind them", () => {
        expect(
            rendered([
                {
                    subject: "cloud",
                    id: "",
                    path: ["instanceCapStr"],
                    before: "6",
                    after: "40",
                    setting: { name: "cap", before: "6", after: "40" },
                },
                {
                    path: ["stopOnTerminate"],
                    before: "false",
                    after: "true",
                    setting: { name: "idle.then", before: "terminate", after: "stop" },
                },
            ]),
        ).toEqual(["  ~ agents.cap: 6 -> 40", "  ~ linux.idle.then: terminate -> stop"]);
    });

    it("shows of a new template what the settings give, no defaults", () => {
        const fresh = { id: "linux-spot", existed: false };
        expect(
            rendered([
                {
                    ...fresh,
                    path: ["type"],
                    after: "t3.micro",
                    setting: { name: "instanceType", before: "", after: "t3.micro" },
                },
                { ...fresh, path: ["launchTimeoutStr"], after: "900", isDefault: true },
            ]),
        ).toEqual(["  + template linux-spot", "      instanceType: t3.micro"]);
    });

    it("shows of a long list the elements that differ", () => {
        const labels = Array.from({ length: 40 }, (_, index) => `label-${index}`);
        const tag = (value: string) => ({ $class: "EC2Tag", name: "team", value });
        expect(
            rendered([
                { path: ["labelString"], before: labels.join(" "), after: [...labels.slice(1), "new"].join(" ") },
                { path: ["tags"], before: [tag("a"), tag("b")], after: [tag("b")] },
            ]),
        ).toEqual([
            "  ~ linux.labelString",
            "      -label-0",
            "      +new",
            "  ~ linux.tags",
            '      -EC2Tag {"name":"team","value":"a"}',
        ]);
    });

    it("shows controllers on which the same changes as one block", () => {
        const plan = (controller: string, plugin: string, after: string) => {
            const cap = {
                subject: "cloud",
                id: "",
                existed: true,
                path: ["instanceCapStr"],
                setting: { name: "cap", before: "6", after },
                before: "6",
                after,
            };
            const versions = { jenkins: "2.528.1", plugin };
            return {
                controller,
                cloud: "agents",
                ...versions,
                exists: true,
                foreign: [],
                templates: [],
                notes: [],
                differences: [cap],
            } as Plan;
        };
        const plans = [plan("team-a", "2059", "40"), plan("team-b", "2053", "40"), plan("team-c", "2059", "9")];
        expect(renderPlans(plans).split("\n")).toEqual([
            "controllers team-a, team-b, cloud agents (Jenkins 2.528.1, ec2 2059, 2053)",
            "  ~ agents.cap: 6 -> 40",
            "controller team-c, cloud agents (Jenkins 2.528.1, ec2 2059)",
            "  ~ agents.cap: 6 -> 9",
        ]);
    });

    it("says what is known only after AWS answers", () => {
        expect(
            rendered([
                { path: ["securityGroups"], before: "sg-1", after: UNKNOWN },
                { path: ["tags"], before: "", after: [{ $class: "EC2Tag", name: "group", value: UNKNOWN }] },
            ]),
        ).toEqual([
            "  ~ linux.securityGroups: sg-1 -> (known after AWS answers)",
            '  ~ linux.tags: (none) -> [{"name":"group","value":"(known after AWS answers)"}]',
        ]);
    });

    it("says what is not this stack's, and what happens to agents", () => {
        expect(rendered([], { foreign: ['cloud "agents" exists'], notes: ["agent x keeps running"] })).toEqual([
            "    nothing differs",
            '  ! cloud "agents" exists',
            "    agent x keeps running",
        ]);
    });
});
