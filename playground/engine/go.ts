import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../progress";
import { run } from "./run";

export interface GoBuild {
    /** What it is, for the progress lines. */
    title: string;
    /** Folder of the Go module, in this one. */
    module: "cli" | "plugins";
    /** The packages of the programs. An executable has the last part of its package's path as its name. */
    packages: string[];
    /** Folder for the executables. */
    output: string;
    ldflags?: string[];
}

const secondsBetweenLines = 10;

/** Runs Go with exactly the versions that the module pins. */
const go = (module: GoBuild["module"], args: string[], onLine?: (line: string) => void) =>
    run("go", args, {
        cwd: join(__dirname, module),
        // No C compiler is needed, and the result runs on any distribution of the platform.
        environment: { CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "-mod=readonly -buildvcs=false" },
        onLine,
    });

/** Builds programs of a module by one call: Go links one while it compiles for another. It says how far it is. */
export async function goBuild(build: GoBuild, report: Report): Promise<void> {
    report(`${build.title}: go build`);
    let downloaded = 0;
    let compiled = 0;
    let spoken = Date.now();
    // -s -w: no tables for a debugger, which the linker would spend time on.
    const ldflags = ["-s", "-w", ...(build.ldflags ?? [])].join(" ");
    await go(
        build.module,
        ["build", "-v", "-ldflags", ldflags, "-o", `${build.output}/`, ...build.packages],
        (line) => {
            if (line.startsWith("go: downloading")) downloaded++;
            else compiled++;
            if (Date.now() - spoken < secondsBetweenLines * 1000) return;
            spoken = Date.now();
            report(`${build.title}: ${downloaded} modules downloaded, ${compiled} packages compiled`);
        },
    );
}

/** Where Go has the sources of the Pulumi SDKs. */
export async function pulumiSdkFolder(): Promise<string> {
    return (await go("cli", ["list", "-m", "-f", "{{.Dir}}", "github.com/pulumi/pulumi/sdk/v3"])).trim();
}

/** Changes with each Go source of the playground and with each pinned version. */
export function goSourceKey(): string {
    const hash = createHash("sha256");
    const files = readdirSync(__dirname, { recursive: true, encoding: "utf8" }).filter((file) =>
        /\.(go|mod|sum)$/.test(file),
    );
    for (const file of files.sort()) hash.update(`${file}\n`).update(readFileSync(join(__dirname, file)));
    return hash.digest("hex").slice(0, 16);
}
