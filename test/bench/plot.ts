import type { Point } from "./figures";

const [width, height, margin] = [640, 360, 60];
const colours = ["#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e"];

/** The points as an SVG drawing: seconds over size, both axes logarithmic. */
export function plot(points: Point[]): string {
    const across = scale(
        points.map(({ size }) => size),
        margin,
        width - 170,
    );
    const up = scale(
        points.map(({ seconds }) => seconds),
        height - margin,
        20,
    );
    const series = [...new Set(points.map((point) => point.series))];
    const lines = series.flatMap((name, index) => {
        const own = points.filter((point) => point.series === name).sort((one, other) => one.size - other.size);
        const colour = colours[index % colours.length]!;
        const path = own.map(({ size, seconds }) => `${across(size)},${up(seconds)}`).join(" ");
        return [
            `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
            ...own.map(
                ({ size, seconds }) =>
                    `<circle cx="${across(size)}" cy="${up(seconds)}" r="3" fill="${colour}"><title>${size}: ${seconds.toFixed(1)} s</title></circle>`,
            ),
            text(width - 160, 30 + 18 * index, name, colour),
        ];
    });
    const sizes = [...new Set(points.map(({ size }) => size))];
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
        `<rect width="${width}" height="${height}" fill="white"/>`,
        ...sizes.map((size) => text(across(size) - 8, height - margin + 18, String(size))),
        ...ticks(points).map((seconds) => text(12, up(seconds) + 4, `${seconds} s`)),
        text(margin, height - 14, "controllers or templates"),
        ...lines,
        "</svg>\n",
    ].join("\n");
}

const text = (x: number, y: number, content: string, colour = "#333") =>
    `<text x="${x}" y="${y}" fill="${colour}">${content}</text>`;

/** 1, 2, 5, 10, … seconds as far as the points go. */
function ticks(points: Point[]): number[] {
    const seconds = points.map((point) => point.seconds);
    const [least, most] = [Math.min(...seconds), Math.max(...seconds)];
    return [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].filter((tick) => tick >= least / 1.5 && tick <= most * 1.5);
}

function scale(values: number[], from: number, to: number): (value: number) => number {
    const [least, most] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
    return (value) => Math.round(from + ((Math.log(value) - least) / (most - least || 1)) * (to - from));
}
