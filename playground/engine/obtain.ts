import { join } from "node:path";
import type { Report } from "../progress";
import { builtEngine } from "./built";
import { cacheFolder } from "../cached-build";
import { choose } from "./choose";
import type { Engine } from "./engine";
import { launcherEngine, pathEngine } from "./official";
import { Verdicts } from "./verdicts";

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
