import type { StatusReport } from "../reports/statusReport";
import { controllerCard, orphansCard } from "./cards";
import { htmlPage } from "./htmlPage";
import { html, type Markup } from "./markup";
import { agentsPlot, costPlot, symbols } from "./plots";
import { many } from "../../settings/printable";
import { duration, moment } from "./words";

/** The status as one page that loads nothing: for a browser, a phone, or paper. */
export function statusPage(status: StatusReport): string {
    const { stack, at, controllers, orphans, prices } = status;
    return htmlPage(
        `${stack}: Jenkins agents on EC2`,
        html`${symbols}
            <header>
                <h1>${stack}</h1>
                <p>Jenkins agents on EC2, <time datetime="${at}">${moment(at)}</time></p>
            </header>
            <main>
                ${tiles(status)} ${attention(status)} ${agentsPlot(status)} ${costPlot(status)}
                ${controllers.map((controller) => controllerCard(controller, prices.currency))}
                ${orphans.length === 0 ? undefined : orphansCard(status)}
            </main>
            <footer>
                <p>
                    Costs are of instances that run, by a price table of ${prices.date} (${prices.source}); for Spot
                    they are the most. Volumes and traffic come on top.
                </p>
            </footer>`,
    );
}

function tiles({ summary, controllers, prices }: StatusReport): Markup {
    const { busy, idle, launching, offline, waiting, orphans, perHour, instances, unpriced, unanswered } = summary;
    const longest = Math.max(0, ...controllers.flatMap((one) => one.waiting.map(({ seconds }) => seconds)));
    const others = [
        [launching, "launching"],
        [offline, "offline"],
    ].filter(([count]) => count !== 0);
    return html`<section class="tiles" aria-label="The whole in figures">
        ${[
            tile(
                busy + idle,
                "agents online",
                `${busy} busy, ${idle} idle${others.map(([count, state]) => `, ${count} ${state}`).join("")}`,
            ),
            tile(
                perHour.toFixed(2),
                `${prices.currency} an hour`,
                `${many(instances, "instance")}${unpriced === 0 ? "" : `, ${unpriced} without a price`}`,
            ),
            tile(
                waiting,
                waiting === 1 ? "build waits" : "builds wait",
                waiting === 0 ? "for an agent" : `longest ${duration(longest)}`,
            ),
            tile(
                `${controllers.length - unanswered}/${controllers.length}`,
                "controllers answer",
                unanswered === 0 ? "all could be asked" : `${unanswered} not reachable`,
                unanswered > 0,
            ),
            tile(
                orphans,
                orphans === 1 ? "unknown instance" : "unknown instances",
                orphans === 0 ? "each has its agent" : "no controller has them",
                orphans > 0,
            ),
        ]}
    </section>`;
}

const tile = (figure: string | number, name: string, detail: string, isBad = false) =>
    html`<div class="tile${isBad ? " bad" : ""}">
        <b>${isBad ? html`<span class="mark">!</span> ` : undefined}${figure}</b> <span>${name}</span>
        <small>${detail}</small>
    </div>`;

/** What is wrong, and below it what is only known to be so. */
function attention({ errors, controllers }: StatusReport): Markup | undefined {
    const edits = controllers.flatMap(({ id, clouds }) =>
        clouds.flatMap(({ name, differences = 0 }) =>
            differences === 0
                ? []
                : html`<li>
                      <b class="tag warn">edited</b> ${id}, cloud ${name}: ${many(differences, "difference")} from the
                      last push
                  </li>`,
        ),
    );
    if (errors.length + edits.length === 0) return undefined;
    return html`<section class="card">
        <h2>To look at</h2>
        <ul class="findings">
            ${errors.map(({ path, message, fix }) => html`<li><b class="tag bad">error</b> ${path === undefined ? undefined : html`<code>${path}</code> `}${message}${fix === undefined ? undefined : html`<small>What to do: ${fix}</small>`}</li>`)}
            ${edits}
        </ul>
    </section>`;
}
