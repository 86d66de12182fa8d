import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { deployedPushes } from "../../../cli/pulumi";
import { smokeCommand } from "../../../cli/smoke";
import { smoke } from "../../../jenkins/push/smoke";
import { access, pushRequest, template } from "../../push/fixtures";

vi.mock("../../../cli/pulumi");
vi.mock("../../../jenkins/push/smoke");

let printed = "";

/** A cloud `agents` on a controller with templates of the labels that each has. */
function push(id: string, templates: Record<string, string>) {
    const request = pushRequest(access(`https://jenkins.example.com/${id}/`, { id }));
    request.cloud.templates = Object.entries(templates).map(([name, labelString]) => template(name, { labelString }));
    return { request };
}

beforeEach(() => {
    printed = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
        printed += String(text);
        return true;
    });
    vi.mocked(deployedPushes).mockResolvedValue([
        push("team-a", { linux: "linux docker", windows: "windows" }),
        push("team-b", { linux: "linux" }),
    ]);
    vi.mocked(smoke).mockImplementation(({ controller }) => Promise.resolve({ controller: controller.id } as never));
});
afterEach(() => vi.resetAllMocks());

const askedFor = () => vi.mocked(smoke).mock.calls.map(([{ controller }, target]) => [controller.id, target] as const);

describe("smoke", () => {
    it("asks each cloud that has the label, and no other", async () => {
        expect(await smokeCommand(["--label", "docker"], [])).toBe(0);
        expect(askedFor()).toEqual([["team-a", expect.objectContaining({ label: "docker" })]]);
        expect(printed).toBe('{"controller":"team-a"}\n');
    });

    it("asks the clouds of the controller that is named, by template, with the time that is given", async () => {
        const args = ["--template", "linux", "--controller", "team-b", "--cloud", "agents", "--seconds", "30"];
        await smokeCommand(args, []);
        const target = { label: undefined, template: "linux", onlineSeconds: 30 };
        expect(askedFor()).toEqual([["team-b", target]]);
    });

    it.each([
        ["neither label nor template", [], "smoke needs either --label LABEL or --template DESCRIPTION."],
        ["both", ["--label", "a", "--template", "b"], "smoke needs either --label"],
        ["a time that is none", ["--label", "linux", "--seconds", "soon"], '--seconds is "soon"; it must be a whole'],
        [
            "a controller that has none",
            ["--label", "linux", "--controller", "team-c"],
            "No such push is deployed. There are: --controller team-a --cloud agents, --controller team-b --cloud agents.",
        ],
        [
            "a label that no cloud has",
            ["--label", "macos"],
            'has the label "macos". There are: linux, docker, windows.',
        ],
        [
            "a template that no cloud has",
            ["--template", "macos", "--controller", "team-a"],
            'has the template "macos". There are: linux, windows.',
        ],
    ])("refuses %s, and asks nobody", async (_, args, message) => {
        await expect(smokeCommand(args, [])).rejects.toThrow(message);
        expect(askedFor()).toEqual([]);
    });

    it("says that nothing is deployed where nothing is", async () => {
        vi.mocked(deployedPushes).mockResolvedValue([]);
        await expect(smokeCommand(["--label", "linux"], [])).rejects.toThrow("There are: none.");
    });
});
