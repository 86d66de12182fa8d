import { setTimeout } from "node:timers/promises";

/** Time as a push sees it; tests give one that does not really wait. */
export interface Clock {
    /** Milliseconds since some point in the past. */
    now(): number;
    sleep(milliseconds: number): Promise<void>;
    /** A number from 0 to 1, for jitter. */
    random(): number;
}

export const systemClock: Clock = {
    now: () => performance.now(),
    sleep: (milliseconds) => setTimeout(milliseconds),
    random: Math.random,
};

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;

/** Milliseconds before the next attempt: doubling from 0.5 s to 15 s, of that a half is random, so that many pushes spread. */
export function backoff(attempt: number, clock: Clock): number {
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1));
    return pause / 2 + (pause / 2) * clock.random();
}

/** Tells that something is waited for: at once after 2 seconds, then at growing intervals of up to 15 seconds. */
export class Progress {
    private readonly start: number;
    private next = 2_000;

    constructor(
        private readonly clock: Clock,
        private readonly report: (line: string) => void,
    ) {
        this.start = clock.now();
    }

    /** Reports the line with the seconds waited so far, if it is time for one. */
    waiting(line: string): void {
        const waited = this.clock.now() - this.start;
        if (waited >= this.next) {
            this.report(`${line} (${Math.round(waited / 1000)} s)`);
            this.next = waited + Math.min(15_000, this.next * 1.5);
        }
    }
}
