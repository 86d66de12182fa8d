import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Cloud } from "../../../jenkins/cloud";
import type { PushResult } from "../../../jenkins/push/request";
import type { PlannedPush } from "../../../jenkins/requests";
import { summarize } from "../../../jenkins/summary";
import type { StackSettings } from "../../../settings";
import { runProgram } from "../pulumi-mocks";
import { stubbedOutput } from "./stubbedOutput";

const push = (controller: string, cloud: string) =>
    ({ controller: { id: controller }, cloud: { name: cloud } }) as PlannedPush;

const ended = (result: () => Promise<Partial<PushResult>>) => ({ result: stubbedOutput(result) }) as unknown as Cloud;
const done = (templates: string[]) => ended(async () => ({ templates, plugin: "2059" }));
const failed = () => ended(() => Promise.reject(new Error("the controller is down")));

const pushed = () => Promise.resolve(false);

const rollout = (...canary: string[]) => ({ rollout: { canary } }) as unknown as StackSettings;

let said: string[];
beforeEach(async () => {
    await runProgram(() => undefined);
    said = [];
    vi.spyOn(pulumi.log, "info").mockImplementation(async (text) => void said.push(text));
});
afterEach(() => vi.restoreAllMocks());

describe("the table at the end of up", () => {
    it("says of every push how it went, once all have ended", async () => {
        summarize(
            [push("team-a", "agents"), push("the-other-team", "agents")],
            [done(["linux", "windows"]), failed()],
            rollout(),
            pushed,
        );
        await vi.waitFor(() => expect(said).toHaveLength(1));
        expect(said[0]!.split("\n")).toEqual([
            "controller      cloud   result",
            "team-a          agents  in place  2 templates         ec2 2059",
            "the-other-team  agents  FAILED    the error says why  the next up tries again",
        ]);
    });

    it("tells those that a failed canary kept from being touched", async () => {
        summarize(
            [push("team-a", "agents"), push("team-b", "agents")],
            [failed(), failed()],
            rollout("team-b"),
            pushed,
        );
        await vi.waitFor(() => expect(said).toHaveLength(1));
        expect(said[0]!.split("\n").slice(1)).toEqual([
            "team-a      agents  not touched  a canary failed     the next up begins again",
            "team-b      agents  FAILED       the error says why  the next up tries again",
        ]);
    });

    it("is left out where there is one push, which says the same by itself", async () => {
        summarize([push("team-a", "agents")], [done([])], rollout(), pushed);
        await new Promise((resolve) => setImmediate(resolve));
        expect(said).toEqual([]);
    });

    it("does not call in place what differs and was not pushed, of one push as well", async () => {
        summarize([push("team-a", "agents")], [done(["linux"])], rollout(), () => Promise.resolve(true));
        await vi.waitFor(() => expect(said).toHaveLength(1));
        expect(said[0]!.split("\n")[1]).toBe(
            "team-a      agents  differs, not pushed  watch: report  an up with watch: heal pushes it",
        );
    });
});
