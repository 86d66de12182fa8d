import { structuredPatch } from "diff";
import { groupBy } from "../../settings/collections";
import { UNKNOWN } from "../../settings/unknown";
import type { PluginValue } from "../../settings/schema/codec";
import { Difference } from "../push/difference";
import { Plan } from "./compare";
import { visible } from "../../settings/visible";

/** Lines of a text diff shown for one parameter. */
const TEXT_LINES = 20;
const KNOWN_LATER = "(known after AWS answers)";
/** Characters of one value shown. */
const VALUE_WIDTH = 100;

/**
 * The plan as text for terminals and CI: `+ template linux-spot`, `~ linux.initScript` with a short text diff,
 * `- template old`. Secrets are masked already; values that AWS has not answered yet are said so.
 */
export function renderPlan(plan: Plan): string {
    const title = `controller ${plan.controller}, cloud ${plan.cloud} (Jenkins ${plan.jenkins}, ec2 ${plan.plugin || "not installed"})`;
    const body = [
        ...subjects(plan),
        ...plan.foreign.map((each) => `! ${each}`),
        ...plan.notes.map((each) => `  ${each}`),
    ];
    const same = plan.differences.length === 0 ? ["  nothing differs"] : [];
    return visible([title, ...[...same, ...body].map((line) => `  ${line}`)].join("\n"));
}

/** One entry for each thing that comes or goes as a whole, and one for each parameter of those that stay. */
function subjects(plan: Plan): string[] {
    const groups = groupBy(plan.differences, ({ subject, id }) => `${subject} ${id}`);
    return [...groups.values()].flatMap((differences) => subjectLines(plan, differences));
}

function subjectLines(plan: Plan, differences: Difference[]): string[] {
    const [first] = differences;
    const name = first.subject === "cloud" ? `cloud ${plan.cloud}` : `${first.subject} ${first.id}`;
    if (!first.existed) {
        return [`+ ${name}`, ...differences.filter(isTelling).map((each) => `    ${path(each)}: ${value(each.after)}`)];
    }
    if (first.wanted === false) {
        return [`- ${name}`];
    }
    return differences.flatMap((each) => changeLines(first.subject === "cloud" ? plan.cloud : first.id, each));
}

/** Of something new, only what is set is worth a line, and texts of many lines are not. */
function isTelling(difference: Difference): boolean {
    const { after } = difference;
    return (
        difference.path.length > 0 &&
        difference.path[0] !== "$class" &&
        after !== "" &&
        after !== "false" &&
        after !== "0"
    );
}

function changeLines(name: string, difference: Difference): string[] {
    const { before, after } = difference;
    const head = `~ ${[name, ...difference.path].join(".")}`;
    if (
        typeof before === "string" &&
        typeof after === "string" &&
        `${before}${after}`.includes("\n") &&
        !unknown(after)
    ) {
        return [head, ...textDiff(before, after)];
    }
    return [`${head}: ${value(before)} -> ${value(after)}`];
}

function textDiff(before: string, after: string): string[] {
    // Without a limit the time grows with the product of lines and differences.
    const patch = structuredPatch("", "", before, after, "", "", { context: 1, maxEditLength: 2_000 });
    if (patch === undefined) return [`    ${plainText(before)} -> ${plainText(after)}`];
    const { hunks } = patch;
    const lines = hunks.flatMap((hunk) => hunk.lines).filter((line) => !line.startsWith("\\"));
    const shown = lines.slice(0, TEXT_LINES).map((line) => `    ${line}`);
    return lines.length > TEXT_LINES ? [...shown, `    … ${lines.length - TEXT_LINES} more lines`] : shown;
}

function path(difference: Difference): string {
    return difference.path.join(".");
}

function unknown(data: PluginValue): boolean {
    return typeof data === "string" && data.includes(UNKNOWN);
}

/** A value in one line. */
function value(data: PluginValue): string {
    const text = typeof data === "string" ? plainText(data) : compact(data);
    return text.length > VALUE_WIDTH ? `${text.slice(0, VALUE_WIDTH)}…` : text;
}

function plainText(text: string): string {
    if (unknown(text)) {
        return KNOWN_LATER;
    }
    if (text === "") {
        return "(none)";
    }
    const lines = text.split("\n").length;
    return lines > 1 ? `(${lines} lines)` : text;
}

/** Lists and objects as JSON, without empty values; of class names only that of the whole, such as UnixData. */
function compact(data: PluginValue): string {
    const shown = JSON.stringify(data, (key, item: unknown) => (key === "$class" || item === "" ? undefined : item));
    const type = typeof data === "object" && !Array.isArray(data) ? `${String(data.$class)} ` : "";
    return type + shown.replaceAll(UNKNOWN, KNOWN_LATER);
}
