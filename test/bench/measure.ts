import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";

/** What a command and all that it started used, in seconds. */
export interface Used {
    processor: number;
    wall: number;
}

/** A figure of two things that were measured in turn. */
export interface Compared {
    /** Medians. */
    ours: Used;
    floor: Used;
    /** Medians of the rounds' own ratios: a machine that changes its pace meets both sides of a round. */
    ratio: Used;
}

/** Compares measurements that were taken in turn. */
export function compare(rounds: { ours: Used; floor: Used }[]): Compared {
    const middle = (of: (round: { ours: Used; floor: Used }) => Used): Used => ({
        processor: median(rounds.map((round) => of(round).processor)),
        wall: median(rounds.map((round) => of(round).wall)),
    });
    return {
        ours: middle(({ ours }) => ours),
        floor: middle(({ floor }) => floor),
        ratio: middle(({ ours, floor }) => ({
            processor: ours.processor / floor.processor,
            wall: ours.wall / floor.wall,
        })),
    };
}

function median(values: number[]): number {
    const sorted = [...values].sort((one, other) => one - other);
    const half = sorted.length / 2;
    return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
}

/** A command in place of another that notes in a file what each call and its children used: the shell knows their processor time. */
export class Meter {
    public readonly command: string;
    private readonly notes: string;

    constructor(folder: string, measured: string) {
        this.command = join(folder, "measured.sh");
        this.notes = join(folder, "measured.txt");
        const script = [
            "#!/usr/bin/env bash",
            "exec 3>&2",
            "TIMEFORMAT='%U %S'",
            `{ time '${measured}' "$@" 2>&3; } 2>>'${this.notes}'`,
        ];
        writeFileSync(this.command, `${script.join("\n")}\n`);
        chmodSync(this.command, 0o755);
    }

    /** What the measured command used while this work ran. */
    public async of(work: () => Promise<unknown>): Promise<Used> {
        writeFileSync(this.notes, "");
        const start = performance.now();
        await work();
        const wall = (performance.now() - start) / 1000;
        const seconds = readFileSync(this.notes, "utf8").trim().split(/\s+/).map(Number);
        return { processor: seconds.reduce((sum, one) => sum + one, 0), wall };
    }
}

/** Seconds of processor time that a running process has used (Linux counts them in hundredths). */
export function processorOf(pid: number): number {
    const [, after = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
    const fields = after.split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Runs a command to its end. */
export function run(command: string, args: string[], input: string, cwd: string): Promise<void> {
    const child = spawn(command, args, { cwd, stdio: ["pipe", "ignore", "ignore"] });
    child.stdin.on("error", () => undefined); // a command that reads nothing may have closed it
    child.stdin.end(input);
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) =>
            code === 0 ? resolve() : reject(new Error(`${command} ${args.join(" ")} ended with ${code}`)),
        );
    });
}
