/** Figures as people read them. */
import type { StatusAgent, StatusReport } from "../reports/statusReport";

/** The states, in the order in which they are shown. */
export const STATES = ["busy", "idle", "launching", "offline"] as const satisfies readonly StatusAgent["state"][];

/** How many agents are in each state: `2 busy, 1 idle`. */
export function countsOf(agents: readonly StatusAgent[]): string {
    const parts = STATES.flatMap((state) => {
        const count = agents.filter((agent) => agent.state === state).length;
        return count === 0 ? [] : [`${count} ${state}`];
    });
    return parts.join(", ") || "none";
}

/** An age or a wait, in its two largest units: `3 d 4 h`, `12 min`. */
export function duration(seconds: number): string {
    const units = [
        ["d", 86_400],
        ["h", 3_600],
        ["min", 60],
        ["s", 1],
    ] as const;
    const first = units.findIndex(([, size]) => seconds >= size);
    if (first < 0) return "0 s";
    const [large, size] = units[first]!;
    const small = units[first + 1];
    const rest = small === undefined ? 0 : Math.floor((seconds % size) / small[1]);
    const whole = `${Math.floor(seconds / size)} ${large}`;
    return rest === 0 || large === "min" ? whole : `${whole} ${rest} ${small![0]}`;
}

/** A moment in UTC, to the minute. */
export const moment = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

/** When a push last ran with success. */
export const lastPush = (pushed: string | undefined) => (pushed === undefined ? "not known" : moment(pushed));

/** Where prices are from: they are not those of the region. */
export const sourceOf = ({ source, date }: StatusReport["prices"]) => `prices: ${source}, ${date}`;

/** A price an hour, where there is one: a stopped instance costs its volumes, which no table knows. */
export function price(perHour: number | undefined, currency: string): string {
    if (perHour === 0) return "volumes only";
    return perHour === undefined ? "no price" : `${perHour.toFixed(perHour < 1 ? 4 : 2)} ${currency}/h`;
}
