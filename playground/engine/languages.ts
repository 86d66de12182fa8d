import { copyFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Report } from "../progress";
import { cachedBuild, isBuilt } from "../cached-build";
import type { Engine } from "./engine";
import { goBuild, pulumiSdkFolder, goSourceKey } from "./go";
import { link } from "./link";
import { stopIfSomethingIsMissing } from "./prerequisites";

/** The Go packages of the hosts. The engine looks for the executables beside itself. */
const hosts = ["github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml", "./pulumi-language-python"];

/** Pulumi's own script that runs a program with the Python SDK, in the Go module of the SDKs. */
const pythonScript = "pulumi-language-python-exec";

/**
 * Puts the language hosts of YAML and Python beside an engine that was built from package registries. An official engine has them. Only
 * programs in these languages need them, so they are no part of the engine's own build.
 */
export async function obtainLanguages(engine: Engine, report: Report): Promise<void> {
    if (engine.kind !== "built") return;
    const names = hosts.map((host) => basename(host));
    const parts = { name: join("engine", "languages"), key: goSourceKey() };
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
    await goBuild({ title: "language hosts", module: "cli", packages: hosts, output: folder }, report);
    copyFileSync(join(await pulumiSdkFolder(), "python", "cmd", pythonScript), join(folder, pythonScript));
}
