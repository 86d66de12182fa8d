import { closest, distance } from "fastest-levenshtein";

/** The name that was probably meant: at most a third of its letters differ. Undefined where none is that near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
    if (names.length === 0) return undefined;
    const candidate = closest(
        name.toLowerCase(),
        names.map((one) => one.toLowerCase()),
    );
    const original = names.find((one) => one.toLowerCase() === candidate);
    return distance(name.toLowerCase(), candidate) <= Math.floor(candidate.length / 3) ? original : undefined;
}

/** The names nearest to one, as {@link nearest} counts it, nearest first; equally near ones in the order of the alphabet. */
export function nearestOf(name: string, names: readonly string[], count: number): string[] {
    return names
        .map((one) => ({ one, away: distance(name.toLowerCase(), one.toLowerCase()) }))
        .filter(({ one, away }) => away <= Math.floor(one.length / 3))
        .sort((a, b) => a.away - b.away || (a.one < b.one ? -1 : 1))
        .slice(0, count)
        .map(({ one }) => one);
}

/** "did you mean …?" where a name is near, else the names there are. */
export function suggestion(name: string, names: readonly string[]): string {
    const near = nearest(name, names);
    if (near !== undefined) return `did you mean ${near}?`;
    return names.length === 0 ? "there is none" : `there is ${[...names].sort().join(", ")}`;
}
