import { describe, expect, it } from "vitest";
import { compile, type ControllerAnswer } from "../../../../cli/inventory/compile";
import { inventoryFleetFile } from "../../../../cli/inventory/fleetFile";
import { inventoryPage } from "../../../../cli/inventory/page";
import { headline, inventoryText } from "../../../../cli/inventory/text";
import shipped from "../../../../settings/prices.json";
import { readSettings } from "../../../../settings";
import { context } from "../../settings/support";
import { reportOf } from "../reportOf";
import { agent, answer, inventory } from "./sample";

const at = new Date("2026-11-30T12:00:00Z");
const compiled = (controllers: ControllerAnswer[], days = 1) => compile({ at, days, controllers, prices: shipped });
const busy = (hours: number) => Array.from({ length: 24 }, (_, hour) => (hour < hours ? 1 : 0));

const two = [
    answer(
        "team-a",
        inventory([agent("a-1", { busyByHour: busy(12) }), agent("a-2", { busyByHour: busy(6) })], { cloudAgents: 3 }),
    ),
    answer(
        "team-b",
        inventory([
            agent("b-1", { labels: ["windows"], system: "Windows Server 2022 (amd64)", folder: "C:\\jenkins" }),
        ]),
    ),
];

describe("inventory", () => {
    it("says what there is in one sentence", () => {
        expect(headline(compiled(two).report)).toBe(
            "3 permanent agents on 2 controllers are 2 kinds; at most 2 were busy, 0.8 on average; 1 built nothing in 1 day; 3 agents of clouds or Swarm clients left out",
        );
    });

    it("adds the use of a label over controllers, and names labels without a build", () => {
        const { labels, unusedLabels } = compiled(two).report;
        expect(labels[0]).toMatchObject({
            label: "linux",
            agents: 2,
            busy: { peak: 2, mean: 0.75, idle: 0.5, hours: 24 },
        });
        expect(unusedLabels).toEqual(["windows"]);
    });

    it("takes builds for the time before the load statistics", () => {
        const short = inventory([agent("a-1", { busyByHour: [1, 1] })], {
            builds: [{ agent: "a-1", age: 10 * 3_600_000, duration: 3_600_000 }],
            buildsRead: "all",
        });
        const { report } = compiled([answer("team-a", short)]);
        expect(report.labels[0]!.busyByHour).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 1, ...Array<number>(14).fill(0)]);
        expect(report.warnings).toEqual([
            {
                path: "controllers.team-a",
                message:
                    "load statistics reach back 2 h of 24: Jenkins started then; builds were read for the time before",
            },
        ]);
        expect(headline(report)).toContain("0 built nothing in 1 day");
    });

    it.each([
        [{ namelessJobs: 4 }, "builds of 4 Pipelines do not name their agent"],
        [{ buildsRead: "some" as const }, "not all builds of the time before were read"],
    ])("counts only hours that it knows: with %j nothing is known before the load statistics", (builds, reason) => {
        const restarted = inventory(
            Array.from({ length: 5 }, (_, index) => agent(`a-${index}`, { busyByHour: [0, 0] })),
            { builds: [{ agent: "a-0", age: 36_000_000, duration: 60_000 }], buildsRead: "all", ...builds },
        );
        const { report, proposals } = compiled([answer("team-a", restarted)]);
        expect(report.labels[0]!.busyByHour).toEqual([0, 0]);
        expect(headline(report)).toContain(
            "at most 1 was busy, 0.0 on average; 4 built nothing in the 2 hours that are known",
        );
        expect(report.warnings[0]!.message).toBe(
            `load statistics reach back 2 h of 24: Jenkins started then; ${reason}, so that only these hours are counted`,
        );
        expect(proposals[0]!.cap).toBe(5);
    });

    it("counts an agent as busy for as long as its builds ran, and builds of several agents at one moment", () => {
        const minute = 60_000;
        const short = inventory([agent("a-1", { busyByHour: [0] }), agent("a-2", { busyByHour: [0] })], {
            builds: [
                { agent: "a-1", age: 90 * minute, duration: 12 * minute },
                { agent: "a-2", age: 85 * minute, duration: 12 * minute },
                { agent: "a-2", age: 70 * minute, duration: minute },
            ],
            buildsRead: "all",
        });
        const { summary, labels } = compiled([answer("team-a", short)]).report;
        expect(summary.busiest).toBe(2);
        expect(summary.busyOnAverage).toBeCloseTo(25 / 60 / 24);
        expect(labels[0]!.busy.peak).toBe(2);
    });

    it("knows all of the 56 days that Jenkins keeps but the oldest hour, and has no doubt about that", () => {
        const long = inventory([agent("a-1", { busyByHour: Array<number>(56 * 24 - 1).fill(0) })]);
        expect(compiled([answer("team-a", long)], 56).report.warnings).toEqual([]);
    });

    it("names as labels without a build only labels of agents", () => {
        const label = { agents: [], agentsByName: [], elsewhere: false, waitingByHour: [], waitingByMinute: [] };
        const { report } = compiled([
            answer("team-a", inventory([agent("a-1")], { labels: [{ ...label, name: "linux && gpu", jobs: 2 }] })),
        ]);
        expect(report.unusedLabels).toEqual([]);
        expect(inventoryPage(report)).not.toContain("at most 0 of 0 executors");
    });

    it("cuts the reason of an agent that is offline, which the JSON has whole", () => {
        const offlineReason = `Disconnected by admin : ${"x".repeat(100)}`;
        const { report } = compiled([answer("team-a", inventory([agent("a-1", { online: false, offlineReason })]))]);
        expect(inventoryText(report)).toContain("offline Disconnected by admin : xxxxxxxxxxxxxxx…\n");
        expect(report.controllers[0]!.agents[0]!.offlineReason).toBe(offlineReason);
    });

    it("is short where there is no permanent agent", () => {
        const text = inventoryText(compiled([answer("team-a", inventory([]))]).report);
        expect(text).toMatch(/^.*0 permanent agents on 1 controller are 0 kinds;.*\n\n$/);
    });

    it("names what jobs ask for and no template has", () => {
        const label = { agents: [], agentsByName: [], elsewhere: false, waitingByHour: [], waitingByMinute: [] };
        const labels = [
            { ...label, name: "linux && gpu", jobs: 2 },
            { ...label, name: "a-1", jobs: 1, agentsByName: ["a-1"] },
            { ...label, name: "linux", jobs: 5, agents: ["a-1"] },
            { ...label, name: "built-in", jobs: 1, elsewhere: true },
            { ...label, name: "nobody asks", jobs: 0 },
        ];
        const { unserved } = compiled([answer("team-a", inventory([agent("a-1")], { labels }))]).report;
        expect(unserved).toEqual([
            { label: "linux && gpu", controller: "team-a", jobs: 2, reason: "no agent has it today" },
            {
                label: "a-1",
                controller: "team-a",
                jobs: 1,
                reason: "it is the name of the agent a-1: give the jobs a label",
            },
        ]);
    });

    it("shows the others where a controller cannot be asked", () => {
        const down = {
            id: "team-c",
            url: "https://jenkins.example.com/team-c/",
            problem: "the connection was refused",
        };
        const { report } = compiled([...two, down]);
        expect(report.errors).toEqual([{ path: "controllers.team-c", message: "the connection was refused" }]);
        expect(inventoryText(report)).toContain("1 controller not reachable");
        expect(report.summary).toMatchObject({ controllers: 3, unanswered: 1, agents: 3 });
    });

    it("has the form that its schema says", () => {
        const { report } = compiled(two);
        expect(reportOf("inventory", JSON.stringify(report))).toEqual(report);
    });

    it("is a page that loads nothing and shows names as text", () => {
        const { report } = compiled([answer("team-a", inventory([agent("<b>x</b>", { busyByHour: busy(3) })]))]);
        const page = inventoryPage(report);
        expect(page).toContain("&#60;b&#62;x&#60;/b&#62;");
        expect(page).not.toMatch(/<img|<script|src=|url\(/);
        expect(page).toContain('<path d="M0 1');
    });
});

describe("the fleet file", () => {
    const written = {
        "team-a": { url: "https://jenkins.example.com/a/", user: "u" },
        "team-b": { url: "https://jenkins.example.com/b/", user: "u" },
    };
    const fleetOf = (controllers: ControllerAnswer[]) =>
        inventoryFleetFile({
            path: "fleets/static.yaml",
            proposals: compiled(controllers).proposals,
            controllers: written,
            java: 17,
            head: [],
        });
    const settingsOf = (yaml: string) =>
        readSettings(
            { fleet: "fleets/static.yaml", secrets: { tokens: { "team-a": "t", "team-b": "t" } } },
            context({ "fleets/static.yaml": yaml }),
        ).settings;

    it("is read by the program's own reader, with agents as they were", () => {
        const { clouds } = settingsOf(fleetOf(two));
        expect(clouds.static).toMatchObject({
            controllers: ["team-a"],
            templates: {
                linux: {
                    labels: ["linux"],
                    executors: 1,
                    remoteFolder: "/home/jenkins",
                    cap: 3,
                    instanceType: "t3a.large",
                },
            },
        });
        expect(clouds["static-2"]!.templates.windows).toMatchObject({
            platform: "windows",
            remoteFolder: "C:\\jenkins",
            cap: 1,
        });
    });

    it("is read whatever labels, folders and tools the agents have", () => {
        const odd = agent("a-1", {
            labels: ["a b", 'a"b', "x,y", "${z}", "C++"],
            folder: "~/jenkins",
            executors: 0,
            system: "",
            tools: [{ type: "hudson.model.JDK$DescriptorImpl", name: "JDK 17 (x)", home: "" }],
            environment: [{ name: "A", value: "one\ntwo # three: 4", secret: false }],
        });
        const { clouds } = settingsOf(fleetOf([answer("team-a", inventory([odd])), two[1]!]));
        expect(Object.values(clouds.static!.templates)[0]).toMatchObject({
            labels: ["${z}", "C++"],
            executors: 1,
            environment: { A: "one\ntwo # three: 4" },
        });
    });

    it("carries environment and tools, but no variable that is named like a secret", () => {
        const environment = [
            { name: "JAVA_HOME", value: "/usr/lib/jvm", secret: false },
            { name: "API_TOKEN", value: "", secret: true },
        ];
        const tools = [{ type: "hudson.model.JDK$DescriptorImpl", name: "jdk", home: "/opt/jdk" }];
        const yaml = fleetOf([
            answer("team-a", inventory([agent("a-1", { environment, tools })])),
            answer("team-b", inventory([agent("b-1", { environment, tools })])),
        ]);
        expect(settingsOf(yaml).clouds.static!.templates.linux).toMatchObject({
            environment: { JAVA_HOME: "/usr/lib/jvm" },
            tools: { jdk: { type: "hudson.model.JDK$DescriptorImpl", home: "/opt/jdk" } },
        });
        expect(yaml).toContain("# to do: variables that look like secrets are left out: API_TOKEN");
    });

    it("marks every guess", () => {
        const lines = fleetOf(two).split("\n");
        const guessed = lines.flatMap((line, index) =>
            /^ *# guess/.test(line) ? [lines[index + 1]!.trim().split(":")[0]] : [],
        );
        expect(new Set(guessed)).toEqual(new Set(["image", "instanceType", "initScript", "cap", "idle", "network"]));
    });

    it("quotes a folder for the shell", () => {
        const yaml = fleetOf([
            answer("team-a", inventory([agent("a-1", { folder: "/srv/it's here" })])),
            answer("team-b", inventory([agent("b-1", { folder: "/srv/it's here" })])),
        ]);
        expect(settingsOf(yaml).clouds.static!.templates.linux!.initScript).toContain(`'/srv/it'\\''s here'`);
    });
});
