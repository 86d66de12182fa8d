/** How busy something was. Figures are of executors or of agents, at each hour that is known. */
export interface Use {
    /** The most at one moment. */
    peak: number;
    /** At 95 of 100 hours it was at most this. */
    percentile95: number;
    mean: number;
    /** Part of the hours with nothing, from 0 to 1. */
    idle: number;
    /** Hours that are known. */
    hours: number;
}

/**
 * @param byHour figures at each hour
 * @param finer further figures that count for the peak only
 */
export function useOf(byHour: readonly number[], finer: readonly number[] = []): Use {
    return {
        peak: Math.max(0, ...byHour, ...finer),
        percentile95: percentile(byHour, 0.95),
        mean: byHour.length === 0 ? 0 : total(byHour) / byHour.length,
        idle: byHour.length === 0 ? 0 : byHour.filter((figure) => figure === 0).length / byHour.length,
        hours: byHour.length,
    };
}

/** The smallest figure that so large a part of the figures does not exceed (nearest rank); 0 of none. */
export function percentile(figures: readonly number[], part: number): number {
    const sorted = [...figures].sort((one, other) => one - other);
    return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
}

export const total = (figures: readonly number[]) => figures.reduce((sum, figure) => sum + figure, 0);

/** Series added moment by moment, newest first; one that does not reach as far counts as 0 from there on. */
export function added(series: readonly (readonly number[])[]): number[] {
    const longest = Math.max(0, ...series.map(({ length }) => length));
    return Array.from({ length: longest }, (_, at) => total(series.map((one) => one[at] ?? 0)));
}

/** Milliseconds: how long ago a build began, and how long it ran. */
export interface Span {
    age: number;
    duration: number;
}

const HOUR = 3_600_000;

/** How many builds ran on average in each of the last hours, newest first. */
export function byHourOf(builds: readonly Span[], hours: number): number[] {
    const busy = Array<number>(hours).fill(0);
    for (const { age, duration } of builds) {
        const ended = Math.max(0, age - duration);
        const last = Math.min(hours - 1, Math.floor(age / HOUR));
        for (let hour = Math.floor(ended / HOUR); hour <= last; hour++) {
            const within = Math.min(age, (hour + 1) * HOUR) - Math.max(ended, hour * HOUR);
            busy[hour]! += Math.max(0, within) / HOUR;
        }
    }
    return busy;
}

/** The times in which an agent was busy, oldest first: builds that overlap are one. */
export function busyTimes(builds: readonly Span[]): Span[] {
    const times: Span[] = [];
    for (const { age, duration } of [...builds].sort((one, other) => other.age - one.age)) {
        const last = times.at(-1);
        if (last !== undefined && last.age - last.duration <= age) {
            last.duration = Math.max(last.duration, last.age - age + duration);
        } else {
            times.push({ age, duration });
        }
    }
    return times;
}

/** The most builds that ran at one moment. */
export function mostAtOnce(builds: readonly Span[]): number {
    const events = builds
        .flatMap(({ age, duration }) => [
            { at: -age, change: 1 },
            { at: duration - age, change: -1 },
        ])
        .sort((one, other) => one.at - other.at || one.change - other.change);
    let running = 0;
    let most = 0;
    for (const { change } of events) {
        running += change;
        most = Math.max(most, running);
    }
    return most;
}
