import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

/** Something that can be measured; answers a number of one unit. */
export type Measure = () => Promise<number>;

/** Two things measured in turn. */
export interface Compared {
    /** Medians. */
    one: number;
    other: number;
    /** Median of the rounds' own ratios: a machine that changes its pace meets both sides of a round. */
    ratio: number;
}

/** Measures both in turn, so many rounds, after one that does not count. */
export async function inTurn(one: Measure, other: Measure, rounds: number): Promise<Compared> {
    const measured: [number, number][] = [];
    for (let round = 0; round <= rounds; round++) measured.push([await one(), await other()]);
    const counted = measured.slice(1);
    return {
        one: median(counted.map(([first]) => first)),
        other: median(counted.map(([, second]) => second)),
        ratio: median(counted.map(([first, second]) => first / second)),
    };
}

export function median(values: number[]): number {
    return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

/** Seconds that the work takes. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1000;
}

/** What a Node process used, from its start to its end. */
export interface Used {
    /** Seconds of processor time. */
    processor: number;
    /** Seconds. */
    wall: number;
    /** Arguments of the process. */
    command: string;
}

/** Runs work that starts Node processes; answers what each of them used. */
export async function nodeProcesses(work: (environment: Record<string, string>) => Promise<unknown>): Promise<Used[]> {
    const folder = mkdtempSync(join(tmpdir(), "bench-"));
    try {
        const recorder = join(__dirname, "recorder.cjs");
        await work({ NODE_OPTIONS: `--require "${recorder}"`, BENCH_RECORDS: folder });
        return readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Used);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** Runs a command to its end, whatever its exit code. */
export function run(
    command: string,
    args: string[],
    { cwd, environment = {}, input = "" }: { cwd?: string; environment?: Record<string, string>; input?: string },
): Promise<{ code: number | null; output: string }> {
    if (cwd !== undefined && !existsSync(cwd)) throw new Error(`There is no folder ${cwd}.`);
    const child = spawn(command, args, { cwd, env: { ...process.env, ...environment }, stdio: "pipe" });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    child.stdin.end(input);
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) => resolve({ code, output }));
    });
}
