// npm run reliability: tries the promises of docs/reliability.md many times, and writes there what happened. Ends with 1 where a
// promise was not kept.
//   -- --cases N    how often each thing is tried (50)
//   -- --seed S     the same seed draws the same cases (one of the clock's)
//   -- --only NAME  one campaign
// Ctrl-C ends it after the case that is under way; the figures of those that were done are written.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Progress } from "../../playground/progress";
import { obtainParts, projectFolder } from "../../playground/world";
import type { Campaign } from "./campaign";
import { crashes } from "./crashes/crashes";
import { pushes } from "./crashes/pushes";
import { hostile } from "./hostile";
import { figures, withFigures, type Run } from "./page";

const campaigns: Record<string, Campaign> = { crashes, pushes, hostile };
const pageFile = join(projectFolder, "docs", "reliability.md");

interface Arguments {
    cases: number;
    seed: number;
    names: string[];
}

function readArguments(): Arguments {
    const { values } = parseArgs({
        options: { cases: { type: "string" }, seed: { type: "string" }, only: { type: "string" } },
    });
    const known = Object.keys(campaigns);
    if (values.only !== undefined && !known.includes(values.only)) {
        throw new Error(`--only ${values.only}: there is no such campaign. Allowed: ${known.join(", ")}.`);
    }
    return {
        cases: wholeNumber("--cases", values.cases ?? "50"),
        seed: wholeNumber("--seed", values.seed ?? String(Date.now() % 1_000_000)),
        names: values.only === undefined ? known : [values.only],
    };
}

function wholeNumber(flag: string, value: string): number {
    if (!/^[1-9]\d{0,8}$/.test(value)) throw new Error(`${flag} ${value}: say a whole number from 1 on.`);
    return Number(value);
}

async function main(): Promise<void> {
    const { cases, seed, names } = readArguments();
    const progress = new Progress();
    const parts = await obtainParts(progress);
    const enough = new AbortController();
    process.on("SIGINT", () => enough.abort());
    for (const name of names) {
        const outcomes = await progress.step(
            `${name}, seed ${seed}`,
            (say) => campaigns[name]!({ cases, seed, say, enough: enough.signal }),
            { talks: true },
        );
        const run: Run = {
            name,
            outcomes,
            conditions: {
                seed: String(seed),
                "asked for": `${cases} cases of each`,
                commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], {
                    cwd: projectFolder,
                    encoding: "utf8",
                }).trim(),
                engine: `${parts.engine.version} (${parts.engine.kind})`,
                Node: process.version,
                on: new Date().toISOString().slice(0, 10),
            },
        };
        console.log(figures(run));
        writeFileSync(pageFile, withFigures(readFileSync(pageFile, "utf8"), run));
        if (outcomes.some(({ times, kept }) => kept < times)) process.exitCode = 1;
    }
    console.log(`\nwritten to ${pageFile}`);
}

main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
