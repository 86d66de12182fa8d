import type { StatusOrphan, StatusReport } from "../reports/statusReport";
import { aged, table } from "./cells";
import { html, link, type Markup } from "./markup";
import { many, price } from "./words";

/** The instances that no controller knows, and what is to become of them. */
export function orphansCard({ orphans, prices, summary }: StatusReport): Markup {
    const oldest = Math.max(...orphans.map(({ ageSeconds = 0 }) => ageSeconds));
    const outcome = ({ kept }: StatusOrphan) =>
        kept === undefined
            ? html`<span class="tag bad">may be ended</span>`
            : html`<span class="tag">left alone</span> <small>${kept}</small>`;
    return html`<section class="card">
        <h2>Instances that no controller knows <small>${many(summary.orphans, "instance")}</small></h2>
        <p class="muted"><code>orphans --end</code> ends those that may be ended, after it has asked.</p>
        ${table(
            ["Instance", "Of", "State", "Age", "Cost", "orphans --end"],
            orphans.map((orphan) => [
                html`${link(orphan.console, orphan.instanceId)}
                    <small>${orphan.instanceType}${orphan.spot ? " · Spot" : ""} · ${orphan.region}</small>`,
                [orphan.controller, orphan.template].filter((each) => each !== "").join(" / "),
                orphan.instanceState,
                aged(orphan.ageSeconds ?? 0, oldest),
                price(orphan.perHour, prices.currency),
                outcome(orphan),
            ]),
            [4],
        )}
    </section>`;
}
