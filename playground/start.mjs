// The way in from a fresh clone: checks what the machine must have, installs the packages, then runs one command of the
// playground. Node's own modules only, since nothing is installed yet.
import { spawn, spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { isInstalledAsLocked } from "./installed.mjs";
import { missingPrerequisites } from "./prerequisites.mjs";

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const programs = {
    demo: "playground/demo.ts",
    test: "test/run.ts",
    bench: "test/bench/main.ts",
    reliability: "test/reliability/main.ts",
};

function stopIfSomethingIsMissing() {
    const missing = missingPrerequisites();
    if (missing.length === 0) return;
    console.error("Missing on this machine:");
    for (const { name, found, install } of missing) console.error(`  ${name}, found: ${found}\n      ${install}`);
    process.exit(1);
}

function installPackages() {
    if (isInstalledAsLocked(project)) return;
    const start = Date.now();
    console.error("  packages: npm ci ...");
    // Scripts stay off: the ones there are only fetch Pulumi plugins, which the engine is asked for in its own place.
    const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
        cwd: project,
        stdio: ["ignore", 2, 2],
        shell: process.platform === "win32",
    });
    if (npm.status !== 0) process.exit(npm.status ?? 1);
    console.error(`  packages: installed as locked (${((Date.now() - start) / 1000).toFixed(1)} s)`);
}

const [name = "", ...rest] = process.argv.slice(2);
const program = programs[name];
if (!program) {
    console.error(`Unknown command '${name}'. Allowed: ${Object.keys(programs).join(", ")}.`);
    process.exit(1);
}
stopIfSomethingIsMissing();
installPackages();
const child = spawn(process.execPath, ["--import", "tsx", program, ...rest], {
    cwd: project,
    stdio: "inherit",
    // The tests' AWS client announces at each start that it will want Node 22 from 2027 on.
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
});
// Without this the shell's prompt would come back before the program has ended. What it started in the background stays.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
