import type { StackSettings } from "../schema/stack";
import type { Fault } from "./fault";
import { metBySettings, type JudgedSettings, type Meeting } from "./met";
import { lacks, type Lack } from "./lacks";
import { releases } from "./releases";
import { groupBy } from "../collections";
import { showPaths } from "../path";
import type { Problem } from "../problem";

/** What the advice follows. */
export type AdvisedSettings = JudgedSettings & Pick<StackSettings, "silence">;

/** A fault that the stack's settings meet with one release. */
export interface AdvisedFault extends Problem {
    /** It is a warning, and not an error, because a cap bounds what it costs. */
    bounded: boolean;
    /** The stack silences it, so it does not count. */
    silenced: boolean;
    link?: string;
}

/** The faults of a release for the stack's settings. */
export interface ReleaseAdvice {
    version: string;
    /** What is asked for and can't be done there: a push would be refused. */
    lacks: Lack[];
    faults: AdvisedFault[];
}

/** Each known release with its faults, newest first, and which suits best. */
export interface Advice {
    releases: ReleaseAdvice[];
    best: string;
}

/** Judges every release of the table by the settings alone: no controller is asked. */
export function advise(settings: AdvisedSettings): Advice {
    const judged = releases.map(({ version }) => adviseOn(version, settings)).reverse();
    const [best] = judged.toSorted(byWorth);
    return { releases: judged, best: best!.version };
}

/** The faults of one version; it need not be in the table. */
export function adviseOn(version: string, settings: AdvisedSettings): ReleaseAdvice {
    const groups = groupBy(metBySettings(version, settings), ({ fault, severity }) => `${fault.id} ${severity}`);
    return {
        version,
        lacks: lacks(version, settings),
        faults: [...groups.values()].map((met) => advisedFault(met[0]!, met, settings.silence)),
    };
}

function advisedFault({ fault, severity }: Meeting, met: readonly Meeting[], silence: readonly string[]): AdvisedFault {
    const { id, happens, remedy, link }: Fault = fault;
    return {
        code: id,
        severity,
        path: showPaths(met.flatMap(({ place }) => (place === undefined ? [] : [place]))),
        message: happens,
        fix: remedy,
        bounded: met.every(({ bounded }) => bounded),
        silenced: silence.includes(id),
        ...(link === undefined ? {} : { link }),
    };
}

/**
 * The better one first: fewest errors, and settings that it lacks; then fewest faults whose cost only a cap bounds, then fewest warnings. Among equals
 * the order stays.
 */
export function byWorth(one: ReleaseAdvice, other: ReleaseAdvice): number {
    const [left, right] = [weights(one), weights(other)];
    return left.map((weight, position) => weight - right[position]!).find((difference) => difference !== 0) ?? 0;
}

function weights({ faults, lacks }: ReleaseAdvice): number[] {
    const loud = faults.filter(({ silenced }) => !silenced);
    return [
        lacks.length + loud.filter(({ severity }) => severity === "error").length,
        loud.filter(({ bounded }) => bounded).length,
        loud.length,
    ];
}
