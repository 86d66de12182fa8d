import type { StatusReport } from "../reports/statusReport";
import { html, type Markup } from "./markup";
import { bar, cells, legend } from "./plots";
import { countsOf, price } from "./words";

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
