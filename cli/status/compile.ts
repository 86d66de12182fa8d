import type { PriceTable, StackSettings } from "../../settings";
import { listedPrice, templateCosts } from "../../settings/cost";
import { metByController, metBySettings } from "../../settings/plugin/met";
import { faultProblems } from "../../settings/plugin/faultReport";
import type { FleetAgent } from "./fleet";
import { texts } from "../../jenkins/push/redact";
import type { TemplatePayload } from "../../jenkins/push/request";
import type {
    StatusAgent,
    StatusCloud,
    StatusController,
    StatusOrphan,
    StatusReport,
    StatusTemplate,
} from "../reports/statusReport";
import type { ReportedProblem } from "../reports/jsonReport";
import { regionOf, type Asked, type CloudAnswer, type ControllerAnswer } from "./ask";
import type { Instance } from "./instances";
import { many } from "../../settings/printable";
import { askedOf, controllerOf, orphansOf, type Orphan } from "./findOrphans";

/** What is known of the stack's fleet, as data. Pure. */
export function statusOf(asked: Asked): StatusReport {
    const instances = asked.regions.flatMap((region) => region.instances);
    const orphans = orphansOf(instances, asked.controllers, asked.owners, asked.at);
    const template = templatePrices(asked);
    const controllers = asked.controllers.map((one) => controllerStatus(one, asked, instances, template));
    const running = instances.filter(({ state }) => state === "running" || state === "pending");
    const prices = running.map((one) => priceOf(one, asked.prices));
    const agents = controllers.flatMap(({ clouds }) => clouds.flatMap((cloud) => cloud.agents));
    const inState = (state: StatusAgent["state"]) => agents.filter((agent) => agent.state === state).length;
    const changes = asked.controllers.flatMap(({ id, clouds }) =>
        clouds.flatMap(({ plan }) =>
            (plan?.differences ?? []).map((each) => ({ controller: id, cloud: plan!.cloud, ...each })),
        ),
    );
    const silent = asked.controllers.filter(({ fleet }) => fleet === undefined);
    const faults = (severity: "error" | "warning") =>
        controllers.flatMap((one) =>
            one.faults.filter((fault) => fault.severity === severity).map(({ severity: _, ...problem }) => problem),
        );
    return {
        changes,
        summary: {
            controllers: controllers.length,
            unanswered: silent.length,
            busy: inState("busy"),
            idle: inState("idle"),
            launching: inState("launching"),
            offline: inState("offline"),
            waiting: controllers.reduce((sum, { waitingInAll }) => sum + waitingInAll, 0),
            differences: changes.length,
            orphans: orphans.length,
            unverified: instances.filter((instance) => askedOf(instance, asked.controllers) === "silent").length,
            instances: running.length,
            perHour: sum(prices),
            unpriced: prices.filter((price) => price === undefined).length,
        },
        warnings: [...settingsOfProgram(asked), ...faults("warning"), ...controllers.flatMap(strandedBuilds)],
        errors: [
            ...silentControllers(controllers),
            ...asked.controllers.flatMap(({ id, clouds }) =>
                clouds.flatMap(({ push, problem }) =>
                    problem === undefined
                        ? []
                        : { path: push.request.cloud.path, message: `could not be compared on ${id}: ${problem}` },
                ),
            ),
            ...silentRegions(asked.regions),
            ...asked.problems.map((message) => ({ message })),
            ...faults("error"),
        ],
        stack: asked.owners.join(", "),
        at: asked.at.toISOString(),
        prices: { source: asked.prices.source, date: asked.prices.date, currency: asked.prices.currency },
        controllers,
        regions: asked.regions.map(({ region, problem }) => ({
            region,
            ...(problem === undefined ? {} : { problem }),
        })),
        orphans: orphans.map((orphan) => orphanStatus(orphan, asked)),
    };
}

function settingsOfProgram({ settings, problems }: Asked): ReportedProblem[] {
    if (settings !== undefined || problems.length > 0) return [];
    return [
        { message: "the settings are in the program: known faults of the plugin and prices of its own are left out" },
    ];
}

/** The controllers that could not be asked, each as an error. */
export function silentControllers(controllers: readonly { id: string; problem?: string }[]): ReportedProblem[] {
    return controllers.flatMap(({ id, problem }) =>
        problem === undefined ? [] : { path: `controllers.${id}`, message: `could not be asked: ${problem}` },
    );
}

/** The regions that could not be asked, each as an error. */
export function silentRegions(regions: readonly { region: string; problem?: string }[]): ReportedProblem[] {
    return regions.flatMap(({ region, problem }) =>
        problem === undefined ? [] : { message: `EC2 in ${region} could not be asked: ${problem}` },
    );
}

const sum = (values: (number | undefined)[]) => values.reduce<number>((all, value) => all + (value ?? 0), 0);

function controllerStatus(
    answer: ControllerAnswer,
    asked: Asked,
    instances: Instance[],
    priceOfTemplate: TemplatePrices,
): StatusController {
    const { id, url, fleet, problem } = answer;
    const clouds = answer.clouds.map((cloud) => cloudStatus(cloud, answer, asked, instances, priceOfTemplate));
    return {
        id,
        url,
        ...(problem === undefined ? {} : { problem }),
        ...(fleet === undefined ? {} : { jenkins: fleet.installed.jenkins }),
        ...(fleet?.installed.ec2 === undefined ? {} : { plugin: fleet.installed.ec2 }),
        faults: faultsOf(answer, asked.settings),
        clouds,
        otherAgents: (fleet?.agents ?? []).filter(({ cloud }) => !clouds.some(({ name }) => name === cloud)).length,
        waiting: (fleet?.waiting ?? []).map(({ name, url: path, label, seconds }) => ({
            name,
            page: jobPage(url, path),
            label,
            seconds,
        })),
        waitingInAll: fleet?.waitingInAll ?? 0,
        switchedOff: (fleet?.switchedOff ?? []).map(({ name, label, since }) => ({
            name,
            label,
            since: new Date(since).toISOString(),
        })),
        stranded: fleet?.stranded ?? 0,
    };
}

/** Builds that wait for ever: nothing that is online or that a cloud would start has their label. */
function strandedBuilds({ id, stranded, switchedOff }: StatusController): ReportedProblem[] {
    if (stranded === 0) return [];
    const labels = [...new Set(switchedOff.map(({ label }) => label))];
    return [
        {
            path: `controllers.${id}`,
            message: `${many(stranded, "build waits", "builds wait")} that only agents could take which switch took offline`,
            fix: `add a template, or bring the agents back: ${labels.map((label) => `npm run -s jenkins -- switch --label ${label} --controller ${id} --back`).join(", ")}`,
        },
    ];
}

function faultsOf({ id, fleet }: ControllerAnswer, settings: StackSettings | undefined): StatusController["faults"] {
    const version = fleet?.installed.ec2;
    if (fleet === undefined || version === undefined || settings?.controllers[id] === undefined) return [];
    const met = [...metBySettings(version, settings, id), ...metByController(version, fleet)];
    return faultProblems(
        met.map((meeting) => ({ ...meeting, controller: id, version })),
        settings.silence,
    );
}

function cloudStatus(
    { push, plan, problem }: CloudAnswer,
    { url, fleet }: ControllerAnswer,
    asked: Asked,
    instances: Instance[],
    priceOfTemplate: TemplatePrices,
): StatusCloud {
    const { cloud } = push.request;
    const live = fleet?.clouds.find(({ name }) => name === cloud.name);
    return {
        name: cloud.name,
        region: regionOf(push),
        ...(push.pushed === undefined ? {} : { pushed: push.pushed }),
        ...(plan === undefined ? {} : { differences: plan.differences.length }),
        ...(problem === undefined ? {} : { problem }),
        templates: cloud.templates.map((template) => {
            const { description, ...rest } = templateStatus(template, priceOfTemplate(cloud.name, template));
            const isThere =
                fleet === undefined || (live?.templates ?? []).some((one) => one.description === description);
            return { description, ...rest, isThere };
        }),
        agents: (fleet?.agents ?? [])
            .filter((agent) => agent.cloud === cloud.name)
            .map((agent) => agentStatus(agent, url, asked, instances)),
    };
}

function templateStatus({ parameters }: TemplatePayload, perHour: number | undefined): Omit<StatusTemplate, "isThere"> {
    const cap = Number(textOf(parameters.instanceCapStr));
    return {
        description: textOf(parameters.description),
        labels: textOf(parameters.labelString)
            .split(/\s+/)
            .filter((label) => label !== ""),
        instanceType: textOf(parameters.type),
        spot: parameters.spotConfig !== undefined,
        ...(cap > 0 ? { cap } : {}),
        ...(perHour === undefined ? {} : { perHour }),
    };
}

function agentStatus(agent: FleetAgent, url: string, asked: Asked, instances: Instance[]): StatusAgent {
    const instance = instances.find(
        ({ id, spotRequestId }) =>
            id === agent.instanceId || (agent.spotRequestId !== "" && spotRequestId === agent.spotRequestId),
    );
    const instanceId = instance?.id ?? agent.instanceId;
    return {
        name: agent.name,
        page: agentPage(url, agent.name),
        template: agent.template,
        state: agent.state,
        reason: agent.reason,
        executors: agent.executors,
        busyExecutors: agent.busy,
        instanceId,
        console: instance === undefined ? "" : instancePage(instance.region, instanceId),
        instanceType: instance?.type ?? "",
        ...(instance === undefined ? {} : { instanceState: instance.state }),
        spot: instance?.spot ?? agent.spotRequestId !== "",
        ...ageAndCost(instance, asked),
    };
}

function orphanStatus({ instance, kept }: Orphan, asked: Asked): StatusOrphan {
    return {
        instanceId: instance.id,
        console: instancePage(instance.region, instance.id),
        region: instance.region,
        controller: controllerOf(instance),
        template: instance.template,
        instanceType: instance.type,
        instanceState: instance.state,
        spot: instance.spot,
        ...ageAndCost(instance, asked),
        ...(kept === undefined ? {} : { kept }),
    };
}

function ageAndCost(
    instance: Instance | undefined,
    { at, prices }: Asked,
): Pick<StatusAgent, "ageSeconds" | "perHour"> {
    if (instance === undefined) return {};
    const perHour = priceOf(instance, prices);
    return {
        ageSeconds: Math.max(0, Math.floor((at.getTime() - Date.parse(instance.launched)) / 1000)),
        ...(perHour === undefined ? {} : { perHour }),
    };
}

/** While it runs: a stopped one costs its volumes, which no table knows. */
function priceOf({ state, type }: Instance, { perHour }: PriceTable): number | undefined {
    return state === "stopped" || state === "stopping" ? 0 : listedPrice(perHour, type);
}

/** What a template of a cloud, by its name in Jenkins, costs an hour. */
type TemplatePrices = (cloud: string, template: TemplatePayload) => number | undefined;

/** As a preview shows it, where the settings are known: of Spot with a price that is less. */
function templatePrices({ settings, prices }: Asked): TemplatePrices {
    const key = (cloud: string, template: string) => JSON.stringify([cloud, template]);
    const costs = settings === undefined ? [] : templateCosts(settings);
    // Of clouds that have one name on different controllers the first counts.
    const known = new Map(
        costs.reverse().map(({ cloud, template, perHour }) => [key(settings!.clouds[cloud]!.name, template), perHour]),
    );
    return (cloud, { id, parameters }) =>
        known.get(key(cloud, id)) ?? listedPrice(prices.perHour, textOf(parameters.type));
}

const textOf = (value: TemplatePayload["parameters"][string] | undefined) => texts(value).join(" ");

/** The page of an agent, `url` being the controller's with a slash at its end. */
const agentPage = (url: string, name: string) => `${url}computer/${encodeURIComponent(name)}/`;

/** The page of a job, by its path below the controller's address. */
const jobPage = (url: string, path: string) => `${url}${path.replace(/^\/+/, "")}`;

/** The page of an instance in the console of its region's partition. */
function instancePage(region: string, id: string): string {
    const of = encodeURIComponent(region);
    return `https://${host(of)}/ec2/home?region=${of}#InstanceDetails:instanceId=${encodeURIComponent(id)}`;
}

function host(region: string): string {
    if (region.startsWith("cn-")) return `${region}.console.amazonaws.cn`;
    return region.startsWith("us-gov-") ? "console.amazonaws-us-gov.com" : `${region}.console.aws.amazon.com`;
}
