import { afterEach, describe, expect, it, vi } from "vitest";
import { driftMark } from "../../../jenkins/cloud";
import { healed } from "../../../jenkins/preview/diff";
import type { CloudDiff } from "../../../jenkins/preview/planFile";
import type { Difference } from "../../../jenkins/push/difference";
import { resolved } from "../settings/support";
import { newestRelease } from "../../../settings/plugin/releases";

const watching = (watch: string) => resolved((raw) => Object.assign(raw, { watch }));

function diff(differences: number): CloudDiff {
    const difference: Difference = {
        subject: "template",
        id: "linux",
        existed: true,
        wanted: true,
        path: ["numExecutors"],
        before: "2",
        after: "1",
    };
    return {
        plan: {
            controller: "team-a",
            cloud: "agents",
            jenkins: "2.528.1",
            plugin: newestRelease.version,
            exists: true,
            foreign: [],
            templates: ["linux"],
            differences: Array<Difference>(differences).fill(difference),
            notes: [],
        },
    };
}

afterEach(() => void vi.useRealTimers());

describe("an edit in Jenkins", () => {
    it("is named by its settings with watch: heal, once each", () => {
        expect(healed(diff(2), watching("heal"))).toEqual(["linux.numExecutors"]);
    });

    it("is nothing to put in order where nothing differs, where nobody could look, and where nothing is to be put back", () => {
        expect(healed(diff(0), watching("heal"))).toBeUndefined();
        expect(healed({ problem: "the controller is down" }, watching("heal"))).toBeUndefined();
        expect(healed(undefined, watching("heal"))).toBeUndefined();
        expect(healed(diff(1), watching("report"))).toBeUndefined();
        expect(healed(diff(1), watching("off"))).toBeUndefined();
    });
});

describe("the mark of an edit in Jenkins", () => {
    it("has the time and the names: the same edit may come again", () => {
        vi.useFakeTimers({ now: Date.UTC(2026, 0, 2, 3, 4, 5) });
        expect(driftMark(["linux.executors", "template old"])).toBe(
            "2026-01-02T03:04:05.000Z: linux.executors, template old",
        );
    });
});
