/** One figure of the table: a ratio of two things that were measured side by side, or a number that does not depend on time. */
export interface Figure {
    name: string;
    /** At most this. */
    goal: number;
    reached: number;
    /** What was divided by what, with unit. */
    detail: string;
}

/** One point of the plot. */
export interface Point {
    series: string;
    /** How many controllers or templates. */
    size: number;
    seconds: number;
}

export interface Results {
    /** ISO 8601. */
    at: string;
    node: string;
    rounds: number;
    figures: Figure[];
    points: Point[];
    /** What was not measured, and why. */
    left: string[];
}

export function table({ figures, left }: Results): string {
    const rows = [
        ["figure", "goal", "reached", "met", "what was compared"],
        ...figures.map(({ name, goal, reached, detail }) => [
            name,
            `≤ ${goal}`,
            reached >= 100 ? reached.toFixed(0) : reached.toFixed(2),
            reached <= goal ? "yes" : "no",
            detail,
        ]),
    ];
    const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
    const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`);
    const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
    return [lines[0], rule, ...lines.slice(1), ...left.map((line) => `not measured: ${line}`)].join("\n");
}
