import type { InventoryController, InventoryLabel, InventoryReport } from "../reports/inventoryReport";
import { htmlPage } from "../status/htmlPage";
import { html, link, table, type Markup } from "../status/markup";
import { many } from "../../settings/printable";
import { moment } from "../status/words";
import { headline, monthLine, percent, rounded } from "./text";

/** The inventory as one page. */
export function inventoryPage(report: InventoryReport): string {
    const { at, days, errors, warnings, unserved } = report;
    return htmlPage(
        "Permanent agents of Jenkins",
        html`<header>
                <h1>Permanent agents</h1>
                <p><time datetime="${at}">${moment(at)}</time>, the last ${many(days, "day")}</p>
            </header>
            <main>
                <section class="card">
                    <p>${headline(report)}.</p>
                    <p>${monthLine(report)}</p>
                </section>
                ${errors.length + warnings.length + unserved.length === 0 ? undefined : findings(report)}
                ${usePlots(report)} ${templates(report)} ${report.controllers.map(controllerCard)}
            </main>`,
    );
}

function findings({ errors, warnings, unserved }: InventoryReport): Markup {
    return html`<section class="card">
        <h2>To look at</h2>
        <ul class="findings">
            ${errors.map(({ path, message }) => html`<li><b class="tag bad">error</b> <code>${path}</code> ${message}</li>`)}
            ${warnings.map(({ path, message }) => html`<li><b class="tag warn">warning</b> <code>${path}</code> ${message}</li>`)}
            ${unserved.map(({ label, controller, jobs, reason }) => html`<li><b class="tag warn">no template</b> ${many(jobs, "job")} on ${controller} with the label <code>${label}</code>: ${reason}</li>`)}
        </ul>
    </section>`;
}

function usePlots({ labels }: InventoryReport): Markup {
    return html`<section class="card">
        <h2>Busy executors by label <small>oldest hour on the left</small></h2>
        ${labels
            .filter(({ agents }) => agents > 0)
            .map(
                (label) =>
                    html`<div class="row">
                        <div class="what">
                            <b>${label.label}</b>
                            <small>${many(label.agents, "agent")}, ${many(label.jobs, "job")}</small>
                        </div>
                        <div class="plot">${plot(label)}</div>
                        <div class="figure">
                            peak ${rounded(label.busy.peak)}, 95 % ${rounded(label.busy.percentile95)}, mean
                            ${rounded(label.busy.mean)}
                            <br />
                            <small
                                >nothing in ${percent(label.busy.idle)}, waiting at most
                                ${rounded(label.waiting.peak)}</small
                            >
                        </div>
                    </div>`,
            )}
    </section>`;
}

/** An area of the hours, as high as the executors that there are. */
function plot({ busyByHour, executors, busy, label }: InventoryLabel): Markup {
    const hours = [...busyByHour].reverse();
    const top = Math.max(1, executors, busy.peak);
    const steps = hours.map(
        (figure, hour) => `L${hour} ${(top - figure).toFixed(2)}L${hour + 1} ${(top - figure).toFixed(2)}`,
    );
    return html`<svg
        class="bar"
        height="36"
        viewBox="0 0 ${Math.max(1, hours.length)} ${top}"
        preserveAspectRatio="none"
        role="img"
        aria-label="${label}: at most ${rounded(busy.peak)} of ${executors} executors"
    >
        <rect width="100%" height="100%" class="track" />
        <path d="M0 ${top}${steps.join("")}L${hours.length} ${top}Z" class="full" />
    </svg>`;
}

function templates({ kinds }: InventoryReport): Markup {
    return html`<section class="card">
        <h2>Proposed templates</h2>
        ${table(
            ["Template", "Agents", "Controllers", "Executors", "System", "Type", "Cap", "To do"],
            kinds.map(({ id, labels, agents, controllers, executors, system, instanceType, cap, notCarried }) => [
                html`<b>${id}</b> ${labels.map((label) => html`<span class="label">${label}</span> `)}`,
                agents,
                controllers.join(", "),
                executors,
                system || "not known",
                instanceType ?? "none",
                cap ?? "none",
                notCarried.join("; "),
            ]),
            [1, 3, 4, 5, 6],
        )}
    </section>`;
}

function controllerCard({ id, url, problem, jenkins, agents }: InventoryController): Markup {
    if (problem !== undefined)
        return html`<section class="card">
            <h2>${link(url, id)}</h2>
            <p class="problem">${problem}</p>
        </section>`;
    return html`<section class="card">
        <h2>${link(url, id)} <small>Jenkins ${jenkins}</small></h2>
        ${table(
            ["Agent", "Labels", "Executors", "Folder", "Started", "System", "State"],
            agents.map(({ name, labels, executors, folder, started, system, online, offlineReason, builtNothing }) => [
                name,
                labels.join(" "),
                executors,
                folder,
                started,
                system || "not known",
                `${online ? "online" : `offline ${offlineReason}`}${builtNothing ? ", built nothing" : ""}`,
            ]),
            [2],
        )}
    </section>`;
}
