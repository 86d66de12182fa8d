import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CommandError, run } from "../../../playground/engine/run";

let folder: string;
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "run-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const shell = (script: string, options = {}) => run("/bin/sh", ["-c", script], options);

test("a command's standard output is returned, and each line of both outputs is handed on", async () => {
    const lines: string[] = [];
    expect(await shell("echo out; echo err >&2", { onLine: (line: string) => lines.push(line) })).toBe("out\n");
    expect(lines.sort()).toEqual(["err", "out"]);
});

test("a command that fails is an error with the code and what it printed", async () => {
    const failure = await shell("echo no such host >&2; exit 3").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CommandError);
    expect((failure as CommandError).message).toMatch(/ended with 3\n {2}no such host$/);
    expect((failure as CommandError).lastLines).toEqual(["no such host"]);
});

test("a command that is not there is an error", async () => {
    await expect(run(join(folder, "nothing"), [])).rejects.toThrow("ENOENT");
});

test("at the limit, the command and what it started are ended", async () => {
    // The run is over when its output is closed, which the second process would keep open for ten minutes.
    await expect(shell("sleep 600 & sleep 600", { seconds: 0.2 })).rejects.toThrow("gave no answer within 0.2 s");
});
