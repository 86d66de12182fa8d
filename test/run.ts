// `npm test`: obtains the real engine and the playground's parts, then runs every suite. It fails, and never skips, when a part
// could not be obtained.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { Progress } from "../playground/progress";
import { obtainParts, projectFolder } from "../playground/world";

const results = join(projectFolder, ".playground", "test-results.json");

interface Count {
    passed: number;
    failed: number;
}

/** Runs a package's command from the lock file; its output goes to the terminal. */
function runPackage(command: string, args: string[]): Promise<number> {
    return new Promise((resolve, reject) => {
        const child = spawn(join(projectFolder, "node_modules", ".bin", command), args, {
            cwd: projectFolder,
            stdio: ["ignore", "inherit", "inherit"],
        });
        child.once("error", reject);
        child.once("close", (code) => resolve(code ?? 1));
    });
}

async function check(progress: Progress, name: string, command: string, args: string[]): Promise<Count> {
    const code = await progress.step(name, () => runPackage(command, args));
    return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function suites(progress: Progress, filters: string[]): Promise<Count> {
    mkdirSync(dirname(results), { recursive: true });
    rmSync(results, { force: true });
    const code = await progress.step("suites", () =>
        runPackage("vitest", [
            "run",
            "--reporter=default",
            "--reporter=json",
            `--outputFile.json=${results}`,
            ...(filters.length === 0 ? ["--coverage"] : []), // a part of the suites covers a part of the program
            ...filters,
        ]),
    );
    const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(readFileSync(results, "utf8")) as {
        numPassedTests: number;
        numFailedTests: number;
    };
    // A file that could not be loaded, or an error outside of every test, fails the run without a failed test.
    return { passed, failed: failed === 0 && code !== 0 ? 1 : failed };
}

async function main(filters: string[]): Promise<void> {
    const progress = new Progress();
    const parts = await obtainParts(progress);
    console.error(`  engine: ${parts.engine.reason}\n  engine: ${parts.engine.provider}`);
    // Side by side: each uses one processor.
    const checks = await Promise.all([
        check(progress, "types", "tsc", ["-p", "."]),
        check(progress, "lint", "eslint", ["."]),
        check(progress, "format", "prettier", ["--check", "--log-level", "warn", "."]),
    ]);
    const counts = [...checks, await suites(progress, filters)];
    const total = (key: keyof Count) => counts.reduce((sum, count) => sum + count[key], 0);
    console.log(`${total("passed")} passed, ${total("failed")} failed`);
    process.exitCode = total("failed") === 0 && total("passed") > 3 ? 0 : 1;
}

main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    console.log("0 passed, 1 failed");
    process.exitCode = 1;
});
