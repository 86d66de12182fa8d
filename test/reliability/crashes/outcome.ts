import type { Outcome } from "../campaign";

/** Something that was broken off and mended. */
export interface Case {
    victim: string;
    operation: string;
    /** Commands that mended it. */
    steps: string[];
    /** What was not as it should be afterwards. */
    wrong: string[];
}

/** How a promise fared with one victim. */
export function outcome(promise: string, victim: string, all: Case[]): Outcome {
    const cases = all.filter((one) => one.victim === victim);
    const wrong = cases.filter((one) => one.wrong.length > 0);
    const ways = counted(cases.map(({ steps }) => [...new Set(steps)].join(", ")));
    return {
        promise,
        how: `${victim}, at a random moment`,
        times: cases.length,
        kept: cases.length - wrong.length,
        happened: [...ways, ...wrong.map(({ operation, wrong }) => `${operation}: ${wrong.join("; ")}`)].join("; "),
    };
}

/** `5 × up`, and so on, the most frequent first. */
function counted(names: string[]): string[] {
    const counts = new Map<string, number>();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    return [...counts].sort(([, one], [, other]) => other - one).map(([name, count]) => `${count} × ${name}`);
}
