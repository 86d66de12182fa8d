import { join } from "node:path";
import type { Report } from "../progress";
import { run } from "./run";

export interface GoBuild {
    /** What it is, for the progress lines. */
    title: string;
    /** Folder of the Go module that pins the versions. */
    module: string;
    /** The package to build. */
    package: string;
    /** Path of the executable to make. */
    output: string;
    ldflags?: string[];
}

const secondsBetweenLines = 10;

/** Builds a Go program with exactly the versions that its module pins, and says how far it is. */
export async function goBuild(build: GoBuild, report: Report): Promise<void> {
    report(`${build.title}: go build`);
    let downloaded = 0;
    let compiled = 0;
    let spoken = Date.now();
    // -s -w: no tables for a debugger, which the linker would spend time on.
    const ldflags = ["-s", "-w", ...(build.ldflags ?? [])].join(" ");
    await run("go", ["build", "-v", "-ldflags", ldflags, "-o", build.output, build.package], {
        cwd: build.module,
        // No C compiler is needed, and the result runs on any distribution of the platform.
        environment: { CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "-mod=readonly -buildvcs=false" },
        onLine: (line) => {
            if (line.startsWith("go: downloading")) downloaded++;
            else compiled++;
            if (Date.now() - spoken < secondsBetweenLines * 1000) return;
            spoken = Date.now();
            report(`${build.title}: ${downloaded} modules downloaded, ${compiled} packages compiled`);
        },
    });
}

export const goModule = (name: string) => join(__dirname, name);
