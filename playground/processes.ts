import { execFile, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/** A port of the loopback interface that was free a moment ago. */
export async function freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    return port;
}

export interface BackgroundProcess {
    command: string;
    args: string[];
    environment?: Record<string, string>;
    /** Takes both output streams. */
    logFile: string;
}

/** Starts a process that outlives this one. Its output goes to the log file. */
export function startInBackground(process_: BackgroundProcess): number {
    const log = openSync(process_.logFile, "a");
    const child = spawn(process_.command, process_.args, {
        detached: true,
        env: { ...process.env, ...process_.environment },
        stdio: ["ignore", log, log],
    });
    closeSync(log);
    if (child.pid === undefined) throw new Error(`${process_.command} could not be started`);
    child.unref();
    return child.pid;
}

/** The command line of a running process; undefined when there is none of that number. */
export async function commandLine(pid: number): Promise<string | undefined> {
    try {
        const { stdout } = await promisify(execFile)("ps", ["-o", "args=", "-ww", "-p", String(pid)]);
        return stdout.trim();
    } catch {
        return undefined;
    }
}

/**
 * Ends a process that this playground started. The mark has to be in its command line: a number from a file may by now
 * belong to somebody else's process.
 */
export async function stopProcess(pid: number, mark: string): Promise<void> {
    for (const signal of ["SIGTERM", "SIGKILL"] as const) {
        for (let attempt = 0; attempt < 50; attempt++) {
            if (!(await commandLine(pid))?.includes(mark)) return;
            if (attempt === 0) process.kill(pid, signal);
            await sleep(100);
        }
    }
    throw new Error(`process ${pid} does not end`);
}
