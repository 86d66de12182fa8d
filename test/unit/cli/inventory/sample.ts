import type { Inventory, PermanentAgent } from "../../../../cli/inventory/readInventory";
import type { ControllerAnswer } from "../../../../cli/inventory/compile";

/** An agent that is online and builds nothing, on Linux. */
export function agent(name: string, changes: Partial<PermanentAgent> = {}): PermanentAgent {
    return {
        name,
        labels: ["linux"],
        executors: 1,
        folder: "/home/jenkins",
        exclusive: false,
        started: "SSH",
        system: "Linux (amd64)",
        memoryBytes: 8 * 2 ** 30,
        java: "17.0.12",
        environment: [],
        tools: [],
        otherProperties: [],
        online: true,
        offlineReason: "",
        idleSince: 0,
        busyByHour: Array<number>(24).fill(0),
        busyByMinute: [],
        ...changes,
    };
}

export function inventory(agents: PermanentAgent[], changes: Partial<Inventory> = {}): Inventory {
    const labels = [...new Set(agents.flatMap((one) => one.labels))].map((name) => ({
        name,
        jobs: 0,
        agents: agents.filter((one) => one.labels.includes(name)).map((one) => one.name),
        agentsByName: [],
        elsewhere: false,
        waitingByHour: [],
        waitingByMinute: [],
    }));
    return {
        jenkins: "2.541.3",
        agents,
        cloudAgents: 0,
        labels,
        builds: [],
        buildsRead: "none",
        namelessJobs: 0,
        ...changes,
    };
}

export function answer(id: string, found: Inventory): ControllerAnswer {
    return { id, url: `https://jenkins.example.com/${id}/`, inventory: found };
}
