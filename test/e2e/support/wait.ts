import { setTimeout as sleep } from "node:timers/promises";

/** Asks until there is an answer that counts as true; an error after a minute. */
export async function waitFor<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> {
    for (let attempt = 0; attempt < 120; attempt++) {
        const answer = await ask();
        if (answer) return answer;
        await sleep(500);
    }
    throw new Error(`waited a minute for ${what}`);
}
