import { join } from "node:path";
import type { Report } from "../progress";
import { builtEngine } from "./built";
import { cacheFolder } from "../cached-build";
import { choose } from "./choose";
import { launcherEngine, pathEngine } from "./official";
import { Verdicts } from "./verdicts";

/** A Pulumi engine that is ready to run this project. */
export interface Engine {
    kind: EngineKind;
    /** One line: which engine it is, and why not another. */
    reason: string;
    /** For example `3.259.0`. */
    version: string;
    /** Absolute path of the `pulumi` executable. */
    command: string;
    /** To be added to the environment of every `pulumi` call. PULUMI_HOME in it is the playground's own, never the user's. */
    environment: Record<string, string>;
    /** One line: which AWS provider runs behind the program's `@pulumi/aws`. */
    provider: string;
}

export type EngineKind = "path" | "launcher" | "built";

/**
 * Obtains an engine, in this order: a `pulumi` on the PATH whose plugins can be had; the official release through its npm
 * launcher; built from package registries. `PLAYGROUND_ENGINE` (path, launcher or built) forces one.
 */
export async function obtainEngine(report: Report): Promise<Engine> {
    const forced = process.env.PLAYGROUND_ENGINE;
    const verdicts = new Verdicts(join(cacheFolder(), "engine", "verdicts.json"), { forgetful: forced !== undefined });
    return choose(
        [
            { kind: "path", obtain: (lines) => pathEngine(verdicts, lines) },
            { kind: "launcher", obtain: (lines) => launcherEngine(verdicts, lines) },
            { kind: "built", obtain: builtEngine },
        ],
        forced,
        report,
    );
}
