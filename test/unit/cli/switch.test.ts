import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { deployedPushes } from "../../../cli/pulumi";
import { switchCommand } from "../../../cli/switch";
import { switchAgents, type SwitchableAgent } from "../../../cli/switch/agents";
import { smoke } from "../../../jenkins/push/smoke";
import { access, pushRequest, template } from "../../push/fixtures";

vi.mock("../../../cli/pulumi");
vi.mock("../../../cli/switch/agents");
vi.mock("../../../jenkins/push/smoke");

let printed = "";
let agents: Record<string, SwitchableAgent[]>;

function push(id: string, labelString: string) {
    const request = pushRequest(access(`https://jenkins.example.com/${id}/`, { id }));
    request.cloud.templates = [template("linux", { labelString })];
    return { request };
}

const agent = (name: string, changes: Partial<SwitchableAgent> = {}): SwitchableAgent => ({
    ...{ name, labels: ["linux"], state: "on", busy: 0, reason: "" },
    ...changes,
});

beforeEach(() => {
    printed = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
        printed += String(text);
        return true;
    });
    agents = { "team-a": [agent("a-1", { busy: 1 }), agent("a-2", { state: "left" })], "team-b": [agent("b-1")] };
    vi.mocked(deployedPushes).mockResolvedValue([push("team-a", "linux docker"), push("team-b", "linux")]);
    vi.mocked(switchAgents).mockImplementation(({ controller }, { action, names }) => {
        const after = { read: undefined, off: "switched", back: "on" } as const;
        const state = after[action];
        return Promise.resolve(
            agents[controller.id]!.map((one) => (state && names.includes(one.name) ? { ...one, state } : one)),
        );
    });
    vi.mocked(smoke).mockResolvedValue({} as never);
});
afterEach(() => vi.resetAllMocks());

const changes = () =>
    vi
        .mocked(switchAgents)
        .mock.calls.filter(([, { action }]) => action !== "read")
        .map(([{ controller }, { action, names }]) => [controller.id, action, names]);

describe("switch", () => {
    it("takes agents offline that are on, on every controller, after a smoke test on each", async () => {
        expect(await switchCommand(["--label", "linux"], [])).toBe(0);
        expect(vi.mocked(smoke).mock.calls.map(([{ controller }, target]) => [controller.id, target])).toEqual([
            ["team-a", { template: "linux" }],
            ["team-b", { template: "linux" }],
        ]);
        expect(changes()).toEqual([
            ["team-a", "off", ["a-1"]],
            ["team-b", "off", ["b-1"]],
        ]);
        expect(printed).toContain("team-a/a-1  taken offline  1 running");
    });

    it("tests each template that takes over builds of the agents, once", async () => {
        const team = push("team-a", "linux docker");
        team.request.cloud.templates.push(
            template("other", { labelString: "linux arm spare", description: "other" }),
            template("unused", { labelString: "linux gpu", description: "unused" }),
        );
        vi.mocked(deployedPushes).mockResolvedValue([team]);
        agents = {
            "team-a": [
                agent("a-1"),
                agent("a-2", { labels: ["linux", "arm"] }),
                agent("a-3", { labels: ["arm", "linux"] }),
            ],
        };
        await switchCommand(["--label", "linux"], []);
        expect(vi.mocked(smoke).mock.calls.map(([, target]) => target)).toEqual([
            { template: "linux" },
            { template: "other" },
        ]);
    });

    it("goes on with the rest where it was interrupted", async () => {
        agents["team-a"] = [agent("a-1", { state: "switched" })];
        expect(await switchCommand(["--label", "linux"], [])).toBe(0);
        expect(vi.mocked(smoke).mock.calls.map(([{ controller }]) => controller.id)).toEqual(["team-b"]);
        expect(changes()).toEqual([["team-b", "off", ["b-1"]]]);
    });

    it("refuses before the first smoke test where no template has all labels of an agent, and names each", async () => {
        agents["team-b"] = [agent("b-1", { labels: ["linux", "gpu"] }), agent("b-2", { labels: ["linux", "arm"] })];
        await expect(switchCommand(["--label", "linux"], [])).rejects.toThrow(
            /nothing has been changed\.\n.*team-b\/b-1: no template has all its labels: linux gpu\n.*team-b\/b-2/,
        );
        expect(smoke).not.toHaveBeenCalled();
        expect(changes()).toEqual([]);
    });

    it("does not ask for templates of agents that somebody else took offline", async () => {
        agents["team-a"] = [agent("a-1"), agent("a-2", { state: "left", labels: ["linux", "gpu"] })];
        await switchCommand(["--label", "linux", "--controller", "team-a"], []);
        expect(changes()).toEqual([["team-a", "off", ["a-1"]]]);
    });

    it("changes nothing where a smoke test fails on any controller", async () => {
        vi.mocked(smoke)
            .mockResolvedValueOnce({} as never)
            .mockRejectedValueOnce(new Error("no agent came online"));
        await expect(switchCommand(["--label", "linux"], [])).rejects.toThrow("no agent came online");
        expect(changes()).toEqual([]);
    });

    it("has nothing to do the second time, and starts no agent for that", async () => {
        agents = { "team-a": [agent("a-1", { state: "switched" })], "team-b": [] };
        expect(await switchCommand(["--label", "linux"], [])).toBe(0);
        expect(smoke).not.toHaveBeenCalled();
        expect(changes()).toEqual([]);
    });

    it("brings back what it took offline, without a smoke test", async () => {
        agents = {
            "team-a": [agent("a-1", { state: "switched", labels: ["linux", "gpu"] }), agent("a-2", { state: "left" })],
            "team-b": [agent("b-1")],
        };
        expect(await switchCommand(["--label", "linux", "--back"], [])).toBe(0);
        expect(smoke).not.toHaveBeenCalled();
        expect(changes()).toEqual([["team-a", "back", ["a-1"]]]);
    });

    it("with --dry-run shows what would change, and ends with 2", async () => {
        expect(await switchCommand(["--label", "linux", "--dry-run"], [])).toBe(2);
        expect(smoke).not.toHaveBeenCalled();
        expect(changes()).toEqual([]);
        expect(printed).toContain("team-a/a-1  would be taken offline  1 running");
        expect(printed).toContain("team-a/a-2  left alone");
    });

    it.each([
        ["no label", [], "switch needs --label LABEL."],
        ["an expression", ["--label", "a && b"], '--label is "a && b"; it must be one label, and no expression.'],
        ["a controller that is not deployed", ["--label", "linux", "--controller", "x"], "There are: team-a, team-b."],
    ])("refuses %s, and asks nobody", async (_, args, message) => {
        await expect(switchCommand(args, [])).rejects.toThrow(message);
        expect(switchAgents).not.toHaveBeenCalled();
    });

    it("refuses a label that no permanent agent has", async () => {
        agents = { "team-a": [], "team-b": [] };
        await expect(switchCommand(["--label", "mac", "--controller", "team-a"], [])).rejects.toThrow(
            'No permanent agent has the label "mac" on team-a.',
        );
    });
});
