import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cachedBuild, cacheFolder, type CachedBuild } from "../../../playground/cached-build";

let cache: string;

beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), "cache-"));
    vi.stubEnv("PLAYGROUND_CACHE", cache);
});

afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(cache, { recursive: true, force: true });
});

/** A build that writes one file, and how often it ran. */
function counted(more: Partial<CachedBuild> = {}) {
    const build = vi.fn(async (folder: string) => writeFileSync(join(folder, "result"), "whole"));
    const said: string[] = [];
    return {
        build,
        said,
        options: { name: "part", key: "1", report: (line: string) => said.push(line), build, ...more },
    };
}

test("the cache is where PLAYGROUND_CACHE says, then XDG_CACHE_HOME", () => {
    expect(cacheFolder()).toBe(join(cache, "jenkins-ec2-agents"));
    vi.stubEnv("PLAYGROUND_CACHE", "");
    vi.stubEnv("XDG_CACHE_HOME", "/elsewhere");
    expect(cacheFolder()).toBe("/elsewhere/jenkins-ec2-agents");
});

test("a part is built once, and again for another key", async () => {
    const { build, options } = counted();
    const folder = await cachedBuild(options);
    expect(readFileSync(join(folder, "result"), "utf8")).toBe("whole");
    expect(await cachedBuild(options)).toBe(folder);
    expect(build).toHaveBeenCalledTimes(1);
    expect(await cachedBuild({ ...options, key: "2" })).not.toBe(folder);
    expect(build).toHaveBeenCalledTimes(2);
});

test("several that ask at once get one build", async () => {
    const { build, said, options } = counted();
    const folders = await Promise.all([cachedBuild(options), cachedBuild(options), cachedBuild(options)]);
    expect(new Set(folders).size).toBe(1);
    expect(build).toHaveBeenCalledTimes(1);
    expect(said).toContainEqual(expect.stringContaining("is building it: waiting"));
});

test("a failing build leaves nothing behind, and the next one starts anew", async () => {
    const { options } = counted();
    const failing = { ...options, build: async () => Promise.reject(new Error("no network")) };
    await expect(cachedBuild(failing)).rejects.toThrow("no network");
    expect(readdirSync(join(cacheFolder(), "part"))).toEqual([]);
    expect(existsSync(await cachedBuild(options))).toBe(true);
});

test("a result that was cut off is built anew", async () => {
    const { build, options } = counted();
    const folder = await cachedBuild(options);
    writeFileSync(join(folder, "result"), "who");
    await cachedBuild(options);
    expect(build).toHaveBeenCalledTimes(2);
    expect(readFileSync(join(folder, "result"), "utf8")).toBe("whole");
});

test("a result that does not work is built anew", async () => {
    const { build, options } = counted();
    await cachedBuild(options);
    const broken = vi.fn().mockRejectedValueOnce(new Error("broken")).mockRejectedValueOnce(new Error("broken"));
    await cachedBuild({ ...options, verify: broken });
    expect(build).toHaveBeenCalledTimes(2);
});

test("the lock of a process that is gone is taken over", async () => {
    const { build, options } = counted();
    mkdirSync(join(cacheFolder(), "part"), { recursive: true });
    // No process has this number: it is above what Linux and macOS give.
    writeFileSync(join(cacheFolder(), "part", "1.lock"), "99999999");
    await cachedBuild(options);
    expect(build).toHaveBeenCalledTimes(1);
});
