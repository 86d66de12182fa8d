import type { Compared } from "./measure";

/** One line of the table. */
export interface Figure {
    name: string;
    /** What the ratio of the processor times, or of the wall times, may be at most. The latter mostly hold for the machine. */
    goal: { processor: number } | { wall: number };
    compared: Compared;
    /** Seconds of processor time of the controllers in our runs, which are not in the ratio. Undefined where they are not told apart. */
    controllers?: number;
}

export function table(figures: Figure[]): string {
    const rows = [
        ["figure", "processor time", "", "wall time", "", "controllers"],
        ...figures.map(({ name, goal, compared: { ours, floor, ratio }, controllers }) => [
            name,
            judged(ratio.processor, "processor" in goal ? goal.processor : undefined),
            `${seconds(ours.processor)} / ${seconds(floor.processor)}`,
            judged(ratio.wall, "wall" in goal ? goal.wall : undefined),
            `${seconds(ours.wall)} / ${seconds(floor.wall)}`,
            controllers === undefined ? "" : seconds(controllers),
        ]),
    ];
    const widths = rows[0]!.map((_, column) => Math.max(3, ...rows.map((row) => row[column]!.length)));
    const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`);
    const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
    return [lines[0], rule, ...lines.slice(1)].join("\n");
}

/** A ratio, with its goal where there is one. */
function judged(ratio: number, goal: number | undefined): string {
    if (goal === undefined) return ratio.toFixed(2);
    return `${ratio.toFixed(2)} (goal ${goal}${ratio > goal ? ", missed" : ""})`;
}

const seconds = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(1)} s`;
