import { writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { planCommand, PlanExit } from "../../../cli/plan";
import { pulumi } from "../../../cli/pulumi";
import { planFileVariable } from "../../../jenkins/preview/planFile";
import { sampleFleet } from "./status/sample";

vi.mock("../../../cli/pulumi");

let printed = "";

beforeEach(() => {
    printed = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
        printed += String(text);
        return true;
    });
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => vi.resetAllMocks());

/** A preview that ends with `code` and writes what it found, if it came to that. */
const preview = (code: number, found?: object) =>
    vi.mocked(pulumi).mockImplementation((_args, environment) => {
        if (found !== undefined) writeFileSync(environment![planFileVariable]!, JSON.stringify(found));
        return Promise.resolve({ code, stdout: "what Pulumi says", stderr: "" });
    });

const plans = () => sampleFleet().controllers.flatMap(({ clouds }) => clouds.flatMap(({ plan }) => plan ?? []));
const same = () => ({ ...plans().find(({ controller }) => controller === "team-a")!, differences: [] });
const different = () => plans().find(({ controller }) => controller === "team-b")!;

describe("plan", () => {
    it("ends with 0 where nothing differs, and hands on what is for Pulumi", async () => {
        preview(0, { one: { plan: same() } });
        expect(await planCommand([], ["--stack", "prod"])).toBe(PlanExit.Same);
        expect(vi.mocked(pulumi).mock.calls[0]![0]).toEqual(["preview", "--non-interactive", "--stack", "prod"]);
        expect(printed).toContain("team-a");
    });

    it("ends with 2 where something differs, and shows what", async () => {
        preview(0, { one: { plan: same() }, other: { plan: different() } });
        expect(await planCommand([], [])).toBe(PlanExit.Differences);
        expect(printed).toContain("labelString: android gradle beta -> android gradle");
    });

    it("ends with 1 where a controller could not be asked, and shows the others all the same", async () => {
        preview(0, { one: { problem: "controller lab: down" }, other: { plan: different() } });
        expect(await planCommand(["--json"], [])).toBe(PlanExit.Error);
        expect(JSON.parse(printed)).toMatchObject({
            summary: { pushes: 2, same: 0, different: 1, unanswered: 1 },
            errors: [{ message: "controller lab: down" }],
            changes: [{ controller: "team-b" }, { controller: "team-b" }],
        });
    });

    it("ends with 1 and Pulumi's own words where the preview fails, before or after Jenkins was asked", async () => {
        preview(255);
        expect(await planCommand([], [])).toBe(PlanExit.Error);
        preview(255, { one: { plan: same() } });
        expect(await planCommand([], [])).toBe(PlanExit.Error);
        expect(vi.mocked(process.stderr.write).mock.calls.map(([text]) => text)).toEqual([
            "what Pulumi says",
            "what Pulumi says",
        ]);
    });
});
