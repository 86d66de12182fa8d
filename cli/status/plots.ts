import type { StatusAgent, StatusReport } from "../reports/statusReport";
import { html, type Markup } from "./markup";
import { countsOf, duration, price, STATES } from "./words";

type State = StatusAgent["state"];

/** More cells than this are shown as a number. */
const MOST_CELLS = 60;

/** The shapes of the cells: each state has one of its own, whatever its colour. */
export const symbols = html`<svg width="0" height="0" class="symbols" aria-hidden="true">
    <symbol id="busy" viewBox="0 0 14 14"><rect x="1" y="1" width="12" height="12" rx="2" class="full" /></symbol>
    <symbol id="idle" viewBox="0 0 14 14"><rect x="2" y="2" width="10" height="10" rx="1.5" class="line" /></symbol>
    <symbol id="launching" viewBox="0 0 14 14">
        <rect x="2" y="2" width="10" height="10" rx="1.5" class="line" />
        <path d="M2 12 L12 2 L12 12 Z" class="full" />
    </symbol>
    <symbol id="offline" viewBox="0 0 14 14"><path d="M3 3 L11 11 M11 3 L3 11" class="cross" /></symbol>
    <symbol id="free" viewBox="0 0 14 14"><circle cx="7" cy="7" r="2" class="dot" /></symbol>
</svg>`;

/** One cell for each agent, and for what there may be besides. */
export function cells(states: readonly State[], cap?: number): Markup {
    const sorted = STATES.flatMap((state) => states.filter((each) => each === state));
    const free = Math.max(0, Math.min(cap ?? 0, MOST_CELLS) - sorted.length);
    const shown = [...sorted.slice(0, MOST_CELLS), ...Array<"free">(free).fill("free")];
    const more = Math.max(sorted.length, cap ?? 0) - shown.length;
    return html`<span class="cells" aria-hidden="true"
        >${shown.map((state) => cell(state))}${more > 0 ? html` <small>and ${more} more</small>` : undefined}</span
    >`;
}

const cell = (name: State | "free") => html`<svg width="14" height="14" class="${name}"><use href="#${name}" /></svg>`;

const legend = html`<p class="legend">
    ${STATES.map((state) => html`<span>${cell(state)} ${state}</span> `)}<span>${cell("free")} free up to the cap</span>
</p>`;

/** A bar of a part of the width, from 0 to 1; the figure stands beside it. */
export function bar(part: number, figure: string): Markup {
    const width = Math.max(0.5, Math.min(1, part) * 100).toFixed(1);
    return html`<svg class="bar" height="10" role="img" aria-label="${figure}">
        <rect width="100%" height="10" rx="2" class="track" />
        <rect width="${width}%" height="10" rx="2" class="full" />
    </svg>`;
}

/** An age as a bar beside others, `most` being the oldest's. */
export const aged = (seconds: number, most: number) =>
    html`<span class="aged"
        >${bar(most === 0 ? 0 : seconds / most, duration(seconds))}<span>${duration(seconds)}</span></span
    >`;

/** Every template's agents, each a cell, among those that it may have. */
export function agentsPlot({ controllers }: StatusReport): Markup {
    const rows = controllers
        .filter(({ problem }) => problem === undefined)
        .flatMap(({ id, clouds }) =>
            clouds.flatMap(({ name, templates, agents }) => {
                const known = templates.map(({ description, cap }) => ({ description, cap }));
                const gone = [...new Set(agents.map(({ template }) => template))].filter(
                    (one) => !known.some(({ description }) => description === one),
                );
                return [...known, ...gone.map((description) => ({ description, cap: undefined }))].map(
                    ({ description, cap }) => {
                        const those = agents.filter(({ template }) => template === description);
                        return html`<div class="row">
                            <div class="what"><b>${description}</b> <small>${id} · ${name}</small></div>
                            <div class="plot">
                                ${cells(
                                    those.map(({ state }) => state),
                                    cap,
                                )}
                            </div>
                            <div class="figure">
                                ${countsOf(those)}${cap === undefined ? undefined : html` <small>of ${cap}</small>`}
                            </div>
                        </div>`;
                    },
                );
            }),
        );
    return html`<section class="card">
        <h2>Agents by template</h2>
        ${legend} ${rows.length === 0 ? html`<p>No controller could be asked.</p>` : rows}
    </section>`;
}

/** What each template's agents cost now, the most first. */
export function costPlot({ controllers, orphans, summary, prices }: StatusReport): Markup | undefined {
    const perTemplate = controllers.flatMap(({ id, clouds }) =>
        clouds.flatMap(({ agents }) =>
            [...new Set(agents.map(({ template }) => template))].map((template) => ({
                name: template,
                where: id,
                cost: agents.reduce((sum, agent) => sum + (agent.template === template ? (agent.perHour ?? 0) : 0), 0),
            })),
        ),
    );
    const unknown = orphans.reduce((sum, { perHour = 0 }) => sum + perHour, 0);
    const rows = [...perTemplate, { name: "known to no controller", where: "", cost: unknown }]
        .filter(({ cost }) => cost > 0)
        .sort((one, other) => other.cost - one.cost);
    if (rows.length === 0) return undefined;
    const most = Math.max(...rows.map(({ cost }) => cost));
    return html`<section class="card">
        <h2>Cost an hour <small>${summary.perHour.toFixed(2)} ${prices.currency} in all</small></h2>
        ${rows.map(
            ({ name, where, cost }) =>
                html`<div class="row">
                    <div class="what"><b>${name}</b> <small>${where}</small></div>
                    <div class="plot">${bar(cost / most, price(cost, prices.currency))}</div>
                    <div class="figure">${price(cost, prices.currency)}</div>
                </div>`,
        )}
    </section>`;
}
