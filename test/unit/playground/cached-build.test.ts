import {
    appendFileSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    utimesSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { cachedBuild, cacheFolder, isBuilt, type CachedBuild } from "../../../playground/cached-build";

let root: string;
let built: number;
let lines: string[];

beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "cache-"));
    vi.stubEnv("PLAYGROUND_CACHE", root);
    built = 0;
    lines = [];
});
afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true });
});

const build = (changes: Partial<CachedBuild> = {}): CachedBuild => ({
    name: "part",
    key: "1",
    report: (line) => lines.push(line),
    build: async (folder) => {
        built++;
        writeFileSync(join(folder, "program"), "echo hello");
        writeFileSync(join(folder, "data"), "something");
    },
    seal: ["program"],
    ...changes,
});

/** What lies beside the builds: anything is a leftover. */
const leftovers = () => readdirSync(join(cacheFolder(), "part")).filter((name) => name !== "1" && name !== "2");

describe("a build", () => {
    test("is made once and kept", async () => {
        expect(isBuilt(build())).toBe(false);
        const folder = await cachedBuild(build());
        expect(await cachedBuild(build())).toBe(folder);
        expect(readFileSync(join(folder, "program"), "utf8")).toBe("echo hello");
        expect([built, isBuilt(build()), lines, leftovers()]).toEqual([1, true, [], []]);
    });

    test("of another key is another one", async () => {
        await cachedBuild(build());
        await cachedBuild(build({ key: "2" }));
        expect(built).toBe(2);
    });

    test("that fails leaves nothing, and the next one is made", async () => {
        const failing = build({
            build: async (folder) => {
                writeFileSync(join(folder, "program"), "half");
                throw new Error("the compiler stopped");
            },
        });
        await expect(cachedBuild(failing)).rejects.toThrow("the compiler stopped");
        expect([isBuilt(build()), leftovers()]).toEqual([false, []]);
        await cachedBuild(build());
        expect(built).toBe(1);
    });

    test("that does not work is not kept", async () => {
        const useless = build({
            verify: async () => {
                throw new Error("it says that it is another version");
            },
        });
        await expect(cachedBuild(useless)).rejects.toThrow("it says that it is another version");
        expect(isBuilt(build())).toBe(false);
    });

    test("asked for several times at once is made once; those who wait say so", async () => {
        const slow = build({
            build: async (folder) => {
                built++;
                writeFileSync(join(folder, "program"), "echo hello");
                await sleep(50);
            },
        });
        const folders = await Promise.all([cachedBuild(slow), cachedBuild(slow), cachedBuild(slow)]);
        expect([new Set(folders).size, built]).toEqual([1, 1]);
        expect(lines).toEqual(Array<string>(2).fill("another process is at it: waiting for that"));
    });
});

describe("a build that is damaged is made again, and the reason is said", () => {
    const damaged = async (damage: (folder: string) => void, reason: string, changes: Partial<CachedBuild> = {}) => {
        const folder = await cachedBuild(build(changes));
        damage(folder);
        await cachedBuild(build(changes));
        expect(built).toBe(2);
        expect(lines).toEqual([`damaged, so it is made again: ${reason}`]);
        expect(readFileSync(join(folder, "program"), "utf8")).toBe("echo hello");
    };

    test("a file is gone", () => damaged((folder) => rmSync(join(folder, "data")), "data changed"));
    test("a file has another size", () =>
        damaged((folder) => appendFileSync(join(folder, "data"), "!"), "data changed"));
    test("a sealed file has other content of the same size", () =>
        damaged((folder) => writeFileSync(join(folder, "program"), "echo HELLO"), "program changed"));
    test("the mark of completeness is gone", () =>
        damaged((folder) => rmSync(join(folder, ".sealed.json")), "unfinished"));
    test("the list of files cannot be read", async () => {
        const folder = await cachedBuild(build());
        writeFileSync(join(folder, ".sealed.json"), "{");
        await cachedBuild(build());
        expect([built, lines.length]).toEqual([2, 1]);
    });

    test("it does not work any more", async () => {
        let works = true;
        const verify = async () => {
            if (!works && built === 1) throw new Error("it does not start");
        };
        await cachedBuild(build({ verify }));
        works = false;
        await cachedBuild(build({ verify }));
        expect([built, lines]).toEqual([2, ["damaged, so it is made again: it does not start"]]);
    });

    test("but files that were added since are no damage", async () => {
        const folder = await cachedBuild(build());
        writeFileSync(join(folder, "state-of-the-program"), "1");
        await cachedBuild(build());
        expect(built).toBe(1);
    });
});

describe("after an owner was killed in the middle of a build", () => {
    test("its lock is taken over and what it left is removed", async () => {
        const folder = join(cacheFolder(), "part", "1");
        mkdirSync(`${folder}.unfinished-4711`, { recursive: true });
        mkdirSync(`${folder}.lock`);
        const aMinuteAgo = new Date(Date.now() - 60_000);
        utimesSync(`${folder}.lock`, aMinuteAgo, aMinuteAgo);
        await cachedBuild(build());
        expect([built, existsSync(`${folder}.lock`), leftovers()]).toEqual([1, false, []]);
    });
});

describe("the folder of the cache", () => {
    test.each([
        [{ PLAYGROUND_CACHE: "/p", XDG_CACHE_HOME: "/x" }, "/p/jenkins-ec2-agents"],
        [{ XDG_CACHE_HOME: "/x" }, "/x/jenkins-ec2-agents"],
        [{ PLAYGROUND_CACHE: "", XDG_CACHE_HOME: "/x" }, "/x/jenkins-ec2-agents"],
    ])("of %o is %s", (environment, folder) => expect(cacheFolder(environment)).toBe(folder));
});
