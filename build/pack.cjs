// What `npm pack` puts into the package beside the sources that stay as they are: each way in as one file, and the types.
"use strict";
const { execFileSync } = require("node:child_process");
const { rmSync } = require("node:fs");
const { join } = require("node:path");
const { folder, ready } = require("./bundle.cjs");

async function pack() {
    rmSync(join(folder, "types"), { recursive: true, force: true }); // of sources that are no more
    for (const name of ["component", "push", "commands"]) {
        const problem = await ready(name);
        if (problem) throw new Error(problem);
    }
    execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", join(__dirname, "types.json")], {
        stdio: ["ignore", 2, 2], // npm prints the package's own name to standard output
    });
}

pack().catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
});
