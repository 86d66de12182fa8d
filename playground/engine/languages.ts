import { createHash } from "node:crypto";
import { copyFileSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Report } from "../progress";
import { cachedBuild, isBuilt } from "../cached-build";
import type { Engine } from "./engine";
import { goBuild, goModule } from "./go";
import { link } from "./link";
import { stopIfSomethingIsMissing } from "./prerequisites";
import { run } from "./run";

const module = goModule("languages");

/** The Go package of each host. The engine looks for the executables beside itself. */
const hosts = {
    "pulumi-language-yaml": "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
    "pulumi-language-python": "./python",
};

/** Pulumi's own script that runs a program with the Python SDK, in the Go module of the SDKs. */
const pythonScript = "pulumi-language-python-exec";

/**
 * Puts the language hosts of YAML and Python beside an engine that was built from package registries. An official engine has them. Only
 * programs in these languages need them, so they are no part of the engine's own build.
 */
export async function obtainLanguages(engine: Engine, report: Report): Promise<void> {
    if (engine.kind !== "built") return;
    const names = Object.keys(hosts);
    const parts = { name: join("engine", "languages"), key: sourceKey() };
    stopIfSomethingIsMissing({ go: !isBuilt(parts), terraform: false });
    const folder = await cachedBuild({
        ...parts,
        report,
        build: (target) => build(target, report),
        seal: names,
    });
    for (const name of names) link(join(folder, name), join(dirname(engine.command), name));
}

async function build(folder: string, report: Report): Promise<void> {
    for (const [title, from] of Object.entries(hosts)) {
        await goBuild({ title, module, package: from, output: join(folder, title) }, report);
    }
    const sdk = await run("go", ["list", "-m", "-f", "{{.Dir}}", "github.com/pulumi/pulumi/sdk/v3"], {
        cwd: module,
        environment: { GOWORK: "off", GOFLAGS: "-mod=readonly" },
    });
    copyFileSync(join(sdk.trim(), "python", "cmd", pythonScript), join(folder, pythonScript));
}

/** Changes with each file of the Go module. */
function sourceKey(): string {
    const hash = createHash("sha256");
    for (const file of readdirSync(module, { recursive: true, encoding: "utf8" }).sort()) {
        const path = join(module, file);
        if (statSync(path).isFile()) hash.update(`${file}\n`).update(readFileSync(path));
    }
    return hash.digest("hex").slice(0, 16);
}
