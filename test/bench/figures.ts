import type { Compared } from "./measure";

/** One line of the table. */
export interface Figure {
    name: string;
    /** What the ratio of the processor times may be at most; undefined where there is no goal. */
    goal: number | undefined;
    compared: Compared;
    /** Seconds of processor time of the controllers in our runs, which are not in the ratio. Undefined where they are not told apart. */
    controllers?: number;
}

export function table(figures: Figure[]): string {
    const rows = [
        ["figure", "goal", "processor time", "", "wall time", "", "controllers"],
        ...figures.map(({ name, goal, compared: { ours, floor, ratio }, controllers }) => [
            name,
            goal === undefined ? "" : `${goal}`,
            `${ratio.processor.toFixed(2)}${goal !== undefined && ratio.processor > goal ? " missed" : ""}`,
            `${seconds(ours.processor)} / ${seconds(floor.processor)}`,
            ratio.wall.toFixed(2),
            `${seconds(ours.wall)} / ${seconds(floor.wall)}`,
            controllers === undefined ? "" : seconds(controllers),
        ]),
    ];
    const widths = rows[0]!.map((_, column) => Math.max(3, ...rows.map((row) => row[column]!.length)));
    const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`);
    const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
    return [lines[0], rule, ...lines.slice(1)].join("\n");
}

const seconds = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(1)} s`;
