import { groupBy } from "../../settings/collections";
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
    /** What of the agents a template cannot have. */
    notCarried: string[];
    /** Agents' hours of one month by the price table: today's number always on, and on demand at least and at most. */
    month: { alwaysOn: number; least: number; most: number };
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
    return { kind, cap: capOf(kind), instanceType, perHour, notCarried: notCarried(kind), month: monthOf(kind) };
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

function notCarried({ agents, system }: Kind): string[] {
    const all = (of: (agent: FoundAgent) => string[]) => [...new Set(agents.flatMap(of))].sort();
    const secrets = all(({ environment }) => environment.filter(({ secret }) => secret).map(({ name }) => name));
    const unnamed = all(({ environment }) =>
        environment.filter(({ name, secret }) => !secret && !isVariable(name)).map(({ name }) => name),
    );
    const others = all(({ otherProperties }) => otherProperties);
    const needed = all(({ tools, environment }) => [
        ...tools.map(({ name, home }) => `${home} (${name})`),
        ...environment.filter(({ value }) => isFolder(value)).map(({ name, value }) => `${value} (${name})`),
    ]);
    const java = all((agent) => (agent.java === "" ? [] : [agent.java]));
    return [
        ...(needed.length === 0 ? [] : [`what has to be in the image: ${needed.join(", ")}`]),
        ...(java.length === 0 ? [] : [`agents run Java ${java.join(", ")}`]),
        ...(secrets.length === 0 ? [] : [`variables that look like secrets are left out: ${secrets.join(", ")}`]),
        ...(unnamed.length === 0 ? [] : [`variables with names that settings do not take: ${unnamed.join(", ")}`]),
        ...(others.length === 0 ? [] : [`properties of the agents: ${others.join(", ")}`]),
        ...(system.isOnEc2 ? [] : [`its processor, ${agents[0]!.system}: EC2 has none like it`]),
        ...(system.platform === "windows" ? ["the password of Windows: EC2 generates one for each instance"] : []),
    ];
}

const isFolder = (value: string) => /^(\/|[A-Za-z]:\\)/.test(value);

/** Whether settings take the name (`environment`). */
export const isVariable = (name: string) => /^[A-Za-z_]\w*(\+\w+)?$/.test(name);
