import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { RunningController } from "./controller/controller";
import { runScript } from "./testing/controller";

/** Permanent agents that are alike. */
interface Kind {
    name: string;
    labels: string;
    executors: number;
    folder: string;
    ssh: boolean;
    /** As Jenkins' monitor of the architecture has it. */
    system: string;
    memoryGiB: number;
    environment: { key: string; value: string }[];
    tools: { key: string; home: string }[];
    /** Busy executors of an agent in the middle of a working day; 0 for one that builds nothing. */
    busiest: number;
}

const linux = {
    ssh: true,
    folder: "/home/jenkins",
    environment: [{ key: "JAVA_HOME", value: "/usr/lib/jvm/java-17" }],
};
const maven = { key: "hudson.tasks.Maven$MavenInstallation$DescriptorImpl@maven-3", home: "/opt/maven" };

const kinds: Kind[] = [
    {
        ...linux,
        name: "linux",
        labels: "linux docker",
        executors: 2,
        system: "Linux (amd64)",
        memoryGiB: 8,
        tools: [maven],
        busiest: 2,
    },
    {
        ...linux,
        name: "arm",
        labels: "linux arm64",
        executors: 1,
        system: "Linux (aarch64)",
        memoryGiB: 4,
        tools: [],
        busiest: 1,
    },
    {
        ...linux,
        name: "legacy",
        labels: "centos6",
        executors: 1,
        system: "Linux (i386)",
        memoryGiB: 2,
        tools: [],
        busiest: 0,
    },
];

/** How many agents there are of each kind, repeated: of 7 agents 5 are `linux`, one is `arm`, one is `legacy`. */
const order = ["linux", "linux", "arm", "linux", "linux", "legacy", "linux"];

export interface StaticFleet {
    agents: number;
    /** Days of load statistics, as if Jenkins had run so long. */
    days: number;
    /** Builds, spread over the last 14 days. */
    builds: number;
}

/** Gives a stand-in controller permanent agents, jobs with labels, load statistics and builds. */
export async function addStaticAgents(controller: RunningController, wanted: StaticFleet): Promise<void> {
    const fleet = gzipSync(JSON.stringify(fleetOf(wanted))).toString("base64");
    const script = readFileSync(join(__dirname, "staticAgents.groovy"), "utf8");
    // A Groovy string constant holds at most 65,535 bytes.
    const pieces = fleet.match(/.{1,60000}/gs) ?? [];
    const answer = await runScript(
        { ...controller, id: controller.name },
        script.replace("'FLEET'", pieces.map((piece) => `'${piece}'`).join(" + ")),
    );
    if (answer.trim() !== "done") throw new Error(`The permanent agents could not be made: ${answer.slice(0, 2000)}`);
}

function fleetOf({ agents, days, builds }: StaticFleet) {
    const all = Array.from({ length: agents }, (_, index) => {
        const kind = kinds.find(({ name }) => name === order[index % order.length])!;
        return { index, kind, name: `${kind.name}-${index + 1}` };
    });
    const busyOf = (own: typeof all, samples: number, hoursApart: number) =>
        Array.from({ length: samples }, (_, sample) => {
            const hour = ((sample - samples) * hoursApart) % 24;
            return own.reduce((sum, { kind, index }) => sum + busyAt(hour, kind, index), 0);
        });
    const load = (own: typeof all) => ({
        busyByHour: busyOf(own, days * 24, 1),
        busyByMinute: busyOf(own, Math.min(days, 2) * 1440, 1 / 60),
    });
    const labels = [...new Set(kinds.flatMap(({ labels: text }) => text.split(" ")))];
    return {
        agents: all.map((agent) => ({
            ...agent.kind,
            name: agent.name,
            memoryBytes: agent.kind.memoryGiB * 2 ** 30,
            java: "17.0.12",
            exclusive: false,
            ...load([agent]),
        })),
        labels: labels.map((name) => ({
            name,
            ...load(all.filter(({ kind }) => kind.labels.split(" ").includes(name))),
            waitingByHour: [],
            waitingByMinute: [],
        })),
        jobs: jobsOf(all, builds),
    };
}

/** A working day: from 8 to 18 hours an agent builds, every second one half of it. */
function busyAt(hour: number, { busiest }: Kind, index: number): number {
    const ofDay = (hour + 24) % 24;
    if (ofDay < 8 || ofDay >= 18) return 0;
    return index % 2 === 0 || ofDay < 13 ? busiest : 0;
}

function jobsOf(all: { kind: Kind; name: string }[], builds: number) {
    const builders = all.filter(({ kind }) => kind.busiest > 0);
    const now = Date.now();
    const each = Array.from({ length: builds }, (_, index) => ({
        start: now - Math.floor(((builds - index) / builds) * 13.9 * 86_400_000),
        duration: 120_000 + (index % 7) * 60_000,
        agent: builders[index % builders.length]!.name,
    }));
    const named = (wanted: string, name: string, label: string | null) => ({
        name,
        label,
        builds: each.filter(({ agent }) => agent.startsWith(wanted)),
    });
    return [
        named("linux", "app", "linux && docker"),
        named("arm", "app-arm", "arm64"),
        { name: "pipeline", label: null, builds: [] },
        { name: "gpu-tests", label: "linux && gpu", builds: [] },
    ];
}
