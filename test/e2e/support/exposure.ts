import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Answer, PulumiStack, RunOptions } from "../../../playground/stack";

/** What of a stack's runs others may come to see, gathered while they run. */
export interface Exposure {
    /** Standard output and standard error of every call of `pulumi`, but for those that were asked to show secrets. */
    printed: Record<string, string>;
    /** Every command line on this machine: anyone may read it in /proc. */
    commandLines: Set<string>;
    /** The environments of the pushes: their own user and root may read them. */
    environments: Set<string>;
    /** Files that were among the temporary ones for a while: content and mode, by path. */
    temporary: Map<string, { content: string; mode: string }>;
    stop(): void;
}

/** Milliseconds between two looks at what runs. A push takes about a second. */
const INTERVAL = 100;

/**
 * Gathers from now on. Temporary files of the stack's commands go to the given folder.
 *
 * @param eventLog the file that each deployment adds its events to
 */
export function watchExposure(stack: PulumiStack, temporary: string, eventLog: string): Exposure {
    const found: Omit<Exposure, "stop"> = {
        printed: {},
        commandLines: new Set(),
        environments: new Set(),
        temporary: new Map(),
    };
    // The flag for the event log is among those for debugging.
    Object.assign(stack.options.environment, { TMPDIR: temporary, PULUMI_DEBUG_COMMANDS: "true" });
    const run = stack.run.bind(stack);
    stack.run = async (args: string[], options?: RunOptions): Promise<Answer> => {
        const logged = ["up", "preview", "destroy"].includes(args[0]!) ? [...args, "--event-log", eventLog] : args;
        const answer = await run(logged, options);
        const name = `pulumi ${args.slice(0, 2).join(" ")} (${Object.keys(found.printed).length})`;
        if (!args.includes("--show-secrets")) found.printed[name] = answer.stdout + answer.stderr;
        return answer;
    };
    const timer = setInterval(() => {
        for (const { commandLine, environment } of processes()) {
            found.commandLines.add(commandLine);
            if (commandLine.includes("jenkins-ec2-agents/push")) found.environments.add(environment());
        }
        for (const [path, content] of Object.entries(filesIn(temporary))) {
            const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
            found.temporary.set(path, { content: content.toString("latin1"), mode: (mode & 0o777).toString(8) });
        }
    }, INTERVAL);
    return { ...found, stop: () => clearInterval(timer) };
}

/** Every file in a folder, by path. What goes while it is read is left out. */
export function filesIn(folder: string): Record<string, Buffer> {
    const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    return Object.fromEntries(
        names.flatMap(({ parentPath, name }): [string, Buffer][] => {
            const path = join(parentPath, name);
            return orNothing(() => [[path, readFileSync(path)]]);
        }),
    );
}

function processes(): { commandLine: string; environment: () => string }[] {
    return readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .flatMap((id) =>
            orNothing(() => [
                {
                    commandLine: readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " "),
                    environment: () => orNothing(() => [readFileSync(`/proc/${id}/environ`, "utf8")]).join(""),
                },
            ]),
        );
}

/** What is gone by now was there for a moment only, and is seen the next time or never. */
function orNothing<T>(read: () => T[]): T[] {
    try {
        return read();
    } catch {
        return [];
    }
}
