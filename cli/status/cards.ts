import type { StatusAgent, StatusCloud, StatusController, StatusOrphan, StatusReport } from "../reports/statusReport";
import { html, link, table, type Markup } from "./markup";
import { aged, bar, cells } from "./plots";
import { duration, lastPush, moment, price } from "./words";
import { many } from "../../settings/printable";

/** Builds that are shown. */
const SHOWN = 20;

/** All that is known of one controller. */
export function controllerCard(controller: StatusController, currency: string): Markup {
    const {
        id,
        url,
        problem,
        faults,
        clouds,
        waiting,
        waitingInAll,
        otherAgents,
        switchedOff,
        stranded,
        jenkins,
        plugin,
    } = controller;
    const version = problem === undefined ? `Jenkins ${jenkins}, ec2 ${plugin ?? "not active"}` : "";
    return html`<section class="card">
        <h2>
            ${link(url, id)}
            <span class="tag ${problem === undefined ? "good" : "bad"}"
                >${problem === undefined ? "answers" : "not reachable"}</span
            >
            <small>${version}</small>
        </h2>
        ${problem === undefined ? undefined : html`<p class="problem">${problem}</p>`}
        ${faults.length === 0 ? undefined : faultList(faults)}
        ${clouds.map((cloud) => cloudPart(cloud, problem === undefined, currency))}
        ${problem !== undefined ? undefined : waitingPart(waiting, waitingInAll)}
        ${switchedOff.length === 0 ? undefined : switchedPart(switchedOff, stranded)}
        ${otherAgents === 0 ? undefined : html`<p class="muted">${many(otherAgents, "agent")} of EC2 clouds that are not this stack's.</p>`}
    </section>`;
}

/** Permanent agents that switch took offline. */
function switchedPart(agents: StatusController["switchedOff"], stranded: number): Markup {
    return html`<h3>
            Permanent agents that are switched off
            ${stranded === 0 ? undefined : html`<span class="tag bad">${many(stranded, "build waits", "builds wait")} for them</span>`}
        </h3>
        ${table(
            ["Agent", "Label", "Since"],
            agents.map(({ name, label, since }) => [name, html`<span class="label">${label}</span>`, moment(since)]),
            [],
        )}`;
}

function faultList(faults: StatusController["faults"]): Markup {
    return html`<details>
        <summary>${many(faults.length, "known fault")} of this release that the settings meet</summary>
        <ul class="findings">
            ${faults.map(({ code, severity, path, message, fix }) => html`<li><b class="tag ${severity === "error" ? "bad" : "warn"}">${severity}</b> <code>${code}</code> ${message}<small>${path}</small><small>What to do: ${fix}</small></li>`)}
        </ul>
    </details>`;
}

function cloudPart(
    { name, region, pushed, differences, problem, templates, agents }: StatusCloud,
    isKnown: boolean,
    currency: string,
): Markup {
    const drift =
        problem !== undefined
            ? html`<span class="tag bad">not compared</span> ${problem}`
            : differences === undefined
              ? undefined
              : differences === 0
                ? html`<span class="tag good">as pushed</span>`
                : html`<span class="tag warn">edited</span> <small>${many(differences, "difference")}</small>`;
    return html`<h3>${name} <small>${region} · last push ${lastPush(pushed)}</small> ${drift}</h3>
        ${table(
            ["Template", "Labels", "Type", "Each", "Cap"],
            templates.map(({ description, labels, instanceType, spot, perHour, cap, isThere }) => [
                html`<b>${description}</b>${isThere ? undefined : html` <span class="tag bad">not in Jenkins</span>`}`,
                labels.map((label) => html`<span class="label">${label}</span> `),
                `${instanceType}${spot ? " · Spot" : ""}`,
                price(perHour, currency),
                cap ?? "none",
            ]),
            [3, 4],
        )}
        ${!isKnown || agents.length === 0 ? undefined : agentTable(agents, currency)}`;
}

function agentTable(agents: readonly StatusAgent[], currency: string): Markup {
    const oldest = Math.max(...agents.map(({ ageSeconds = 0 }) => ageSeconds));
    return table(
        ["Agent", "State", "Instance", "Age", "Cost"],
        agents.map((agent) => [
            link(agent.page, agent.template === "" ? agent.name : agent.template),
            stateOf(agent),
            agent.instanceId === ""
                ? "not yet"
                : html`${link(agent.console, agent.instanceId)}
                      <small>${agent.instanceType}${agent.spot ? " · Spot" : ""}</small>`,
            agent.ageSeconds === undefined ? "EC2 does not show it" : aged(agent.ageSeconds, oldest),
            agent.ageSeconds === undefined ? "" : price(agent.perHour, currency),
        ]),
        [4],
        "agents",
    );
}

function stateOf({ state, busyExecutors, executors, instanceState, reason }: StatusAgent): Markup {
    const detail = [
        state === "busy" ? `${busyExecutors} of ${executors}` : "",
        instanceState === "stopped" || instanceState === "stopping" ? `instance ${instanceState}` : "",
        reason,
    ].filter((each) => each !== "");
    return html`<span class="state">${cells([state])} ${state}</span> <small>${detail.join(", ")}</small>`;
}

function waitingPart(waiting: StatusController["waiting"], all: number): Markup {
    if (all === 0) return html`<p class="muted">No build waits.</p>`;
    const longest = Math.max(...waiting.map(({ seconds }) => seconds), 1);
    return html`<h3>${many(all, "build waits", "builds wait")}</h3>
        ${waiting.slice(0, SHOWN).map(
            ({ name, page, label, seconds }) =>
                html`<div class="row">
                    <div class="what">
                        ${link(page, name)}
                        <small>${label === "" ? "any agent" : html`for <span class="label">${label}</span>`}</small>
                    </div>
                    <div class="plot">${bar(seconds / longest, duration(seconds))}</div>
                    <div class="figure">${duration(seconds)}</div>
                </div>`,
        )}
        ${all > SHOWN ? html`<p class="muted">${all - SHOWN} more, which have waited for less.</p>` : undefined}`;
}

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
