import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { cachedBuild } from "../cached-build";
import type { Report } from "../progress";

const sources = join(__dirname, "src");
const project = join(__dirname, "pom.xml");

/** The stand-in controller, built: the jar and its libraries. */
export interface ControllerProgram {
    folder: string;
    /** For `java -cp`. */
    classPath: string;
}

/**
 * Obtains the stand-in controller: compiled by Maven, its libraries from the registry that Maven is set up with. Cached by
 * a hash of the sources; nothing is written into the clone. Cold about a minute, else at once.
 */
export async function obtainController(report: Report): Promise<ControllerProgram> {
    const folder = await cachedBuild({
        name: "controller",
        key: hashOfSources(),
        report,
        build: (into) => build(into, report),
    });
    return { folder, classPath: [join(folder, "controller.jar"), join(folder, "lib", "*")].join(":") };
}

function hashOfSources(): string {
    const hash = createHash("sha256").update(readFileSync(project));
    const files = readdirSync(sources, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort();
    for (const file of files) hash.update(relative(sources, file)).update("\0").update(readFileSync(file));
    return hash.digest("hex").slice(0, 16);
}

async function build(into: string, report: Report): Promise<void> {
    const scratch = mkdtempSync(join(tmpdir(), "controller-build-"));
    try {
        cpSync(sources, join(scratch, "src"), { recursive: true });
        cpSync(project, join(scratch, "pom.xml"));
        report("compiling with Maven");
        await maven(scratch, report);
        cpSync(join(scratch, "target", "controller.jar"), join(into, "controller.jar"));
        cpSync(join(scratch, "target", "lib"), join(into, "lib"), { recursive: true });
    } finally {
        rmSync(scratch, { recursive: true, force: true });
    }
}

/** Runs `mvn package`; without the network first, as everything may be on the machine already. */
async function maven(folder: string, report: Report): Promise<void> {
    const offline = await run(folder, ["--offline"], () => undefined);
    if (offline.ok) return;
    rmSync(join(folder, "target"), { recursive: true, force: true });
    let downloaded = 0;
    let lastReport = Date.now();
    const online = await run(folder, [], (line) => {
        if (!line.includes("Downloaded from")) return;
        downloaded++;
        if (Date.now() - lastReport < 3000) return;
        lastReport = Date.now();
        report(`${downloaded} files downloaded`);
    });
    if (!online.ok) throw new Error(`The stand-in controller could not be built by Maven:\n${online.errors}`);
}

interface MavenResult {
    ok: boolean;
    /** What Maven said is wrong. */
    errors: string;
}

function run(folder: string, flags: string[], onLine: (line: string) => void): Promise<MavenResult> {
    return new Promise((resolve, reject) => {
        const child = spawn("mvn", ["--batch-mode", "-Dstyle.color=never", ...flags, "package"], {
            cwd: folder,
            stdio: ["ignore", "pipe", "ignore"],
        });
        const errors: string[] = [];
        let rest = "";
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
            const lines = (rest + text).split("\n");
            rest = lines.pop() ?? "";
            for (const line of lines) {
                if (line.startsWith("[ERROR]")) errors.push(line);
                onLine(line);
            }
        });
        child.once("error", (problem) =>
            reject(new Error(`mvn does not run (${problem.message}); Maven 3.6+ is needed`)),
        );
        child.once("close", (code) => resolve({ ok: code === 0, errors: errors.slice(0, 20).join("\n") }));
    });
}
