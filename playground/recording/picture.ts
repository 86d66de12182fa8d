import type { Cast, CastEvent } from "./cast";

/** Pauses of the recording are cut to these seconds: a reader looks at lines, not at an engine that starts. */
const longestPause = 1.2;
/** What is printed at once goes by in steps of these seconds, so that the eye can follow. */
const shortestPause = 0.07;
/** Seconds for which the last screen stays. */
const stay = 6;
const cell = { width: 7.9, height: 18 };
const margin = 14;
const bar = 30;

/**
 * A recording as a picture that moves without a script, for a README: the lines in one column that is drawn up step by step,
 * and until the screen is full a curtain over those to come. Who wants no motion sees the last screen.
 */
export function picture(cast: Cast): string {
    const rows = screenRows(cast);
    const times = shortened(rows);
    const seconds = times.at(-1)! + stay;
    const height = cast.height * cell.height;
    const size = { width: Math.ceil(cast.width * cell.width) + 2 * margin, height: height + bar + margin };
    const scrolled = (shown: number) => Math.max(0, shown - cast.height) * -cell.height;
    const covered = (shown: number) => Math.min(shown, cast.height) * cell.height;
    const frames = (offset: (shown: number) => number) =>
        steps(times, seconds, offset)
            .map(([percent, pixels]) => `${percent}%{transform:translateY(${pixels}px)}`)
            .join("");
    const last = rows.length;
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-label="${escaped(cast.title)}">
<style>
text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d0d7de;white-space:pre}
.command{fill:#79c0ff;font-weight:600}.done{fill:#56d364}.failed,.less{fill:#ff7b72}.more{fill:#56d364}.other{fill:#e3b341}.aside{fill:#8b949e}
#lines{transform:translateY(${scrolled(last)}px)}#curtain{transform:translateY(${covered(last)}px)}
@media (prefers-reduced-motion:no-preference){#lines{animation:lines ${seconds.toFixed(2)}s step-end infinite}#curtain{animation:curtain ${seconds.toFixed(2)}s step-end infinite}}
@keyframes lines{${frames(scrolled)}}
@keyframes curtain{${frames(covered)}}
</style>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<circle cx="18" cy="15" r="5" fill="#ff5f57"/><circle cx="36" cy="15" r="5" fill="#febc2e"/><circle cx="54" cy="15" r="5" fill="#28c840"/>
<text x="50%" y="19" text-anchor="middle" class="aside">${escaped(cast.title)}</text>
<svg x="${margin}" y="${bar}" width="${size.width - 2 * margin}" height="${height}">
<g id="lines">
${rows.map(text).join("\n")}
</g>
<rect id="curtain" width="100%" height="${height}" fill="#0d1117"/>
</svg>
</svg>
`;
}

interface Row extends CastEvent {
    /** The class of its colour: that of the line of which it is a part. */
    kind?: string;
}

/** Lines as the terminal breaks them, without Pulumi's signs of life. */
function screenRows({ width, events }: Cast): Row[] {
    const telling = events.filter(({ line }) => !line.startsWith("@ "));
    return telling.flatMap(({ at, line }) => {
        const parts = line.match(new RegExp(`.{1,${width}}`, "gu")) ?? [""];
        const kind = kinds.find(([pattern]) => pattern.test(line))?.[1];
        return parts.map((part) => ({ at, line: part, kind }));
    });
}

function shortened(rows: readonly CastEvent[]): number[] {
    let now = 0;
    return rows.map(({ at }, index) => {
        now += Math.max(shortestPause, Math.min(longestPause, at - (rows[index - 1]?.at ?? 0)));
        return now;
    });
}

/** Percents of the whole with the offset that begins there, each percent once. */
function steps(times: readonly number[], seconds: number, offset: (shown: number) => number): [string, number][] {
    const at = new Map([["0", offset(0)]]);
    times.forEach((time, index) => at.set(((time / seconds) * 100).toFixed(2), offset(index + 1)));
    const changing = [...at].filter(([, pixels], index, all) => index === 0 || pixels !== all[index - 1]![1]);
    return [...changing, ["100", offset(times.length)]];
}

function text({ line, kind }: Row, index: number): string {
    if (line === "") return "";
    const y = index * cell.height + 14;
    return `<text y="${y}"${kind === undefined ? "" : ` class="${kind}"`}>${escaped(line)}</text>`;
}

const kinds: readonly [RegExp, string][] = [
    [/^\$ /, "command"],
    [/^✓/, "done"],
    [/^✗/, "failed"],
    [/^ *\+ /, "more"],
    [/^ *- /, "less"],
    [/^ *~ /, "other"],
    [/^ {2}\w[a-z ]*: /i, "aside"],
];

const escaped = (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
