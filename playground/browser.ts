import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { cachedBuild } from "./cached-build";
import type { Report } from "./progress";

const run = promisify(execFile);
const PACKAGE = "chromium-headless-shell";
/** What a machine may have already. Ubuntu's `chromium` is none: it installs a snap. */
const NAMES = [PACKAGE, "chromium", "google-chrome", "google-chrome-stable"];

/** A browser without a window, and what is in its environment besides. */
export interface Browser {
    command: string;
    environment: Record<string, string>;
}

/**
 * The browser of this machine, or Debian's: its packages, and what of their dependencies is not installed, are unpacked into the
 * playground's cache; nothing is installed.
 *
 * @throws with the reason where neither can be had
 */
export async function obtainBrowser(report: Report): Promise<Browser> {
    const command = NAMES.find((name) => spawnSync(name, ["--version"]).status === 0);
    if (command !== undefined) return { command, environment: {} };
    const version = spawnSync("apt-cache", ["show", "--no-all-versions", PACKAGE], { encoding: "utf8" });
    const key = /^Version: (.+)$/m.exec(version.stdout ?? "")?.[1]?.replace(/[^\w.-]/g, "_");
    if (key === undefined) throw new Error(`none of ${NAMES.join(", ")} is on the PATH, and apt has no ${PACKAGE}`);
    const folder = await cachedBuild({ name: "chromium", key, report, build: unpack });
    const libraries = join(folder, "usr", "lib");
    const paths = readdirSync(libraries)
        .filter((name) => name.endsWith("-linux-gnu"))
        .flatMap((name) => [join(libraries, name), join(libraries, name, "pulseaudio")]);
    return {
        command: join(libraries, "chromium", PACKAGE),
        environment: { LD_LIBRARY_PATH: paths.join(":") },
    };
}

async function unpack(folder: string): Promise<void> {
    const archives = join(folder, "archives");
    mkdirSync(join(archives, "partial"), { recursive: true });
    const options = [`Dir::Cache::archives=${archives}`, "Debug::NoLocking=1"].flatMap((option) => ["-o", option]);
    await run("apt-get", ["-y", "--no-install-recommends", ...options, "install", "--download-only", PACKAGE]);
    const packages = readdirSync(archives).filter((name) => name.endsWith(".deb"));
    for (const each of packages) await run("dpkg-deb", ["-x", join(archives, each), folder]);
    rmSync(archives, { recursive: true });
    if (!existsSync(join(folder, "usr", "lib", "chromium", PACKAGE))) throw new Error(`${PACKAGE} has no such program`);
}

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"];

/** The document of a page after all of it was loaded and its scripts ran, as HTML. */
export async function documentOf({ command, environment }: Browser, page: string): Promise<string> {
    const { stdout } = await run(command, [...FLAGS, "--dump-dom", `file://${page}`], options(environment));
    return stdout;
}

/** A picture (PNG) of a page in a window of that size. */
export async function picture(browser: Browser, page: string, file: string, [width, height]: [number, number]) {
    const flags = [...FLAGS, `--window-size=${width},${height}`, `--screenshot=${file}`];
    await run(browser.command, [...flags, `file://${page}`], options(browser.environment));
}

const options = (environment: Record<string, string>) => ({
    env: { ...process.env, ...environment },
    maxBuffer: 64 * 1024 * 1024,
});
