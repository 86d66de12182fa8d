import { createHash } from "node:crypto";
import {
    createReadStream,
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { lock } from "proper-lockfile";
import type { Report } from "./progress";

/** Something that is made once per machine and kept outside the clone. */
export interface CachedBuild {
    /** Folder of the cache that it belongs in, for example `moto`. */
    name: string;
    /** What it was made from: another key is another build. Fit for a file name. */
    key: string;
    report: Report;
    /** Makes it in an empty folder. The folder is renamed afterwards: nothing in it may depend on its own path. */
    build(folder: string): Promise<void>;
    /** Throws when what lies in the folder does not work. Runs after a build and before each use. Default: files are compared only. */
    verify?(folder: string): Promise<void>;
    /** Files, relative to the folder, of which the SHA-256 is compared before each use, not just the size. Default: none. */
    seal?: string[];
}

/** What a file was when it was built. */
interface Sealed {
    bytes: number;
    sha256?: string;
}

/** Written last: a folder without it is unfinished. */
const sealName = ".sealed.json";

/**
 * The folder outside the clone where the playground keeps what it obtained: `jenkins-ec2-agents` in `PLAYGROUND_CACHE`, else in
 * `XDG_CACHE_HOME`, else in `~/.cache`. Clones share it; nothing in it is needed once it is removed. A variable that is empty
 * counts as not set.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
    const parent = environment.PLAYGROUND_CACHE || environment.XDG_CACHE_HOME || join(homedir(), ".cache");
    return join(parent, "jenkins-ec2-agents");
}

const buildFolder = ({ name, key }: Pick<CachedBuild, "name" | "key">) => join(cacheFolder(), name, key);

/** Whether it was built; it may be damaged all the same. */
export const isBuilt = (build: Pick<CachedBuild, "name" | "key">) => existsSync(join(buildFolder(build), sealName));

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
        await build.verify?.(unfinished);
        writeFileSync(join(unfinished, sealName), JSON.stringify(await sealOf(unfinished, build.seal ?? []), null, 1));
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
    if (!existsSync(join(folder, sealName))) return existsSync(folder) ? "unfinished" : missing;
    try {
        const sealed = JSON.parse(readFileSync(join(folder, sealName), "utf8")) as Record<string, Sealed>;
        const changed = await Promise.all(Object.entries(sealed).map(([file, as]) => differs(join(folder, file), as)));
        const names = Object.keys(sealed).filter((_, index) => changed[index]);
        if (names.length > 0) return `${names.slice(0, 3).join(", ")} changed`;
        await build.verify?.(folder);
        return undefined;
    } catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
}

/** Python's own caches come and go as programs run: they do not count. */
async function sealOf(folder: string, exact: string[]): Promise<Record<string, Sealed>> {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith(".pyc"))
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
    const entries = files.map(async (file): Promise<[string, Sealed]> => {
        const path = join(folder, file);
        return [file, { bytes: statSync(path).size, ...(exact.includes(file) ? { sha256: await sha256(path) } : {}) }];
    });
    return Object.fromEntries(await Promise.all(entries));
}

async function differs(path: string, sealed: Sealed): Promise<boolean> {
    if (!existsSync(path) || statSync(path).size !== sealed.bytes) return true;
    return sealed.sha256 !== undefined && (await sha256(path)) !== sealed.sha256;
}

async function sha256(file: string): Promise<string> {
    const hash = createHash("sha256");
    await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
    return hash.digest("hex");
}

/** Seconds after which the lock of an owner that was killed is taken over. A living owner renews it each five. */
const staleSeconds = 30;

async function locked(folder: string, report: Report): Promise<() => Promise<void>> {
    for (let said = false; ; said = true) {
        try {
            return await lock(folder, {
                realpath: false, // the folder is not there yet
                lockfilePath: `${folder}.lock`,
                stale: staleSeconds * 1000,
                update: 5000,
            });
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
            if (!said) report("another process is at it: waiting for that");
            await sleep(500);
        }
    }
}
