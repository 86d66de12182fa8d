import { reachesBack, statisticsHours, type Inventory, type PermanentAgent } from "./readInventory";
import type { PriceTable } from "../../settings";
import { groupBy } from "../../settings/collections";
import { many } from "../../settings/printable";
import type { ReportedProblem } from "../reports/jsonReport";
import type {
    InventoryController,
    InventoryLabel,
    InventoryProposal,
    InventoryReport,
} from "../reports/inventoryReport";
import { kindsOf, type FoundAgent, type Kind } from "./kinds";
import { proposalsOf, type Proposal } from "./propose";
import { added, busyTimes, byHourOf, mostAtOnce, useOf } from "./use";

/** What one controller answered. */
export interface ControllerAnswer {
    id: string;
    url: string;
    inventory?: Inventory;
    /** Why it could not be asked. */
    problem?: string;
}

export interface Answers {
    at: Date;
    days: number;
    controllers: ControllerAnswer[];
    prices: PriceTable;
}

/** What was found, and what is made of it. */
export interface Compiled {
    report: InventoryReport;
    proposals: Proposal[];
}

const leavesOut = "volumes, traffic, public addresses, licences of Windows, Spot, and what the machines of today cost";

/** What is known of the permanent agents, and what they would be on EC2. Pure. */
export function compile({ at, days, controllers, prices }: Answers): Compiled {
    const agents = controllers.flatMap((one) => foundAgents(one, days));
    const kinds = kindsOf(agents);
    const proposals = proposalsOf(kinds, prices.perHour);
    // An agent is busy, however many of its executors are.
    const isBusy = (figures: readonly number[]) => figures.map((figure) => Math.min(1, figure));
    const busyAgents = useOf(added(agents.map(({ byHour }) => isBusy(byHour))), [
        ...added(agents.map(({ busyByMinute }) => isBusy(busyByMinute))),
        mostAtOnce(agents.flatMap(({ builds }) => busyTimes(builds))),
    ]);
    const labels = labelsOf(controllers, agents);
    const answered = controllers.filter(({ inventory }) => inventory !== undefined);
    const report: InventoryReport = {
        changes: [],
        summary: {
            controllers: controllers.length,
            unanswered: controllers.length - answered.length,
            agents: agents.length,
            kinds: kinds.length,
            busiest: busyAgents.peak,
            busyOnAverage: busyAgents.mean,
            builtNothing: agents.filter(builtNothing).length,
            knownHours: Math.min(days * 24, ...agents.map(({ byHour }) => byHour.length)),
            cloudAgents: controllers.reduce((sum, { inventory }) => sum + (inventory?.cloudAgents ?? 0), 0),
        },
        warnings: controllers.flatMap((one) => doubts(one, days)),
        errors: controllers.flatMap(({ id, problem }) =>
            problem === undefined ? [] : { path: `controllers.${id}`, message: problem },
        ),
        at: at.toISOString(),
        days,
        controllers: controllers.map((one) => controllerReport(one, agents)),
        labels,
        unusedLabels: labels
            .filter(({ agents: own, busy, waiting }) => own > 0 && busy.peak + waiting.peak === 0)
            .map(({ label }) => label),
        unserved: unserved(controllers, proposals),
        kinds: kinds.map((kind) => kindReport(kind, proposals)),
        month: monthOf(proposals, prices),
    };
    return { report, proposals };
}

function foundAgents({ id, inventory }: ControllerAnswer, days: number): FoundAgent[] {
    if (inventory === undefined) return [];
    const { agents, builds } = inventory;
    const reaches = statisticsHours(agents);
    const hours = knownHours(inventory, days);
    const byAgent = groupBy(builds, ({ agent }) => agent);
    return agents.map((agent) => {
        const own = byAgent.get(agent.name) ?? [];
        const fromBuilds = own.length === 0 ? [] : byHourOf(own, hours);
        // An agent that came later than Jenkins started has a shorter series: it was not busy before.
        const byHour = Array.from({ length: hours }, (_, hour) =>
            hour < reaches ? (agent.busyByHour[hour] ?? 0) : (fromBuilds[hour] ?? 0),
        );
        return { ...agent, controller: id, byHour, builds: own };
    });
}

/** Hours for which all builds are known: by the load statistics, and before them by the builds if none are missing. */
function knownHours({ agents, buildsRead, namelessJobs }: Inventory, days: number): number {
    return buildsRead === "all" && namelessJobs === 0 ? days * 24 : Math.min(statisticsHours(agents), days * 24);
}

const builtNothing = ({ byHour, busyByMinute, builds }: FoundAgent) =>
    builds.length === 0 && ![...byHour, ...busyByMinute].some((figure) => figure > 0);

/** Where the figures may be too low. */
function doubts({ id, inventory }: ControllerAnswer, days: number): ReportedProblem[] {
    if (inventory === undefined || inventory.agents.length === 0 || reachesBack(inventory.agents, days)) return [];
    const { namelessJobs, buildsRead } = inventory;
    const missing = [
        ...(namelessJobs === 0 ? [] : [`builds of ${many(namelessJobs, "Pipeline")} do not name their agent`]),
        ...(buildsRead === "all" ? [] : ["not all builds of the time before were read"]),
    ];
    const before =
        missing.length === 0
            ? "builds were read for the time before"
            : `${missing.join(", and ")}, so that only these hours are counted`;
    return [
        {
            path: `controllers.${id}`,
            message: `load statistics reach back ${statisticsHours(inventory.agents)} h of ${days * 24}: Jenkins started then; ${before}`,
        },
    ];
}

function controllerReport(
    { id, url, problem, inventory }: ControllerAnswer,
    found: readonly FoundAgent[],
): InventoryController {
    if (inventory === undefined) {
        return { id, url, problem, cloudAgents: 0, statisticsHours: 0, buildsRead: "none", agents: [] };
    }
    return {
        id,
        url,
        jenkins: inventory.jenkins,
        cloudAgents: inventory.cloudAgents,
        statisticsHours: statisticsHours(inventory.agents),
        buildsRead: inventory.buildsRead,
        agents: found
            .filter(({ controller }) => controller === id)
            .map((agent) => ({
                ...shown(agent),
                builtNothing: builtNothing(agent),
            })),
    };
}

function shown({ idleSince, memoryBytes, environment, ...agent }: PermanentAgent) {
    const { name, labels, executors, folder, exclusive, started, system, java, tools, online, offlineReason } = agent;
    return {
        ...{ name, labels, executors, folder, exclusive, started, system, java, tools, online, offlineReason },
        ...(memoryBytes === undefined ? {} : { memoryGiB: Math.round((memoryBytes / 2 ** 30) * 10) / 10 }),
        environment: environment.map((variable) => variable.name),
        ...(idleSince === undefined ? {} : { idleSince: new Date(idleSince).toISOString() }),
    };
}

/** Labels of all controllers by their name, the busiest first. */
function labelsOf(controllers: readonly ControllerAnswer[], agents: readonly FoundAgent[]): InventoryLabel[] {
    const asked = controllers.flatMap(({ id, inventory }) =>
        (inventory?.labels ?? []).map((label) => ({ ...label, controller: id })),
    );
    const all = [...groupBy(asked, ({ name }) => name)].map(([name, those]) => {
        const own = agents.filter((agent) =>
            those.some((label) => label.controller === agent.controller && label.agents.includes(agent.name)),
        );
        const busyByHour = added(own.map(({ byHour }) => byHour));
        const minutes = added(own.map(({ busyByMinute }) => busyByMinute));
        return {
            label: name,
            agents: own.length,
            executors: own.reduce((sum, { executors }) => sum + executors, 0),
            jobs: those.reduce((sum, { jobs }) => sum + jobs, 0),
            busy: useOf(busyByHour, [...minutes, mostAtOnce(own.flatMap(({ builds }) => builds))]),
            waiting: useOf(
                added(those.map(({ waitingByHour }) => waitingByHour)),
                added(those.map(({ waitingByMinute }) => waitingByMinute)),
            ),
            busyByHour,
        };
    });
    return all.sort((one, other) => other.busy.mean - one.busy.mean || one.label.localeCompare(other.label));
}

function unserved(
    controllers: readonly ControllerAnswer[],
    proposals: readonly Proposal[],
): InventoryReport["unserved"] {
    const served = new Set(
        proposals.flatMap(({ kind }) => kind.agents.map(({ controller, name }) => `${controller} ${name}`)),
    );
    return controllers.flatMap(({ id, inventory }) =>
        (inventory?.labels ?? [])
            .filter(
                ({ jobs, elsewhere, agents }) =>
                    jobs > 0 && !elsewhere && !agents.some((name) => served.has(`${id} ${name}`)),
            )
            .map(({ name, jobs, agents, agentsByName }) => ({
                label: name,
                controller: id,
                jobs,
                reason:
                    agentsByName.length > 0
                        ? `it is the name of the agent ${agentsByName.join(", ")}: give the jobs a label`
                        : agents.length > 0
                          ? `no template is proposed for ${agents.join(", ")}`
                          : "no agent has it today",
            })),
    );
}

function kindReport(kind: Kind, proposals: readonly Proposal[]): InventoryProposal {
    const proposal = proposals.find((one) => one.kind === kind);
    const [first] = kind.agents as [FoundAgent];
    return {
        id: kind.id,
        labels: first.labels,
        system: first.system,
        executors: first.executors,
        agents: kind.agents.length,
        controllers: kind.controllers,
        busy: useOf(
            added(kind.agents.map(({ byHour }) => byHour)),
            added(kind.agents.map(({ busyByMinute }) => busyByMinute)),
        ),
        ...(proposal === undefined ? {} : { cap: proposal.cap }),
        ...(proposal?.instanceType === undefined ? {} : { instanceType: proposal.instanceType }),
        notCarried: proposal?.notCarried ?? ["agents on macOS need dedicated hosts (docs/guides/macos.md)"],
    };
}

function monthOf(proposals: readonly Proposal[], { currency, source }: PriceTable): InventoryReport["month"] {
    const cost = (hours: keyof Proposal["month"]) =>
        proposals.reduce((sum, { month, perHour = 0 }) => sum + month[hours] * perHour, 0);
    const unpriced = proposals.filter(({ perHour }) => perHour === undefined).map(({ kind }) => kind.id);
    return {
        currency,
        source,
        alwaysOn: cost("alwaysOn"),
        least: cost("least"),
        most: cost("most"),
        unpriced,
        leavesOut,
    };
}
