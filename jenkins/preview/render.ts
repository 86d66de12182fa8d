import { structuredPatch } from "diff";
import { groupBy } from "../../settings/collections";
import { UNKNOWN } from "../../settings/naming";
import type { PluginValue } from "../../settings/schema/codec";
import type { Difference, SettingDifference } from "../push/difference";
import type { Plan } from "./compare";
import { printable } from "../../settings/printable";

/** Lines of a text diff shown for one parameter. */
const TEXT_LINES = 20;
const KNOWN_LATER = "(known after AWS answers)";
/** Characters of one value shown. */
const VALUE_WIDTH = 100;

/** {@link renderPlans} of one plan. */
export const renderPlan = (plan: Plan) => renderPlans([plan]);

/**
 * Plans as text for terminals and CI: `+ template linux-spot`, `~ linux.initScript` with a short text diff, `- template old`.
 * Controllers on which the same changes are one block. Secrets are masked already.
 */
export function renderPlans(plans: readonly Plan[]): string {
    const blocks = groupBy(plans, (plan) => JSON.stringify([plan.cloud, body(plan)]));
    return printable([...blocks.values()].map((same) => [title(same), ...body(same[0]!)].join("\n")).join("\n"));
}

/** What differs, by name and without values: `linux.executors`, `template old`. */
export function changedNames(plan: Plan): string[] {
    const names = plan.differences.map((each) =>
        !each.existed || each.wanted === false
            ? subjectName(plan, each)
            : `${ownerName(plan, each)}.${inSettings(each).name}`,
    );
    return [...new Set(names)];
}

const subjectName = ({ cloud }: Plan, { subject, id }: Difference) =>
    subject === "cloud" ? `cloud ${cloud}` : `${subject} ${id}`;

const ownerName = ({ cloud }: Plan, { subject, id }: Difference) => (subject === "cloud" ? cloud : id);

/** `controllers team-a, team-b, cloud agents (Jenkins 2.528.1, ec2 2059)`. */
function title(plans: readonly Plan[]): string {
    const each = (value: (plan: Plan) => string) => [...new Set(plans.map(value))].join(", ");
    const versions = `Jenkins ${each(({ jenkins }) => jenkins)}, ec2 ${each(({ plugin }) => plugin || "not installed")}`;
    return `${plans.length === 1 ? "controller" : "controllers"} ${each(({ controller }) => controller)}, cloud ${plans[0]!.cloud} (${versions})`;
}

function body(plan: Plan): string[] {
    const same = plan.differences.length === 0 ? ["  nothing differs"] : [];
    const lines = [
        ...same,
        ...subjects(plan),
        ...plan.foreign.map((each) => `! ${each}`),
        ...plan.notes.map((each) => `  ${each}`),
    ];
    return lines.map((line) => `  ${line}`);
}

/** One entry for each thing that comes or goes as a whole, and one for each parameter of those that stay. */
function subjects(plan: Plan): string[] {
    const groups = groupBy(plan.differences, ({ subject, id }) => `${subject} ${id}`);
    return [...groups.values()].flatMap((differences) => subjectLines(plan, differences));
}

function subjectLines(plan: Plan, differences: Difference[]): string[] {
    const [first] = differences;
    const name = subjectName(plan, first);
    if (!first.existed) {
        // Of a credential the settings give nothing.
        const shown = first.subject === "credential" ? [] : differences.filter(isTelling).map(inSettings);
        return [`+ ${name}`, ...shown.map(({ name: setting, after }) => `    ${setting}: ${value(after)}`)];
    }
    if (first.wanted === false) {
        return [`- ${name}`];
    }
    return differences.flatMap((each) => changeLines(ownerName(plan, first), each));
}

/** Of something new, only what the settings give is worth a line, no default. */
function isTelling(difference: Difference): boolean {
    const { after } = difference;
    return (
        difference.path.length > 0 &&
        difference.isDefault !== true &&
        difference.path[0] !== "$class" &&
        after !== "" &&
        after !== "false" &&
        after !== "0"
    );
}

function changeLines(name: string, difference: Difference): string[] {
    const { name: setting, before, after } = inSettings(difference);
    const head = `~ ${name}.${setting}`;
    if (typeof before === "string" && typeof after === "string" && !unknown(after)) {
        if (`${before}${after}`.includes("\n")) return [head, ...textDiff(before, after)];
        if (Math.max(before.length, after.length) > VALUE_WIDTH)
            return [head, ...elementDiff(words(before), words(after))];
    }
    if (Array.isArray(before) && Array.isArray(after)) {
        return [head, ...elementDiff(before.map(value), after.map(value))];
    }
    return [`${head}: ${value(before)} -> ${value(after)}`];
}

/** The settings' own name and values of what differs; the plugin's where no single setting is behind it. */
function inSettings({ setting, path, before, after }: Difference): SettingDifference {
    return setting ?? { name: path.join("."), before, after };
}

/** The words of a long text in one line, which the plugin separates by spaces, commas or semicolons. */
const words = (text: string) => text.split(/[\s,;]+/).filter((word) => word !== "");

/** The elements of a list that go and come; the new order of a list that has the same elements. */
function elementDiff(before: string[], after: string[]): string[] {
    const gone = before.filter((each) => !after.includes(each)).map((each) => `    -${each}`);
    const come = after.filter((each) => !before.includes(each)).map((each) => `    +${each}`);
    return gone.length + come.length === 0 ? [`    (new order: ${after.join(", ")})`] : [...gone, ...come];
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
