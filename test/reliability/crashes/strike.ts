import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Answer } from "../../../playground/stack";
import { processTree, signal, stillRunning, type Process } from "./processes";
import { isPush, type Victim } from "./victims";
import type { CrashWorld } from "./world";

/** An operation that is under way. */
interface Run {
    /** The engine's process. */
    pid: number;
    answer: Promise<Answer>;
    ended(): boolean;
}

/** An operation that was to be broken off. */
export interface Struck {
    answer: Answer;
    /** Milliseconds that the victim had lived when it, or the operation, ended by itself; undefined where it was struck. */
    lived?: number;
    /** What the engine had started by then. */
    left: Process[];
}

/** Listing all processes takes a good part of a processor: between two looks it is left to the operation. */
const pause = 50;

/** Runs an operation undisturbed, and answers how many milliseconds each victim lives in it. */
export async function livesIn(
    world: CrashWorld,
    command: "up" | "destroy",
    victims: Victim[],
): Promise<Record<string, number>> {
    const lives: Record<string, { from: number; to: number }> = {};
    const run = await start(world, command);
    while (!run.ended()) {
        const tree = await processTree(run.pid);
        const now = performance.now();
        for (const { name, among } of victims) {
            if (!among || among(tree)) lives[name] = { from: lives[name]?.from ?? now, to: now };
        }
        await sleep(pause);
    }
    return Object.fromEntries(Object.entries(lives).map(([name, { from, to }]) => [name, to - from]));
}

/** Runs an operation, and strikes the victim when it has lived for so many milliseconds. */
export async function struck(
    world: CrashWorld,
    command: "up" | "destroy",
    victim: Victim,
    milliseconds: number,
): Promise<Struck> {
    const run = await start(world, command);
    const find = (tree: Process[]) => (victim.elsewhere ? victim.elsewhere(world) : victim.among!(tree)?.pid);
    while (!run.ended() && find(await processTree(run.pid)) === undefined) await sleep(pause);
    const seen = performance.now();
    await Promise.race([sleep(milliseconds), run.answer]);
    const left = await processTree(run.pid);
    const pid = run.ended() ? undefined : find(left);
    if (pid === undefined) {
        const lived = performance.now() - seen;
        return { answer: await run.answer, lived, left };
    }
    if (victim.strike) await victim.strike(pid);
    else signal(pid, "SIGKILL");
    await victim.afterwards?.(world);
    return { answer: await run.answer, left };
}

/** Waits for pushes that go on without their engine, then ends what else is left of it. */
export async function cleared(left: Process[]): Promise<void> {
    for (let waited = 0; (await stillRunning(left)).some(isPush); waited += 200) {
        if (waited > 300_000) throw new Error("A push went on for five minutes after its engine was gone.");
        await sleep(200);
    }
    for (const { pid } of await stillRunning(left)) signal(pid, "SIGKILL");
}

async function start({ stack }: CrashWorld, command: "up" | "destroy"): Promise<Run> {
    let ended = false;
    let answer!: Promise<Answer>;
    const pid = await new Promise<number>((resolve, reject) => {
        answer = stack[command]({ accept: "any", started: resolve }).finally(() => (ended = true));
        answer.catch(reject);
    });
    return { pid, answer, ended: () => ended };
}
