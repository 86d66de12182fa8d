import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Verdicts } from "../../../playground/engine/verdicts";

const hour = 3_600_000;
let folder: string;
let time: number;
const verdicts = () => new Verdicts(join(folder, "deep", "verdicts.json"), { now: () => time });

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "verdicts-"));
    time = 1_000_000;
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a failed attempt is remembered for a day, by every process", () => {
    verdicts().remember("pulumi@3.265.0", "no answer");
    time += 23 * hour;
    expect(verdicts().recall("pulumi@3.265.0")).toBe("no answer");
    time += 2 * hour;
    expect(verdicts().recall("pulumi@3.265.0")).toBeUndefined();
});

test("another attempt is another matter", () => {
    verdicts().remember("pulumi@3.265.0", "no answer");
    expect(verdicts().recall("pulumi@3.266.0")).toBeUndefined();
});

test("several are remembered side by side", () => {
    verdicts().remember("a", "refused");
    verdicts().remember("b", "too slow");
    expect([verdicts().recall("a"), verdicts().recall("b")]).toEqual(["refused", "too slow"]);
});

test("a damaged file counts as empty and is written anew", () => {
    writeFileSync(join(folder, "verdicts.json"), "{ cut off");
    const damaged = new Verdicts(join(folder, "verdicts.json"));
    expect(damaged.recall("a")).toBeUndefined();
    damaged.remember("a", "refused");
    expect(damaged.recall("a")).toBe("refused");
});
