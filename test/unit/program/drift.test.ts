import { afterEach, describe, expect, it, vi } from "vitest";
import { driftMark } from "../../../jenkins/preview/diff";
import type { CloudDiff } from "../../../jenkins/preview/planFile";
import type { Difference } from "../../../jenkins/push/difference";
import { resolved } from "../settings/support";

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
            plugin: "2059.v05f9d511d7e5",
            exists: true,
            foreign: [],
            templates: ["linux"],
            differences: Array<Difference>(differences).fill(difference),
            notes: [],
        },
    };
}

afterEach(() => void vi.useRealTimers());

describe("the mark of an edit in Jenkins", () => {
    it("is there with watch: heal, for a controller that differs", () => {
        vi.useFakeTimers({ now: Date.UTC(2026, 0, 2, 3, 4, 5) });
        expect(driftMark(diff(2), watching("heal"))).toBe("2026-01-02T03:04:05.000Z: 2 differences");
    });

    it("is another one each time, as the same edit may come again", () => {
        vi.useFakeTimers({ now: 0 });
        const first = driftMark(diff(1), watching("heal"));
        vi.setSystemTime(1_000);
        expect(driftMark(diff(1), watching("heal"))).not.toBe(first);
    });

    it("is absent where nothing differs, where nobody could look, and where nothing is to be put back", () => {
        expect(driftMark(diff(0), watching("heal"))).toBeUndefined();
        expect(driftMark({ problem: "the controller is down" }, watching("heal"))).toBeUndefined();
        expect(driftMark(undefined, watching("heal"))).toBeUndefined();
        expect(driftMark(diff(1), watching("report"))).toBeUndefined();
        expect(driftMark(diff(1), watching("off"))).toBeUndefined();
    });
});
