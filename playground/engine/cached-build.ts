import { createHash } from "node:crypto";
import {
    createReadStream,
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { lock } from "proper-lockfile";
import type { Report } from "../progress";
import { cacheFolder } from "./cache";

/** Something that is made once per machine and kept in the cache. */
export interface CachedBuild {
    /** Folder of the cache that it belongs in, for example `moto`. */
    name: string;
    /** What it was made from: another key is another build. Fit for a file name. */
    key: string;
    report: Report;
    /** Makes it in an empty folder, which is moved to its place afterwards. */
    build(folder: string): Promise<void>;
    /** Throws when what lies in the folder does not work. Runs after a build and before each use. */
    verify(folder: string): Promise<void>;
    /** Files, relative to the folder, that must stay as they were built: compared by SHA-256 before each use. Default: none. */
    seal?: string[];
}

/** In a finished folder, and only there: the SHA-256 of each sealed file. */
const sealFile = ".sealed.json";

export const buildFolder = ({ name, key }: Pick<CachedBuild, "name" | "key">) => join(cacheFolder(), name, key);

/** Whether it was built; it may be damaged all the same. */
export const isBuilt = (build: Pick<CachedBuild, "name" | "key">) => existsSync(join(buildFolder(build), sealFile));

/**
 * The folder of the build: made if it is not there or does not work, by one process at a time. A build that is broken off leaves
 * nothing that a later one would take for finished.
 */
export async function cachedBuild(build: CachedBuild): Promise<string> {
    const folder = buildFolder(build);
    if ((await flaw(build, folder)) === undefined) return folder;
    mkdirSync(dirname(folder), { recursive: true });
    const unlock = await locked(folder, build.report);
    try {
        const found = await flaw(build, folder); // another process may have built it meanwhile
        if (found === undefined) return folder;
        if (found !== missing) build.report(`damaged, so it is made again: ${found}`);
        await make(build, folder);
        return folder;
    } finally {
        await unlock();
    }
}

async function make(build: CachedBuild, folder: string): Promise<void> {
    removeUnfinished(folder);
    const unfinished = `${folder}.unfinished-${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    try {
        await build.build(unfinished);
        await build.verify(unfinished);
        const sums = await checksums(unfinished, build.seal ?? []);
        writeFileSync(join(unfinished, sealFile), JSON.stringify(sums, null, 2));
        rmSync(folder, { recursive: true, force: true });
        renameSync(unfinished, folder);
    } finally {
        rmSync(unfinished, { recursive: true, force: true });
    }
}

/** What an owner that was killed left behind. Called with the lock held, so nobody is at work in it. */
function removeUnfinished(folder: string): void {
    for (const name of readdirSync(dirname(folder))) {
        if (name.startsWith(`${basename(folder)}.unfinished-`))
            rmSync(join(dirname(folder), name), { recursive: true });
    }
}

const missing = "not built yet";

/** What is wrong with the build; undefined when it is fine. */
async function flaw(build: CachedBuild, folder: string): Promise<string | undefined> {
    if (!existsSync(join(folder, sealFile))) return existsSync(folder) ? "unfinished" : missing;
    try {
        const sealed = JSON.parse(readFileSync(join(folder, sealFile), "utf8")) as Record<string, string>;
        const found = await checksums(folder, Object.keys(sealed));
        const changed = Object.keys(sealed).filter((file) => sealed[file] !== found[file]);
        if (changed.length > 0) return `${changed.join(", ")} changed`;
        await build.verify(folder);
        return undefined;
    } catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
}

async function checksums(folder: string, files: string[]): Promise<Record<string, string>> {
    const entries = files.map(async (file) => [file, await sha256(join(folder, file))] as const);
    return Object.fromEntries(await Promise.all(entries));
}

async function sha256(file: string): Promise<string> {
    const hash = createHash("sha256");
    await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
    return hash.digest("hex");
}

/** Seconds after which the lock of an owner that was killed is taken over. A living owner renews it each five. */
const staleSeconds = 30;

async function locked(folder: string, report: Report): Promise<() => Promise<void>> {
    for (let attempt = 0; ; attempt++) {
        try {
            return await lock(folder, {
                realpath: false,
                lockfilePath: `${folder}.lock`,
                stale: staleSeconds * 1000,
                update: 5000,
            });
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
            if (attempt === 0) report("another process is at it: waiting for that");
            await sleep(500);
        }
    }
}
