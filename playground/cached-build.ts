import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Report } from "./progress";

/** Something of the playground that is obtained once per machine and kept outside the clone. */
export interface CachedBuild {
    /** Folder name below the cache, for example `controller`. */
    name: string;
    /** Tells one content from another: versions, or a hash of the sources. */
    key: string;
    report: Report;
    /** Fills an empty folder. The folder is renamed afterwards: nothing in it may depend on its own path. */
    build(folder: string): Promise<void>;
    /** Throws where a finished folder cannot be used; it is then built anew. */
    verify?(folder: string): Promise<void>;
}

/** Written last, with the size of every file: what was cut off or damaged is not taken for whole. */
const manifestName = ".complete.json";

/**
 * The folder of the cache: `$PLAYGROUND_CACHE`, else `$XDG_CACHE_HOME`, else `~/.cache`, and in it `jenkins-ec2-agents`.
 * Environment variables that are empty count as not set.
 */
export function cacheFolder(): string {
    const parent = process.env.PLAYGROUND_CACHE || process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
    return join(parent, "jenkins-ec2-agents");
}

/** The folder of a build, made if the cache does not have it. Any number of processes may ask at once: one builds. */
export async function cachedBuild(build: CachedBuild): Promise<string> {
    const parent = join(cacheFolder(), build.name);
    const folder = join(parent, build.key);
    if (await isUsable(folder, build)) return folder;
    mkdirSync(parent, { recursive: true });
    const unlock = await lock(`${folder}.lock`, build.report);
    try {
        if (!(await isUsable(folder, build))) await buildInto(folder, build);
        return folder;
    } finally {
        unlock();
    }
}

async function isUsable(folder: string, build: CachedBuild): Promise<boolean> {
    try {
        const expected = readFileSync(join(folder, manifestName), "utf8");
        if (expected !== manifest(folder)) return false;
        await build.verify?.(folder);
        return true;
    } catch {
        return false;
    }
}

async function buildInto(folder: string, build: CachedBuild): Promise<void> {
    const unfinished = `${folder}.${process.pid}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    try {
        await build.build(unfinished);
        writeFileSync(join(unfinished, manifestName), manifest(unfinished));
        await build.verify?.(unfinished);
        rmSync(folder, { recursive: true, force: true });
        renameSync(unfinished, folder);
    } finally {
        rmSync(unfinished, { recursive: true, force: true });
    }
}

/** Sizes of all files by path. Python's own caches come and go as programs run: they do not count. */
function manifest(folder: string): string {
    const sizes = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== manifestName && !entry.name.endsWith(".pyc"))
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => `${relative(folder, path)} ${statSync(path).size}`);
    return JSON.stringify(sizes.sort(), null, 1);
}

/** Waits until nobody else holds the lock, then holds it. The lock of a process that is gone is taken over. */
async function lock(path: string, report: Report): Promise<() => void> {
    for (let said = false; ;) {
        try {
            writeFileSync(path, String(process.pid), { flag: "wx" });
            return () => rmSync(path, { force: true });
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        }
        const holder = holderOf(path);
        if (holder !== undefined && !isAlive(holder)) {
            // Two that do this at once may both go on and build: the last rename wins, and both results are whole.
            rmSync(path, { force: true });
            continue;
        }
        if (!said) report(`another process (${holder ?? "unknown"}) is building it: waiting`);
        said = true;
        await sleep(200);
    }
}

/** The process in a lock file; undefined while it is being written or removed. */
function holderOf(path: string): number | undefined {
    try {
        return Number(readFileSync(path, "utf8")) || undefined;
    } catch {
        return undefined;
    }
}

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}
