import { groupBy } from "../../settings/collections";
import type { PastBuild, PermanentAgent } from "./readInventory";

/** A permanent agent, and where it is. */
export interface FoundAgent extends PermanentAgent {
    controller: string;
    /** Busy executors at each known hour, newest first. */
    byHour: number[];
    /** Its builds of the time that the load statistics do not reach. */
    builds: PastBuild[];
}

/** What an agent runs on. */
export interface System {
    platform: "unix" | "windows" | "mac";
    architecture: "x86_64" | "arm64";
    /** Whether Jenkins' monitor knows it. */
    isKnown: boolean;
    /** False for a processor that no instance has. */
    isOnEc2: boolean;
}

/** Agents that are alike: they become one template. */
export interface Kind {
    /** Of its labels; unique among all kinds. */
    id: string;
    agents: FoundAgent[];
    /** Ids of controllers, in order. */
    controllers: string[];
    system: System;
    /** The most of its agents; undefined where nobody knows. */
    memoryGiB?: number;
}

/** Groups agents by all that a template has of them: labels, system, executors, folder, mode, environment and tools. */
export function kindsOf(agents: readonly FoundAgent[]): Kind[] {
    const groups = [...groupBy(agents, likeness).values()].flatMap(bySystem);
    const used = new Set<string>();
    return groups
        .sort((one, other) => other.length - one.length)
        .map((those) => {
            const [first] = those as [FoundAgent];
            const memory = those.flatMap(({ memoryBytes }) => (memoryBytes === undefined ? [] : memoryBytes / 2 ** 30));
            return {
                id: idOf(first, used),
                agents: those,
                controllers: [...new Set(those.map(({ controller }) => controller))].sort(),
                system: systemOf(first.system, first.folder),
                ...(memory.length === 0 ? {} : { memoryGiB: Math.max(...memory) }),
            };
        });
}

/** All but the system. */
function likeness({ labels, executors, folder, exclusive, environment, tools }: FoundAgent): string {
    const byName = (one: { name: string }, other: { name: string }) => one.name.localeCompare(other.name);
    const sorted = [[...labels].sort(), [...environment].sort(byName), [...tools].sort(byName)];
    return JSON.stringify([...sorted, executors, folder, exclusive]);
}

/** Agents whose system is not known, because they are offline, are with the most of the others. */
function bySystem(agents: FoundAgent[]): FoundAgent[][] {
    const known = agents.filter(({ system }) => systemOf(system).isKnown);
    const unknown = agents.filter(({ system }) => !systemOf(system).isKnown);
    const groups = groupBy(known, ({ system }) => JSON.stringify(systemOf(system)));
    const [most = [], ...others] = [...groups.values()].sort((one, other) => other.length - one.length);
    return [[...most, ...unknown], ...others];
}

/**
 * @param text `Linux (amd64)`, as ArchitectureMonitor has it: os.name and os.arch of the agent's JVM; empty where it is not known
 * @param folder the remote folder, which tells Windows where nothing else does
 */
export function systemOf(text: string, folder = ""): System {
    const [, name = "", machine = ""] = /^(.*) \(([^)]*)\)$/.exec(text) ?? [];
    const isWindows = name === "" ? /^[A-Za-z]:[\\/]/.test(folder) : /^windows/i.test(name);
    return {
        platform: isWindows ? "windows" : /^(mac|darwin)/i.test(name) ? "mac" : "unix",
        architecture: /^(aarch64|arm)/i.test(machine) ? "arm64" : "x86_64",
        isKnown: name !== "",
        isOnEc2: name === "" || /^(amd64|x86_64|aarch64|arm64)$/i.test(machine),
    };
}

/** Of the labels, or of the agent's name without its number. */
function idOf({ labels, name }: FoundAgent, used: Set<string>): string {
    const text = labels.length === 0 ? name.replace(/[-_ ]?\d+$/, "") : labels.join("-");
    const plain =
        text
            .replace(/[^A-Za-z0-9]+/g, "-")
            .replace(/^[^A-Za-z]+|-+$/g, "")
            .toLowerCase()
            .slice(0, 40) || "agents";
    const free = [plain, ...Array.from({ length: used.size }, (_, index) => `${plain}-${index + 2}`)].find(
        (id) => !used.has(id),
    )!;
    used.add(free);
    return free;
}
