import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { duration, Progress } from "../../../playground/progress";

beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "setInterval", "clearInterval", "performance"] });
});
afterEach(() => {
    vi.useRealTimers();
});

test.each([
    [0.04, "0.0 s"],
    [9.4, "9.4 s"],
    [41.6, "42 s"],
    [59.7, "60 s"],
    [271.2, "4 min 31 s"],
])("%s seconds read as %s", (seconds, text) => expect(duration(seconds)).toBe(text));

test("a step that says nothing shows each 15 s that it lives, and its time at the end", async () => {
    const lines: string[] = [];
    const progress = new Progress((line) => lines.push(line));
    const step = progress.step("engine", () => new Promise<void>((done) => setTimeout(done, 31_000)));
    await vi.advanceTimersByTimeAsync(31_000);
    await step;
    expect(lines).toEqual(["  engine: still at it, 15 s", "  engine: still at it, 30 s", "✓ engine (31 s)"]);
    expect(progress.times).toEqual([{ name: "engine", seconds: 31 }]);
});

test("a step that fails says so, and the error goes on", async () => {
    const lines: string[] = [];
    const step = new Progress((line) => lines.push(line)).step("engine", () => Promise.reject(new Error("no Go")));
    await expect(step).rejects.toThrow("no Go");
    expect(lines).toEqual(["✗ engine (0.0 s)"]);
});
