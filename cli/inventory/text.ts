import { table } from "../../jenkins/table";
import type { InventoryController, InventoryReport } from "../reports/inventoryReport";
import { many } from "../../settings/printable";
import { moment } from "../status/words";

/** The inventory for a terminal or a log. */
export function inventoryText(report: InventoryReport): string {
    const { controllers, unserved, kinds, warnings, at } = report;
    return [
        `${moment(at)}: ${headline(report)}`,
        ...(kinds.length === 0 ? [] : [monthLine(report)]),
        ...report.errors.map(({ path, message }) => `error: ${path}: ${message}`),
        ...warnings.map(({ path, message }) => `warning: ${path}: ${message}`),
        "",
        ...controllers.filter(({ agents }) => agents.length > 0).flatMap((one) => [...controllerLines(one), ""]),
        ...(kinds.length === 0 ? [] : useLines(report)),
        ...unserved.map(
            ({ label, controller, jobs, reason }) =>
                `no template for ${many(jobs, "job")} on ${controller} with the label "${label}": ${reason}`,
        ),
        ...(kinds.length === 0 ? [] : ["", ...templateLines(report)]),
        "",
    ].join("\n");
}

/** Labels that no permanent agent has are left out: jobs that ask for them are below. */
function useLines({ labels: all, unusedLabels }: InventoryReport): string[] {
    const labels = all.filter(({ agents }) => agents > 0);
    const hours = Math.max(0, ...labels.map(({ busy }) => busy.hours));
    return [
        `use by label, in executors, over the ${many(hours, "hour")} that are known:`,
        ...indented([
            ["label", "agents", "jobs", "busy: peak", "95 %", "mean", "nothing built", "waiting: peak"],
            ...labels.map(({ label, agents, jobs, busy, waiting }) => [
                label,
                String(agents),
                String(jobs),
                rounded(busy.peak),
                rounded(busy.percentile95),
                rounded(busy.mean),
                percent(busy.idle),
                rounded(waiting.peak),
            ]),
        ]),
        ...(unusedLabels.length === 0 ? [] : [`labels without a build: ${unusedLabels.join(", ")}`]),
    ];
}

function templateLines({ kinds }: InventoryReport): string[] {
    return [
        "proposed templates (what was installed by hand has to go into the image or the init script):",
        ...indented([
            ["template", "agents", "controllers", "executors", "system", "instance type", "cap"],
            ...kinds.map(({ id, agents, controllers: own, executors, system, instanceType, cap }) => [
                id,
                String(agents),
                own.join(", "),
                String(executors),
                system || "not known",
                cap === undefined ? "none: see the notes" : (instanceType ?? "none in the price table"),
                cap === undefined ? "" : String(cap),
            ]),
        ]),
        ...kinds.flatMap(({ id, notCarried }) => notCarried.map((each) => `  ${id}: ${each}`)),
    ];
}

/** The whole in one sentence. */
export function headline({ summary, days }: InventoryReport): string {
    const { agents, controllers, kinds, busiest, busyOnAverage, builtNothing, cloudAgents, unanswered } = summary;
    // The oldest hour of the 56 days that Jenkins keeps is never known.
    const isWhole = summary.knownHours >= days * 24 - 1;
    return [
        `${many(agents, "permanent agent")} on ${many(controllers, "controller")} ${agents === 1 ? "is" : "are"} ${many(kinds, "kind")}`,
        `at most ${rounded(busiest)} ${busiest === 1 ? "was" : "were"} busy, ${busyOnAverage.toFixed(1)} on average`,
        `${builtNothing} built nothing in ${isWhole ? many(days, "day") : `the ${many(summary.knownHours, "hour")} that are known`}`,
        ...(cloudAgents === 0 ? [] : [`${many(cloudAgents, "agent")} of clouds or Swarm clients left out`]),
        ...(unanswered === 0 ? [] : [`${many(unanswered, "controller")} not reachable`]),
    ].join("; ");
}

/** What it comes to in a month. */
export function monthLine({ month }: InventoryReport): string {
    const { currency, source, alwaysOn, least, most, unpriced, leavesOut } = month;
    const without = unpriced.length === 0 ? "" : ` Without a price: ${unpriced.join(", ")}.`;
    return `EC2 for a month in ${currency} (${source}): ${alwaysOn.toFixed(0)} always on, ${least.toFixed(0)} to ${most.toFixed(0)} on demand, without ${leavesOut}.${without}`;
}

function controllerLines({ id, url, jenkins, agents }: InventoryController): string[] {
    return [
        `controller ${id}  ${url}  Jenkins ${jenkins}`,
        ...indented([
            [
                "agent",
                "labels",
                "executors",
                "folder",
                "mode",
                "started",
                "system",
                "memory",
                "Java",
                "state",
                "variables",
                "tools",
            ],
            ...agents.map((agent) => [
                agent.name,
                agent.labels.join(" "),
                String(agent.executors),
                agent.folder,
                agent.exclusive ? "exclusive" : "normal",
                agent.started,
                agent.system || "not known",
                agent.memoryGiB === undefined ? "not known" : `${agent.memoryGiB} GiB`,
                agent.java || "not known",
                agent.online
                    ? agent.idleSince === undefined
                        ? "busy"
                        : `idle since ${moment(agent.idleSince)}`
                    : `offline ${cut(agent.offlineReason)}`.trim(),
                agent.environment.join(" "),
                agent.tools.map(({ name }) => name).join(" "),
            ]),
        ]),
    ];
}

const cut = (reason: string) => (reason.length > 40 ? `${reason.slice(0, 39)}…` : reason);
export const rounded = (figure: number) => String(Math.round(figure * 10) / 10);
export const percent = (part: number) => `${Math.round(part * 100)} %`;
const indented = (rows: string[][]) => table(rows).map((line) => `  ${line}`);
