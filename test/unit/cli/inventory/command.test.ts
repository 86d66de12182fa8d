import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inventoryCommand } from "../../../../cli/inventory";
import { readInventory } from "../../../../cli/inventory/readInventory";
import { deployedPushes } from "../../../../cli/pulumi";
import { hasSettings, settingsTakenUp, takeUpStack } from "../../../../cli/stackSettings";
import { readSettings } from "../../../../settings";
import { access, pushRequest } from "../../../push/fixtures";
import { context, smallStack } from "../../settings/support";
import { agent, inventory } from "./sample";

vi.mock("../../../../cli/inventory/readInventory", async (original) => ({
    ...(await original<object>()),
    readInventory: vi.fn(),
}));
vi.mock("../../../../cli/pulumi");
vi.mock("../../../../cli/stackSettings");

let printed = "";

beforeEach(() => {
    printed = "";
    for (const stream of [process.stdout, process.stderr]) {
        vi.spyOn(stream, "write").mockImplementation((text) => {
            printed += String(text);
            return true;
        });
    }
    vi.mocked(takeUpStack).mockResolvedValue("prod");
    vi.mocked(readInventory).mockResolvedValue(inventory([agent("a-1")]));
});
afterEach(() => {
    vi.restoreAllMocks();
    vi.resetAllMocks();
});

const asked = () => vi.mocked(readInventory).mock.calls.map(([{ id, url }]) => [id, url]);

describe("inventory of a stack", () => {
    it("asks the controllers of its settings", async () => {
        vi.mocked(hasSettings).mockReturnValue(true);
        const { settings } = readSettings(smallStack(), context());
        vi.mocked(settingsTakenUp).mockResolvedValue(settings);
        expect(await inventoryCommand([], ["--stack", "prod"], {})).toBe(0);
        expect(asked().map(([id]) => id)).toEqual(Object.keys(settings.controllers));
        expect(deployedPushes).not.toHaveBeenCalled();
    });

    it("asks the controllers that it has deployed to, each once, where a program has the settings", async () => {
        vi.mocked(hasSettings).mockReturnValue(false);
        const push = (id: string) => ({ request: pushRequest(access(`https://jenkins.example.com/${id}/`, { id })) });
        vi.mocked(deployedPushes).mockResolvedValue([push("team-a"), push("team-a"), push("team-b")]);
        expect(await inventoryCommand([], ["--stack", "prod"], {})).toBe(0);
        expect(asked()).toEqual([
            ["team-a", "https://jenkins.example.com/team-a/"],
            ["team-b", "https://jenkins.example.com/team-b/"],
        ]);
    });

    it("shows the others and ends with 2 where a controller cannot be asked", async () => {
        vi.mocked(hasSettings).mockReturnValue(false);
        const push = (id: string) => ({ request: pushRequest(access(`https://jenkins.example.com/${id}/`, { id })) });
        vi.mocked(deployedPushes).mockResolvedValue([push("team-a"), push("team-b")]);
        vi.mocked(readInventory).mockRejectedValueOnce(new Error("the connection was refused"));
        expect(await inventoryCommand([], ["--stack", "prod"], {})).toBe(2);
        expect(printed).toContain("1 controller not reachable");
    });

    it("names a fleet file that is not written, as EC2 could replace no agent", async () => {
        vi.mocked(hasSettings).mockReturnValue(false);
        vi.mocked(deployedPushes).mockResolvedValue([]);
        await inventoryCommand(["--write", "fleets/none-of-these.yaml"], ["--stack", "prod"], {});
        expect(printed).toContain("fleets/none-of-these.yaml is not written");
    });

    it.each([
        ["neither a file nor a stack", [], [], "inventory needs --controllers FILE, or --stack NAME"],
        ["too many days", ["--days", "57"], [], '--days is "57"; it must be a whole number from 1 to 56'],
        ["a fleet file elsewhere", ["--write", "/tmp/x.yaml"], [], '--write is "/tmp/x.yaml"'],
    ])("refuses %s, and asks nobody", async (_, args, stackArguments, message) => {
        await expect(inventoryCommand(args, stackArguments, {})).rejects.toThrow(message);
        expect(readInventory).not.toHaveBeenCalled();
    });
});
