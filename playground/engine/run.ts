import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface RunOptions {
    cwd?: string;
    /** Added to this process's own environment. */
    environment?: Record<string, string>;
    /** Seconds after which the command and all that it started is ended. Default: no limit. */
    seconds?: number;
    /** Gets each line of both outputs as it comes. */
    onLine?: (line: string) => void;
}

/** Runs a command to its end and returns its standard output. A failure is an error with what it printed last. */
export async function run(command: string, args: string[], options: RunOptions = {}): Promise<string> {
    const limited = options.seconds !== undefined;
    const child = spawn(command, args, {
        cwd: options.cwd,
        env: { ...process.env, ...options.environment },
        stdio: ["ignore", "pipe", "pipe"],
        detached: limited, // a process group of its own, so that a time-out reaches its children too
    });
    let stdout = "";
    const last: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on("line", (line) => {
            options.onLine?.(line);
            if (line.trim() !== "") last.push(line.trim());
            if (last.length > 30) last.shift();
        });
    }
    let late = false;
    const end = () => {
        late = true;
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    };
    const timer = limited ? setTimeout(end, options.seconds! * 1000) : undefined;
    try {
        const code = await new Promise<number | null>((resolve, reject) => {
            child.once("error", reject);
            child.once("close", resolve);
        });
        if (code === 0) return stdout;
        const how = late ? `gave no answer within ${options.seconds} s` : `ended with ${code}`;
        throw new CommandError(
            `${[command, ...args].join(" ")} ${how}${last.map((line) => `\n  ${line}`).join("")}`,
            last,
        );
    } finally {
        clearTimeout(timer);
    }
}

/** A command that failed, with the last lines that it printed. */
export class CommandError extends Error {
    constructor(
        message: string,
        public readonly lastLines: string[],
    ) {
        super(message);
    }
}
