import { resolved } from "../../settings/support";
import { access, pushRequest, template } from "../../../push/fixtures";
import type { ControllerAnswer } from "../../../../cli/status/ask";
import type { Instance } from "../../../../cli/status/instances";
import type { Asked } from "../../../../cli/status/ask";
import type { FleetAgent } from "../../../../cli/status/fleet";
import prices from "../../../../settings/prices.json";

const AT = new Date("2026-11-25T21:40:00Z");
const REGION = "eu-central-1";
const owner = "jenkins-ec2-agents/prod";

/** What was found of a small fleet on three controllers, one of which is down. The docs show it. */
export function sampleFleet(): Asked {
    const instances: Instance[] = [];
    const teamA = controller("team-a", "2059.v05f9d511d7e5", {
        linux: { type: "m7i.large", labels: "linux docker", cap: 12 },
        "linux-spot": { type: "c6i.xlarge", labels: "linux cheap", cap: 20, spot: true },
        windows: { type: "m6i.xlarge", labels: "windows", cap: 4, stops: true },
    });
    const teamB = controller("team-b", "2045.v06da_da_a_46422", {
        android: { type: "c6i.2xlarge", labels: "android gradle", cap: 6 },
    });
    const agents = (answer: ControllerAnswer, name: string, type: string, ...states: [FleetAgent["state"], number][]) =>
        states.forEach(([state, minutes], index) => {
            const id = instanceId(instances.length);
            const spot = name === "linux-spot";
            answer.fleet!.agents.push({
                name: `EC2 (agents) - ${name} (${id})`,
                cloud: "agents",
                template: name,
                instanceId: id,
                spotRequestId: "",
                state,
                executors: 2,
                busy: state === "busy" ? 1 + (index % 2) : 0,
                reason: state === "offline" ? "Disconnected" : "",
            });
            const stopped = state === "offline";
            instances.push(instance(id, type, minutes, { controller: answer.id, template: name, spot, stopped }));
        });
    agents(teamA, "linux", "m7i.large", ["busy", 312], ["busy", 187], ["busy", 44], ["idle", 96], ["launching", 1]);
    agents(
        teamA,
        "linux-spot",
        "c6i.xlarge",
        ...Array.from({ length: 8 }, (_, index): [FleetAgent["state"], number] => ["busy", 12 + index * 9]),
        ["launching", 2],
        ["launching", 1],
    );
    agents(teamA, "windows", "m6i.xlarge", ["busy", 1503], ["offline", 4210]);
    agents(teamB, "android", "c6i.2xlarge", ["busy", 75], ["idle", 31], ["idle", 28]);
    teamA.fleet!.waiting = [
        { name: "checkout » main", url: "job/checkout/job/main/", label: "linux && docker", seconds: 412 },
        { name: "nightly", url: "job/nightly/", label: "gpu", seconds: 7260 },
        { name: "search » PR-118", url: "job/search/job/PR-118/", label: "cheap", seconds: 95 },
    ];
    teamA.fleet!.waiting.sort((one, other) => other.seconds - one.seconds);
    teamA.fleet!.waitingInAll = 3;
    teamB.clouds[0]!.plan!.differences = [
        {
            subject: "template",
            id: "android",
            existed: true,
            wanted: true,
            path: ["labelString"],
            before: "android gradle beta",
            after: "android gradle",
        },
        { subject: "cloud", id: "", existed: true, path: ["instanceCapStr"], before: "6", after: "8" },
    ];
    const lab = controller("lab", "2059.v05f9d511d7e5", { linux: { type: "t3.large", labels: "linux", cap: 2 } });
    delete lab.fleet;
    lab.clouds.forEach((cloud) => delete cloud.plan);
    lab.problem = "https://jenkins.example.com/lab/ cannot be reached: nothing listens there (connection refused)";
    instances.push(
        instance(instanceId(90), "m7i.large", 2954, { controller: "team-a", template: "linux" }),
        instance(instanceId(91), "c6i.2xlarge", 4, { controller: "team-b", template: "android" }),
    );
    return {
        owners: [owner],
        at: AT,
        settings: resolved((raw) => (raw.clouds.agents.templates.linux.cap = 12)),
        controllers: [teamA, teamB, lab],
        regions: [{ region: REGION, instances }],
        prices,
        problems: [],
    };
}

const instanceId = (number: number) => `i-0${(0x9c41e7a3b2d05f11n + BigInt(number) * 0x1f3a9n).toString(16)}`;

interface SampleTemplate {
    type: string;
    labels: string;
    cap: number;
    spot?: boolean;
    stops?: boolean;
}

/** A controller that answered, with one cloud `agents` and no agent. */
export function controller(id: string, plugin: string, templates: Record<string, SampleTemplate>): ControllerAnswer {
    const url = `https://jenkins.example.com/${id}/`;
    const request = { ...pushRequest(access(url, { id })), owner };
    request.cloud.templates = Object.entries(templates).map(([name, { type, labels, cap, spot }]) => ({
        ...template(name, { type, labelString: labels, instanceCapStr: String(cap) }),
        ...(spot
            ? {
                  parameters: {
                      ...template(name, { type, labelString: labels, instanceCapStr: String(cap) }).parameters,
                      spotConfig: { useBidPrice: "false" },
                  },
              }
            : {}),
    }));
    const names = Object.keys(templates);
    return {
        id,
        url,
        fleet: {
            installed: { jenkins: "2.541.3", ec2: plugin, inactive: false },
            hasUrl: true,
            clouds: [
                {
                    name: "agents",
                    templates: Object.entries(templates).map(([description, { labels, stops = false }]) => ({
                        description,
                        labels,
                        stops,
                    })),
                },
            ],
            agents: [],
            waiting: [],
            waitingInAll: 0,
            switchedOff: [],
            stranded: 0,
        },
        clouds: [
            {
                push: { request, pushed: "2026-11-19T08:12:31Z" },
                plan: {
                    controller: id,
                    cloud: "agents",
                    jenkins: "2.541.3",
                    plugin,
                    exists: true,
                    foreign: [],
                    templates: names,
                    differences: [],
                    notes: [],
                },
            },
        ],
    };
}

/** An instance that was started so many minutes before the sample's moment. */
export function instance(
    id: string,
    type: string,
    minutes: number,
    of: { controller: string; template: string; spot?: boolean; stopped?: boolean },
): Instance {
    return {
        id,
        region: REGION,
        type,
        state: of.stopped ? "stopped" : "running",
        launched: new Date(AT.getTime() - minutes * 60_000).toISOString(),
        spot: of.spot ?? false,
        spotRequestId: "",
        controller: `${owner}/${of.controller}`,
        template: of.template,
    };
}
