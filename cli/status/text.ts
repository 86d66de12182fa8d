import { table } from "../../jenkins/table";
import type { StatusAgent, StatusCloud, StatusController, StatusOrphan, StatusReport } from "../reports/statusReport";
import { countsOf, duration, lastPush, moment, price, sourceOf } from "./words";
import { many } from "../../settings/printable";

/** The status for a terminal or a log: plain lines, the worst of each part first. */
export function statusText(status: StatusReport): string {
    return [
        `${status.stack}, ${moment(status.at)}: ${headline(status)}`,
        ...status.errors.map(
            ({ path, message, fix }) =>
                `error: ${path === undefined ? "" : `${path}: `}${message}${fix === undefined ? "" : `. What to do: ${fix}`}`,
        ),
        // Those of a controller stand with it.
        ...status.warnings.filter(({ path }) => path === undefined).map(({ message }) => `note: ${message}`),
        "",
        ...status.controllers.flatMap((controller) => [...controllerLines(controller, status), ""]),
        ...orphanLines(status),
        sourceOf(status.prices),
        "",
    ].join("\n");
}

/** The whole in one sentence. */
export function headline({ summary, prices }: StatusReport): string {
    const { busy, idle, launching, offline, waiting, orphans, unanswered, perHour, instances, unpriced } = summary;
    return [
        `agents: ${busy} busy, ${idle} idle, ${launching} launching, ${offline} offline`,
        many(waiting, "build waits", "builds wait"),
        `${perHour.toFixed(2)} ${prices.currency}/h for ${many(instances, "instance")}${unpriced === 0 ? "" : ` (${unpriced} without a price)`}`,
        ...(orphans === 0 ? [] : [`${many(orphans, "instance")} that no controller knows`]),
        ...(unanswered === 0 ? [] : [`${many(unanswered, "controller")} not reachable`]),
    ].join("; ");
}

function controllerLines(controller: StatusController, { prices }: StatusReport): string[] {
    const { id, url, problem, faults, clouds, waiting, waitingInAll, otherAgents, switchedOff, stranded } = controller;
    if (problem !== undefined) {
        return [
            `controller ${id}  ${url}  NOT REACHABLE: ${problem}`,
            ...clouds.map(({ name, region, pushed }) => `  cloud ${name} (${region}), last push ${lastPush(pushed)}`),
        ];
    }
    return [
        `controller ${id}  ${url}  Jenkins ${controller.jenkins}, ec2 ${controller.plugin ?? "not active"}`,
        ...faults.map(({ severity, code, path }) => `  known fault (${severity}) ${code}: ${path}`),
        ...clouds.flatMap((cloud) => cloudLines(cloud, prices.currency)),
        ...(otherAgents === 0 ? [] : [`  ${many(otherAgents, "agent")} of EC2 clouds that are not this stack's`]),
        ...switchedOff.map(
            ({ name, label, since }) =>
                `  permanent agent ${name}: taken offline by switch for the label ${label}, ${moment(since)}`,
        ),
        ...(stranded === 0
            ? []
            : [`  ${many(stranded, "build waits", "builds wait")} that only those agents could take`]),
        `  ${many(waitingInAll, "build waits", "builds wait")}${waitingInAll === 0 ? "" : ":"}`,
        ...indented(
            waiting.map(({ name, label, seconds, page }) => [
                duration(seconds),
                label === "" ? "any agent" : `label ${label}`,
                name,
                page,
            ]),
        ),
    ];
}

function cloudLines(
    { name, region, pushed, differences, problem, templates, agents }: StatusCloud,
    currency: string,
): string[] {
    const drift =
        problem !== undefined
            ? `NOT COMPARED: ${problem}`
            : differences === 0
              ? "as it was pushed"
              : `${many(differences ?? 0, "difference")} from the last push`;
    return [
        `  cloud ${name} (${region}): last push ${lastPush(pushed)}; ${drift}`,
        ...indented(
            templates.map(({ description, labels, instanceType, spot, cap, perHour, isThere }) => [
                description,
                labels.join(" "),
                `${instanceType}${spot ? " spot" : ""}`,
                price(perHour, currency),
                `${countsOf(agents.filter(({ template }) => template === description))}${cap === undefined ? "" : ` of ${cap}`}`,
                isThere ? "" : "NOT IN JENKINS",
            ]),
        ),
        ...indented(agents.map((agent) => agentCells(agent, currency))),
    ];
}

function agentCells(
    { state, name, instanceType, ageSeconds, perHour, reason, instanceState, page, ...rest }: StatusAgent,
    currency: string,
): string[] {
    const seen =
        ageSeconds === undefined
            ? ["EC2 does not show its instance", "", ""]
            : [instanceType, duration(ageSeconds), price(perHour, currency)];
    const because = [instanceState === "stopped" ? "instance stopped" : "", reason]
        .filter((each) => each !== "")
        .join(", ");
    return [state === "busy" ? `busy ${rest.busyExecutors}/${rest.executors}` : state, name, ...seen, because, page];
}

function orphanLines({ orphans, regions, summary, prices }: StatusReport): string[] {
    return [
        ...regions.flatMap(({ region, problem }) =>
            problem === undefined ? [] : [`EC2 in ${region} NOT ASKED: ${problem}`],
        ),
        `instances that no controller knows: ${summary.orphans}`,
        ...orphans.flatMap((orphan) => indented([orphanCells(orphan, prices.currency)])),
        ...(summary.unverified === 0
            ? []
            : [`instances of controllers that could not be asked: ${summary.unverified}`]),
    ];
}

/** One orphan as cells of a line. */
export function orphanCells(orphan: StatusOrphan, currency: string): string[] {
    const {
        instanceId,
        region,
        instanceState,
        instanceType,
        ageSeconds = 0,
        perHour,
        controller,
        template,
        console,
    } = orphan;
    return [
        instanceId,
        region,
        `${instanceType}${orphan.spot ? " spot" : ""}`,
        `${instanceState} ${duration(ageSeconds)}`,
        price(perHour, currency),
        `of ${[controller, template].filter((each) => each !== "").join("/")}`,
        console,
    ];
}

const indented = (rows: string[][]) => table(rows, "    ");
