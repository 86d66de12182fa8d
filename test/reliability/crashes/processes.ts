import { execFile } from "node:child_process";
import { promisify } from "node:util";

export interface Process {
    pid: number;
    parent: number;
    command: string;
}

/** Every process that descends from this one, which itself is the first. Empty where it is gone. */
export async function processTree(root: number): Promise<Process[]> {
    const all = await processes();
    const found = all.filter(({ pid }) => pid === root);
    for (let index = 0; index < found.length; index++) {
        found.push(...all.filter(({ parent }) => parent === found[index]!.pid));
    }
    return found;
}

/** Those of the processes that still are what they were. */
export async function stillRunning(those: Process[]): Promise<Process[]> {
    const now = new Map((await processes()).map((one) => [one.pid, one.command]));
    return those.filter(({ pid, command }) => now.get(pid) === command);
}

/** Sends a signal to a process that may have ended by itself. */
export function signal(pid: number, name: NodeJS.Signals): void {
    try {
        process.kill(pid, name);
    } catch {
        // It has.
    }
}

async function processes(): Promise<Process[]> {
    const { stdout } = await promisify(execFile)("ps", ["-A", "-ww", "-o", "pid=,ppid=,args="], {
        maxBuffer: 16 * 1024 * 1024,
    });
    return stdout.split("\n").flatMap((line) => {
        const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
        return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
    });
}
