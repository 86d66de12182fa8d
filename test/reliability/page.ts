import type { Outcome } from "./campaign";

/** One run of a campaign. */
export interface Run {
    name: string;
    outcomes: Outcome[];
    /** What it was run with, for the line above the table: seed, versions, date. */
    conditions: Record<string, string>;
}

/** The page with the figures of a run in place of those of the campaign's last one. */
export function withFigures(page: string, run: Run): string {
    const [begin, end] = [`<!-- ${run.name}: begin -->`, `<!-- ${run.name}: end -->`];
    const [from, to] = [page.indexOf(begin), page.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`The page has no place for the figures: ${begin} and ${end}.`);
    return `${page.slice(0, from)}${begin}\n${figures(run)}\n${page.slice(to)}`;
}

/** The table of a run in Markdown. What happened is there only where a promise was not kept. */
export function figures({ name, outcomes, conditions }: Run): string {
    const described = Object.entries(conditions).map(([what, value]) => `${what} ${value}`);
    return [
        `Made by \`npm run reliability -- --only ${name}\`: ${described.join(", ")}.`,
        "",
        "| how it was tried | kept |",
        "| --- | --- |",
        ...outcomes.map((outcome) => `| ${cell(outcome.how)} | ${cell(kept(outcome))} |`),
    ].join("\n");
}

function kept({ promise, times, kept, happened }: Outcome): string {
    return kept === times ? `${kept} of ${times}` : `**${kept}** of ${times}. ${promise}: ${happened}`;
}

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
