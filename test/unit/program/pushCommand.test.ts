import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

let home: string;
const plugins = () => join(home, "plugins");

beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "pulumi-home-"));
    vi.stubEnv("PULUMI_HOME", home);
    vi.resetModules();
});
afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true });
});

/** A plugin whose push prints its own name and what it is asked for. */
function makePlugin(name: string): string {
    const folder = join(plugins(), name);
    mkdirSync(join(folder, "build"), { recursive: true });
    writeFileSync(join(folder, "build", "push.cjs"), `console.log("${name}", process.argv.at(-1))`);
    return folder;
}

const load = () => import("../../../jenkins/pushCommand");
const runInShell = (text: string) => execFileSync("/bin/sh", ["-c", text], { encoding: "utf8" }).trim();

describe("the command of a push", () => {
    it("finds the package by its name in a program of Node", async () => {
        const { pushCommand } = await load();
        expect(pushCommand("remove")).toBe(`node -e "require('jenkins-ec2-agents/push')" remove`);
    });

    it("finds the newest downloaded plugin, and its text names neither a version nor a folder", async () => {
        const name = "resource-https_github.com_example_jenkins-ec2-agents.git";
        const folder = makePlugin(`${name}-v0.9.0`);
        makePlugin("resource-aws-v7.48.0");
        for (const file of ["v0.9.0.lastused", "v0.9.0.lock", "v0.11.0.partial"])
            writeFileSync(join(plugins(), `${name}-${file}`), "");
        const { pushCommand, runPushesFrom } = await load();
        runPushesFrom(folder);
        const text = pushCommand("apply");
        expect(runInShell(text)).toBe(`${name}-v0.9.0 apply`);
        makePlugin(`${name}-v0.10.0`);
        expect(runInShell(text)).toBe(`${name}-v0.10.0 apply`);
        expect(text).not.toMatch(/0\.9\.0|pulumi-home/);
    });

    it("finds a plugin in another folder by its path from the project's folder", async () => {
        const folder = makePlugin("own");
        vi.stubEnv("PULUMI_HOME", join(home, "other"));
        const { pushCommand, runPushesFrom } = await load();
        runPushesFrom(folder);
        expect(pushCommand("remove")).toContain(`'./${relative(process.cwd(), folder)}/build/push.cjs'`);
        expect(runInShell(pushCommand("remove"))).toBe("own remove");
    });
});
