import { isFolderFor } from "../../settings/checks/template/agent";
import { groupBy } from "../../settings/collections";
import { label } from "../../settings/schema/template/agent";
import { instanceTypeFor } from "./instanceType";
import type { FoundAgent, Kind } from "./kinds";
import { added, percentile, total } from "./use";

/** A template for a kind of agents. */
export interface Proposal {
    kind: Kind;
    /** Agents at a time on each controller. */
    cap: number;
    /** Undefined where the price table has no type that fits. */
    instanceType?: string;
    /** USD or whatever the price table counts in, an hour; undefined without a price. */
    perHour?: number;
    carried: Carried;
    /** What of the agents a template cannot have, or what has to be done for it. */
    notCarried: string[];
    /** Agents' hours of one month by the price table: today's number always on, and on demand at least and at most. */
    month: { alwaysOn: number; least: number; most: number };
}

/** What a template has of its agents as it was. */
interface Carried {
    labels: string[];
    environment: Record<string, string>;
    tools: Record<string, { type: string; home: string }>;
    /** Absent where the settings' default has to do. */
    folder?: string;
}

/** So much more than the 95th percentile: rarer peaks, and builds of label expressions that another kind takes today. */
const MARGIN = 1.25;
/** So many hours must be known, or nothing follows from them: nights look like idle agents. */
const LEAST_HOURS = 24;
/** Hours of a month, as AWS counts them. */
const MONTH = 730;

/** A template for each kind. Kinds on macOS have none: those agents need dedicated hosts, which nobody starts on demand. */
export function proposalsOf(kinds: readonly Kind[], perHour: Record<string, number>): Proposal[] {
    return kinds.filter(({ system }) => system.platform !== "mac").map((kind) => proposalOf(kind, perHour));
}

function proposalOf(kind: Kind, prices: Record<string, number>): Proposal {
    const { architecture } = kind.system;
    const executors = executorsOf(kind);
    const instanceType = instanceTypeFor({ architecture, executors, memoryGiB: kind.memoryGiB }, prices);
    const perHour = instanceType === undefined ? undefined : prices[instanceType];
    return {
        ...{ kind, cap: capOf(kind), instanceType, perHour, month: monthOf(kind) },
        ...{ carried: carriedOf(kind), notCarried: notCarried(kind) },
    };
}

export const executorsOf = ({ agents: [first] }: Kind) => Math.max(1, first!.executors);

/** Whether so much is known of the agents' use that a cap and a cost follow from it. */
export const isUseKnown = ({ agents }: Kind) => agents.some(({ byHour }) => byHour.length >= LEAST_HOURS);

/** A cap is for each controller, so the busiest one decides. */
export function capOf(kind: Kind): number {
    const ofControllers = [...groupBy(kind.agents, ({ controller }) => controller).values()].map((those) => {
        const needed = instancesByHour(those, executorsOf(kind));
        return !isUseKnown(kind) ? those.length : Math.ceil(percentile(needed, 0.95) * MARGIN);
    });
    return Math.max(1, ...ofControllers);
}

/** How many instances the builds of each hour need, if each is filled. */
function instancesByHour(agents: readonly FoundAgent[], executors: number): number[] {
    return added(agents.map(({ byHour }) => byHour)).map((busy) => Math.ceil(busy / executors));
}

/** At least: each instance is full. At most: each build has an instance of its own, which is kept for another hour. */
function monthOf(kind: Kind): Proposal["month"] {
    const busy = added(kind.agents.map(({ byHour }) => byHour));
    const hours = busy.length;
    const alwaysOn = kind.agents.length * MONTH;
    if (!isUseKnown(kind)) return { alwaysOn, least: 0, most: alwaysOn };
    const executors = executorsOf(kind);
    const apart = busy.map((figure) => Math.min(kind.agents.length, Math.ceil(figure)));
    const kept = apart.map((figure, hour) => Math.max(figure, apart[hour + 1] ?? 0));
    return {
        alwaysOn,
        least: (total(busy) / executors / hours) * MONTH,
        most: (total(kept) / hours) * MONTH,
    };
}

/** Of the agents of a kind, which are alike. */
function carriedOf({ agents: [first], system }: Kind): Carried {
    const { labels, environment, tools, folder } = first!;
    const variables = environment.filter(({ name, secret }) => !secret && isVariable(name));
    const named = tools.filter((tool) => isCarried(tool, tools));
    return {
        labels: labels.filter(isLabel),
        environment: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
        tools: Object.fromEntries(named.map(({ name, type, home }) => [name, { type, home }])),
        ...(isCarriedFolder(folder, system) ? { folder } : {}),
    };
}

function notCarried({ agents, system }: Kind): string[] {
    const [first] = agents as [FoundAgent];
    const all = (of: (agent: FoundAgent) => string[]) => [...new Set(agents.flatMap(of))].sort();
    const { labels, environment, tools, folder } = first;
    const needed = [
        ...tools.filter(({ home }) => home !== "").map(({ name, home }) => `${home} (${name})`),
        ...environment.filter(({ value }) => isPath(value)).map(({ name, value }) => `${value} (${name})`),
    ].sort();
    const notes: [note: string, what: string[]][] = [
        ["what has to be in the image", needed],
        ["the agents run Java", all(({ java }) => (java === "" ? [] : [java]))],
        ["labels that settings do not take", labels.filter((label) => !isLabel(label))],
        ["its folder must be absolute", folder === "" || isCarriedFolder(folder, system) ? [] : [folder]],
        [
            "variables that look like secrets are left out",
            environment.filter(({ secret }) => secret).map(({ name }) => name),
        ],
        [
            "variables with names that settings do not take",
            environment.filter(({ name, secret }) => !secret && !isVariable(name)).map(({ name }) => name),
        ],
        [
            "tools without a folder, or with another tool's name",
            tools.filter((tool) => !isCarried(tool, tools)).map(({ name, type }) => `${name} (${type})`),
        ],
        ["properties of the agents", all(({ otherProperties }) => otherProperties)],
        ["EC2 has no such processor", system.isOnEc2 ? [] : [first.system]],
        ["EC2 generates for each instance", system.platform === "windows" ? ["the password of Windows"] : []],
    ];
    return notes.filter(([, what]) => what.length > 0).map(([note, what]) => `${note}: ${what.join(", ")}`);
}

const isPath = (value: string) => /^(\/|[A-Za-z]:[\\/])/.test(value);
const isCarriedFolder = (folder: string, { platform }: Kind["system"]) =>
    isFolderFor({ platform: platform === "windows" ? "windows" : "unix" }, folder);
/** Settings have tools by their name, whatever their type. */
const isCarried = (tool: Tool, tools: readonly Tool[]) =>
    tool === tools.find(({ name, home }) => name === tool.name && home !== "");
/** Whether settings take a name (`environment`). */
const isVariable = (name: string) => /^[A-Za-z_]\w*(\+\w+)?$/.test(name);
const isLabel = (text: string) => label.safeParse(text).success;

type Tool = FoundAgent["tools"][number];
