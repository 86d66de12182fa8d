import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { orphansCommand, OrphansExit } from "../../../../cli/orphans";
import { statusCommand, StatusExit } from "../../../../cli/status";
import { askAll, readStack, type Asked } from "../../../../cli/status/ask";
import { endInstances } from "../../../../cli/status/instances";
import { reportOf } from "../reportOf";
import { controller, instance, sampleFleet } from "./sample";
import { newestRelease } from "../../../../settings/plugin/releases";

vi.mock(import("../../../../cli/status/ask"), async (original) => ({
    ...(await original()),
    askAll: vi.fn(),
    readStack: vi.fn(),
}));
vi.mock("../../../../cli/status/instances");

let printed = "";

beforeEach(() => {
    printed = "";
    vi.mocked(readStack).mockResolvedValue({ pushes: [], configuration: {}, problems: [] } as never);
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
        printed += String(text);
        return true;
    });
});
afterEach(() => vi.resetAllMocks());

/** A fleet whose one controller has no agent, and what EC2 has beside it; the ids say what kind of orphan each is. */
const fleet = (...ids: string[]): Asked => {
    const sample = sampleFleet();
    const stray = (id: string) =>
        instance(id, "m7i.large", id.includes("young") ? 3 : 90, { controller: "team-a", template: "linux" });
    return {
        ...sample,
        controllers: [
            controller("team-a", newestRelease.version, { linux: { type: "m7i.large", labels: "linux", cap: 2 } }),
        ],
        regions: [{ region: "eu-central-1", instances: ids.map(stray) }],
    };
};
/** What is found at the first look, and at each one after it. */
const looks = (first: Asked, then: Asked = first) =>
    vi.mocked(askAll).mockResolvedValueOnce(first).mockResolvedValue(then);
const ended = () => vi.mocked(endInstances).mock.calls.map(([region, ids]) => [region, ids]);

describe("orphans", () => {
    it("lists them and ends nothing", async () => {
        looks(fleet("i-old", "i-young"));
        expect(await orphansCommand(["--json"], [])).toBe(OrphansExit.Some);
        expect(reportOf("orphans", printed)).toMatchObject({
            changes: [],
            summary: { orphans: 2, ended: 0, kept: 1 },
            warnings: [{ message: expect.stringMatching(/^i-young is left alone: it may be an agent/) as string }],
            errors: [],
        });
        expect(ended()).toEqual([]);
    });

    it("says of each what would become of it", async () => {
        looks(fleet("i-old", "i-young"));
        await orphansCommand([], []);
        expect(printed).toMatch(/^2 instances that no controller knows, .* USD\/h\n/);
        expect(printed).toContain("\nprices: ");
        expect(printed).toMatch(/i-old.*may be ended\n/);
        expect(printed).toMatch(/i-young.*left alone: it may be an agent/);
    });

    it("finds none", async () => {
        looks(fleet());
        expect(await orphansCommand([], [])).toBe(OrphansExit.None);
        expect(printed).toBe("0 instances that no controller knows\n");
    });

    it("ends with --end --yes those that may be ended, and only those", async () => {
        looks(fleet("i-old", "i-young"));
        expect(await orphansCommand(["--end", "--yes"], [])).toBe(OrphansExit.Some);
        expect(ended()).toEqual([["eu-central-1", ["i-old"]]]);
        expect(printed).toMatch(/i-old.*ENDED\n/);
        expect(printed).toContain("1 instance ended\n");
    });

    it("leaves what the second look does not find as the first did, and says so", async () => {
        looks(fleet("i-old", "i-other"), fleet("i-other"));
        expect(await orphansCommand(["--end", "--yes", "--json"], [])).toBe(OrphansExit.Error);
        expect(ended()).toEqual([["eu-central-1", ["i-other"]]]);
        expect(reportOf("orphans", printed).errors).toEqual([
            { message: expect.stringContaining("i-old is left alone: the second look") as string },
        ]);
    });

    it("says what EC2 refused to end", async () => {
        looks(fleet("i-old"));
        vi.mocked(endInstances).mockRejectedValue(new Error("UnauthorizedOperation"));
        expect(await orphansCommand(["--end", "--yes"], [])).toBe(OrphansExit.Error);
        expect(printed).toContain("error: EC2 in eu-central-1 ended none of i-old: UnauthorizedOperation\n");
        expect(printed).not.toContain("ENDED");
    });

    it("ends nothing while a controller could not be asked, and names it", async () => {
        const sample = fleet("i-old");
        const down = { ...controller("team-b", newestRelease.version, {}), fleet: undefined, problem: "down" };
        looks({ ...sample, controllers: [...sample.controllers, down] });
        expect(await orphansCommand(["--end", "--yes"], [])).toBe(OrphansExit.Error);
        expect(ended()).toEqual([]);
        expect(printed).toContain("error: controllers.team-b: could not be asked: down\n");
    });

    it("counts those of a region that could not be asked as not known", async () => {
        looks({ ...fleet(), regions: [{ region: "eu-central-1", instances: [], problem: "no way there" }] });
        expect(await orphansCommand([], [])).toBe(OrphansExit.Error);
        expect(printed).toContain("error: EC2 in eu-central-1 could not be asked: no way there\n");
    });

    it("ends with an error where the settings, and with them the login to AWS, could not be read", async () => {
        const problems = ["The settings could not be read"];
        vi.mocked(readStack).mockResolvedValue({ pushes: [], configuration: {}, problems } as never);
        looks(fleet());
        expect(await orphansCommand([], [])).toBe(OrphansExit.Error);
        expect(printed).toContain("error: The settings could not be read");
    });

    it("does not end anything without a terminal to ask at", async () => {
        vi.spyOn(process, "stdin", "get").mockReturnValue({ isTTY: false } as typeof process.stdin);
        await expect(orphansCommand(["--end"], [])).rejects.toThrow("there is no terminal: say --yes as well");
        expect(vi.mocked(readStack)).not.toHaveBeenCalled();
    });
});

describe("status", () => {
    it("prints data that follow the schema, and tells a whole fleet by its exit code", async () => {
        looks(fleet());
        expect(await statusCommand(["--json"], [])).toBe(StatusExit.Whole);
        expect(reportOf("status", printed).summary).toMatchObject({ controllers: 1, unanswered: 0, orphans: 0 });
        printed = "";
        await statusCommand([], []);
        expect(printed).toMatch(/\nprices: .+, \d{4}-\d\d-\d\d\n$/);
    });

    it("ends with 2 where the settings or a cloud's difference could not be read", async () => {
        looks({ ...fleet(), problems: ["The settings could not be read"] });
        expect(await statusCommand([], [])).toBe(StatusExit.Parts);
        expect(printed).toContain("error: The settings could not be read");
        const [one] = fleet().controllers;
        const [cloud] = one!.clouds;
        looks({ ...fleet(), controllers: [{ ...one!, clouds: [{ push: cloud!.push, problem: "no answer" }] }] });
        expect(await statusCommand([], [])).toBe(StatusExit.Parts);
    });

    it("shows what there is where a controller could not be asked, and writes the page", async () => {
        const directory = mkdtempSync(join(tmpdir(), "status-"));
        try {
            looks(sampleFleet());
            const file = join(directory, "status.html");
            expect(await statusCommand(["--html", file], [])).toBe(StatusExit.Parts);
            expect(readFileSync(file, "utf8")).toMatch(/^<!doctype html>/i);
            expect(printed).toContain("team-a");
            expect(printed).toContain("could not be asked");
        } finally {
            rmSync(directory, { recursive: true });
        }
    });
});
