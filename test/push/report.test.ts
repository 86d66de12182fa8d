import { expect, test } from "vitest";
import { withinLineLimit } from "../../jenkins/push/logLine";

test("a line of ordinary length is shown as it is", () => {
    expect(withinLineLimit("one\ntwo")).toBe("one\ntwo");
});

test("a line that the command provider could not log is cut below 64 KiB, and the rest is counted", () => {
    const [first, second] = withinLineLimit(`${"x".repeat(100_000)}\nshort`).split("\n");
    expect(first).toBe(`${"x".repeat(60_000)}… (40000 bytes more)`);
    expect(second).toBe("short");
});

test("the cut halves no character", () => {
    const line = withinLineLimit(`x${"😀".repeat(20_000)}`);
    expect(Buffer.byteLength(line)).toBeLessThan(65_536);
    expect(line).toMatch(/^x😀+… \(20004 bytes more\)$/u);
});
