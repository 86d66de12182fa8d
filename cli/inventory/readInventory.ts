import { systemClock, type Clock } from "../../jenkins/push/clock";
import { list, optional, record, text, textLike, truth } from "../../jenkins/push/form";
import type { Report } from "../../jenkins/push/logLine";
import { readPlugins } from "../../jenkins/push/plugins";
import type { ControllerAccess } from "../../jenkins/push/request";
import { runScript } from "../../jenkins/push/script";
import { withSession } from "../../jenkins/push/session";
import { mayHoldSecret } from "../../settings/looksSecret";

/** What a controller has of permanent agents, and how they were used. Holds no secret. */
export interface Inventory {
    /** Version of Jenkins. */
    jenkins: string;
    agents: PermanentAgent[];
    /** Agents that a cloud has started; they are left out of everything else. */
    cloudAgents: number;
    labels: AskedLabel[];
    /** Builds of the time that was asked for, if the load statistics do not reach so far. */
    builds: PastBuild[];
    /** What of the builds was read. */
    buildsRead: "none" | "all" | "some";
    /** Jobs whose builds do not name their agent, as Pipelines. */
    namelessJobs: number;
}

/** A variable of an agent. The value of a secret is empty: if the name tells, it is not even read. */
export interface Variable {
    name: string;
    value: string;
    secret: boolean;
}

export interface PermanentAgent {
    name: string;
    labels: string[];
    executors: number;
    folder: string;
    /** Whether only builds that ask for a label of it run there. */
    exclusive: boolean;
    /** `SSH`, `inbound`, or the name of Jenkins' launcher. */
    started: string;
    /** As the monitor has it: `Linux (amd64)`; empty where it is not known. */
    system: string;
    memoryBytes?: number;
    /** Version of Java, where the plugin versioncolumn knows it; else empty. */
    java: string;
    environment: Variable[];
    tools: { type: string; name: string; home: string }[];
    /** Names of Jenkins' classes of further properties. */
    otherProperties: string[];
    online: boolean;
    offlineReason: string;
    /** Milliseconds since 1970; absent while a build runs. */
    idleSince?: number;
    /** Busy executors at each full hour since Jenkins started, newest first. */
    busyByHour: number[];
    /** The same by the minute, for two days at most. */
    busyByMinute: number[];
}

/** A label that a permanent agent has, or that a job asks for; also an expression of labels. */
export interface AskedLabel {
    name: string;
    /** Jobs that ask for it; a Pipeline's steps are not among them. */
    jobs: number;
    /** Names of the permanent agents that take its builds by their labels. */
    agents: string[];
    /** Names of those that take them only by their name. */
    agentsByName: string[];
    /** Whether the built-in node or a cloud takes its builds. */
    elsewhere: boolean;
    waitingByHour: number[];
    waitingByMinute: number[];
}

/** A build that names its agent, in milliseconds. */
export interface PastBuild {
    agent: string;
    /** Since it began, by the controller's clock. */
    age: number;
    duration: number;
}

export interface InventoryOptions {
    /** How far back. */
    days: number;
    /** Builds that are read at most. @default 50,000 */
    mostBuilds?: number;
    /** Seconds after which no further page of builds is read. @default 60 */
    buildSeconds?: number;
    clock?: Clock;
}

const MINUTES = 2 * 24 * 60;
/** Of one request: so many builds, and so long. */
const PAGE = { most: "2000", milliseconds: "2000" };

const digits = textLike(/^\d{1,15}$/);
const number = textLike(/^\d{0,16}$/);
const runs = textLike(/^(\d+\*\d+(,\d+\*\d+)*)?$/);

const overviewForm = record({
    agents: list(
        record({
            name: text,
            labels: list(text),
            executors: digits,
            folder: text,
            exclusive: truth,
            started: text,
            system: text,
            memoryBytes: number,
            java: text,
            environment: list(record({ name: text, value: text, secret: truth })),
            tools: list(record({ type: text, name: text, home: text })),
            otherProperties: list(text),
            online: truth,
            offlineReason: text,
            idleSince: number,
            busyByHour: runs,
            busyByMinute: runs,
        }),
    ),
    cloudAgents: digits,
    labels: list(
        record({
            name: text,
            jobs: digits,
            agents: list(text),
            agentsByName: list(text),
            elsewhere: truth,
            waitingByHour: runs,
            waitingByMinute: runs,
        }),
    ),
});

const pageForm = record({
    rows: list(list(text)),
    nameless: digits,
    next: optional(record({ job: text, number })),
});

type Answer<Shape, Numbers extends keyof Shape> = Omit<Shape, Numbers> & Record<Numbers, string>;

interface Overview {
    agents: Answer<PermanentAgent, "executors" | "memoryBytes" | "idleSince" | "busyByHour" | "busyByMinute">[];
    cloudAgents: string;
    labels: Answer<AskedLabel, "jobs" | "waitingByHour" | "waitingByMinute">[];
}

interface Page {
    rows: [string, string, string][];
    nameless: string;
    next?: { job: string; number: string } | null;
}

/**
 * Reads the permanent agents of a controller and their use. Changes nothing there. Builds are read page by page, and only where the
 * load statistics do not reach back `days`: they live in Jenkins' memory and begin anew when it starts.
 *
 * @throws PushError if the controller cannot be asked
 */
export function readInventory(
    controller: ControllerAccess,
    { days, mostBuilds = 50_000, buildSeconds = 60, clock = systemClock }: InventoryOptions,
    report: Report,
): Promise<Inventory> {
    return withSession(controller, { report, clock }, async ({ client }) => {
        const { jenkins } = await readPlugins(client);
        const hours = days * 24;
        const asked = { hours: String(hours), minutes: String(MINUTES) };
        const { agents, cloudAgents, labels } = await runScript<Overview>(client, "inventory", asked, overviewForm);
        const found = agents.map((agent) => ({
            ...agent,
            executors: Number(agent.executors),
            memoryBytes: numberOf(agent.memoryBytes),
            idleSince: numberOf(agent.idleSince),
            environment: agent.environment.map(withoutSecret),
            busyByHour: figures(agent.busyByHour),
            busyByMinute: figures(agent.busyByMinute),
        }));
        client.extendBy(buildSeconds);
        const page = (at: { job: string; number: string }) =>
            runScript<Page>(client, "inventory", { page: { ...PAGE, ...at, hours: String(hours) } }, pageForm);
        const past =
            found.length === 0 || reachesBack(found, days)
                ? { builds: [], buildsRead: "none" as const, namelessJobs: 0 }
                : await readBuilds(page, { mostBuilds, end: clock.now() + buildSeconds * 1000 }, clock, report);
        return {
            jenkins,
            agents: found,
            cloudAgents: Number(cloudAgents),
            labels: labels.map((label) => ({
                ...label,
                jobs: Number(label.jobs),
                waitingByHour: figures(label.waitingByHour),
                waitingByMinute: figures(label.waitingByMinute),
            })),
            ...past,
        };
    });
}

type Statistics = readonly Pick<PermanentAgent, "busyByHour">[];

/** How far the load statistics reach back: to the start of Jenkins, 56 days at most. */
export const statisticsHours = (agents: Statistics) =>
    Math.max(0, ...agents.map(({ busyByHour }) => busyByHour.length));

/** Whether they reach back so far. The oldest hour of the 56 days cannot be worked out: Jenkins keeps a moving average. */
export const reachesBack = (agents: Statistics, days: number) => statisticsHours(agents) >= days * 24 - 1;

async function readBuilds(
    page: (at: { job: string; number: string }) => Promise<Page>,
    { mostBuilds, end }: { mostBuilds: number; end: number },
    clock: Clock,
    report: Report,
): Promise<Pick<Inventory, "builds" | "buildsRead" | "namelessJobs">> {
    const builds: PastBuild[] = [];
    let namelessJobs = 0;
    let next: Page["next"] = { job: "", number: "" };
    while (next) {
        const answer: Page = await page(next);
        builds.push(
            ...answer.rows.map(([agent, age, duration]) => ({
                agent,
                age: Number(age),
                duration: Number(duration),
            })),
        );
        namelessJobs += Number(answer.nameless);
        next = answer.next;
        if (next && (builds.length >= mostBuilds || clock.now() > end)) {
            report(`${builds.length} builds read; the others are left out`);
            return { builds, buildsRead: "some", namelessJobs };
        }
        if (next) report(`${builds.length} builds read`);
    }
    return { builds, buildsRead: "all", namelessJobs };
}

const withoutSecret = (variable: Variable): Variable =>
    mayHoldSecret(variable.value) ? { ...variable, value: "", secret: true } : variable;

const numberOf = (digitsOrNone: string) => (digitsOrNone === "" ? undefined : Number(digitsOrNone));

/** Figures of their runs: `0*2,3*1` is 0, 0, 3. */
function figures(text: string): number[] {
    if (text === "") return [];
    return text.split(",").flatMap((run) => {
        const [figure, count] = run.split("*").map(Number) as [number, number];
        return Array<number>(count).fill(figure);
    });
}
