import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Answer, PulumiStack } from "../../playground/stack";
import { processTree, stillRunning, type Process } from "./processes";
import { isPush, type Victim } from "./victims";
import type { CrashWorld } from "./world";

/** Milliseconds after the start of an operation. */
export interface Life {
    from: number;
    to: number;
}

/** How long each victim lives in an operation that nobody disturbs. */
export type Lives = Record<string, Life>;

const pause = 20;

/** Runs an operation undisturbed, and looks who is there when. */
export async function livesIn(run: Run, victims: Victim[]): Promise<Lives> {
    const lives: Lives = {};
    const operation = start(run);
    while (!operation.ended()) {
        const tree = await processTree(await operation.pid);
        for (const { name, among } of victims) {
            if (among && !among(tree)) continue;
            const now = operation.milliseconds();
            lives[name] = { from: lives[name]?.from ?? now, to: now };
        }
        await sleep(pause);
    }
    await operation.answer;
    return lives;
}

/** An operation that was broken off. */
export interface Struck {
    answer: Answer;
    /** False where it ended before the victim was met. */
    met: boolean;
    /** What the engine had started by then. */
    left: Process[];
}

type Run = (options: { started: (pid: number) => void }) => Promise<Answer>;

/** Runs an operation, and strikes the victim when it has lived for so many milliseconds. */
export async function struck(run: Run, victim: Victim, world: CrashWorld, milliseconds: number): Promise<Struck> {
    const operation = start(run);
    let seen: number | undefined;
    while (!operation.ended()) {
        const tree = await processTree(await operation.pid);
        const pid = victim.elsewhere ? victim.elsewhere(world) : victim.among!(tree)?.pid;
        if (pid !== undefined) seen ??= operation.milliseconds();
        const left = seen === undefined ? pause : seen + milliseconds - operation.milliseconds();
        if (pid !== undefined && left <= 0 && !operation.ended()) {
            await (victim.strike ?? (async (it: number) => process.kill(it, "SIGKILL")))(pid);
            await victim.afterwards?.(world);
            return { answer: await operation.answer, met: true, left: tree };
        }
        await sleep(Math.max(1, Math.min(left, pause)));
    }
    return { answer: await operation.answer, met: false, left: [] };
}

/** Waits for pushes that go on without their engine, then ends what else is left of it. */
export async function cleared(left: Process[]): Promise<void> {
    for (let waited = 0; (await stillRunning(left)).some(isPush); waited += 100) {
        if (waited > 90_000) throw new Error("A push went on for a minute and a half after its engine was gone.");
        await sleep(100);
    }
    for (const { pid } of await stillRunning(left)) {
        try {
            process.kill(pid, "SIGKILL");
        } catch {
            // It has ended by itself.
        }
    }
}

function start(run: Run) {
    const begin = performance.now();
    let ended = false;
    let told!: (pid: number) => void;
    const pid = new Promise<number>((resolve) => (told = resolve));
    const answer = run({ started: told }).finally(() => (ended = true));
    return { pid, answer, ended: () => ended, milliseconds: () => performance.now() - begin };
}

/** How a stack's operation is run without a verdict. */
export const runOf =
    (stack: PulumiStack, command: "up" | "destroy"): Run =>
    ({ started }) =>
        stack[command]({ accept: "any", started });
