import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const start = (args: string[], PATH: string) =>
    spawnSync(process.execPath, [join(__dirname, "..", "..", "..", "playground", "start.mjs"), ...args], {
        encoding: "utf8",
        env: { PATH },
    });

test("names everything that is missing, with the command that installs it, and does nothing", () => {
    const nothing = mkdtempSync(join(tmpdir(), "empty-path-"));
    const { status, stdout, stderr } = start(["demo"], nothing);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr.split("\n").filter((line) => line.includes("found: none"))).toEqual([
        expect.stringContaining("Java (JDK) 17+"),
        expect.stringContaining("Maven 3.6+"),
        expect.stringContaining("Python 3.10+"),
    ]);
    expect(stderr).toContain("apt-get install openjdk-17-jdk-headless");
});

test("refuses a command that it does not have", () => {
    const { status, stderr } = start(["dmeo"], process.env.PATH!);
    expect(status).toBe(1);
    expect(stderr).toContain("Unknown command 'dmeo'. Allowed: demo, test, bench, reliability.");
});
