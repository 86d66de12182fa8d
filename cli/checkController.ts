import type { StackSettings } from "../settings";
import type { Clock } from "../jenkins/push/clock";
import { testConnection } from "../jenkins/push/connection";
import { PushError } from "../jenkins/push/errors";
import { quietDown, stateOf, type ControllerState } from "../jenkins/preview/controllerState";
import { isSame, plan } from "../jenkins/preview/compare";
import { isNewEnough, jenkinsOf, neededJava, pluginProblem, readPlugins } from "../jenkins/push/plugins";
import type { Report } from "../jenkins/push/logLine";
import type { PushRequest } from "../jenkins/push/request";
import { withSession, type Session } from "../jenkins/push/session";
import { tryLaunches } from "./tryLaunches";

/** One step of a check, and what came of it. Holds no secret. */
export interface Step {
    step: string;
    /** Not tried: a step before it failed, or there is nothing to try it with. */
    result: "passed" | "failed" | "not tried";
    /** What was found; of a failed one, each with what to do. */
    found: string[];
}

export interface CheckOptions {
    /** What the settings would meet on what is installed there, that a push is refused for. */
    judge: (state: ControllerState) => string[];
    /** Whether `up` pushes edits that were made in Jenkins. */
    watch: StackSettings["watch"];
    clock?: Clock;
}

type Trial = () => Promise<string[] | undefined>;

/**
 * Tries, one after another, all that has to be right for agents on one controller, and changes nothing: address, login,
 * administrator, plugin, clouds, connection, launches. After one that fails the rest is not tried.
 *
 * @param request of the settings: how the controller is reached, and which plugin it is to have
 * @param deployed the pushes that the stack has deployed there, with the login of the settings
 */
export async function check(
    request: Pick<PushRequest, "controller" | "plugin">,
    deployed: PushRequest[],
    report: Report,
    { judge, watch, clock }: CheckOptions,
): Promise<Step[]> {
    const before = await withSession(request.controller, { report, clock }, (session) =>
        inOrder(trialsOf(session, request, { judge, watch, isDeployed: deployed.length > 0 })),
    );
    return inOrder(
        {
            clouds: () => ofEach(deployed, (each) => asDeployed(each, watch, report, clock)),
            connection: () =>
                ofEach(
                    deployed.filter(({ policy }) => policy.testConnection),
                    (each) => connected(each, report, clock),
                ),
            launches: () => ofEach(deployed, (each) => tryLaunches(each, report, clock)),
        },
        before,
    );
}

function trialsOf(
    { client }: Session,
    { controller, plugin }: Pick<PushRequest, "controller" | "plugin">,
    { judge, watch, isDeployed }: Pick<CheckOptions, "judge" | "watch"> & { isDeployed: boolean },
): Record<string, Trial> {
    let state: ControllerState;
    return {
        address: async () => {
            const answer = await client.get("api/json?tree=mode", [200, 401, 403]);
            const page = answer.status === 401 ? await client.signInPage() : undefined;
            const jenkins = jenkinsOf(client, page ?? answer);
            return [`Jenkins ${jenkins} answers at ${controller.url}`, ...neededJava(jenkins)];
        },
        login: async () => {
            await client.get("api/json?tree=mode", [200, 403]);
            return [`user "${controller.user}" is who it says`];
        },
        administrator: async () => {
            state = await stateOf(client, await readPlugins(client), []);
            return [`user "${controller.user}" may run scripts`, ...(state.quietingDown ? [quietDown] : [])];
        },
        plugin: () => {
            const { installed } = state;
            const problem = pluginProblem(client, plugin, installed);
            if (problem !== undefined) throw client.refuse("plugin-missing", problem);
            const faults = judge(state);
            if (faults.length > 0) throw client.refuse("plugin-has-faults", ...faults);
            const there = installed.ec2 === undefined ? "no ec2 plugin" : `ec2 ${installed.ec2}`;
            if (isNewEnough(installed, plugin)) return Promise.resolve([there]);
            // An up that finds no changed setting pushes nothing, so it installs nothing.
            const when = isDeployed && watch !== "heal" ? ` when a setting changes (watch: ${watch})` : "";
            return Promise.resolve([`${there}: up installs ${plugin.version}${when}`]);
        },
    };
}

/** Whether the cloud and its credentials are there as the last `up` left them. */
async function asDeployed(
    request: PushRequest,
    watch: StackSettings["watch"],
    report: Report,
    clock?: Clock,
): Promise<string> {
    const found = await plan(request, report, { clock });
    const gone = found.differences.filter(({ existed, subject }) => !existed && subject !== "template");
    if (gone.length > 0) {
        const named = gone.map(({ subject, id }) =>
            subject === "cloud" ? `cloud ${request.cloud.name}` : `${subject} ${id}`,
        );
        throw new PushError("no-such-cloud", request.controller.id, [
            `not in Jenkins any more: ${[...new Set(named)].join(", ")}: ${putBack(watch)}`,
        ]);
    }
    const state = isSame(found)
        ? "as deployed"
        : `differs from what was deployed in ${found.differences.length} places (plan shows them); ${putBack(watch)}`;
    return `cloud ${request.cloud.name} and its credentials: ${state}`;
}

/** How to restore what someone changed in Jenkins. */
const putBack = (watch: StackSettings["watch"]) =>
    watch === "heal" ? "pulumi up puts it back" : `not pushed (watch: ${watch}): an up with watch: heal puts it back`;

/** Whether Jenkins itself gets an answer from EC2, with the credentials that it has there. */
function connected(request: PushRequest, report: Report, clock?: Clock): Promise<string> {
    return withSession(request.controller, { report, clouds: [request.cloud], clock }, async (session) => {
        const said = await testConnection(session, request, "hudson.plugins.ec2.EC2Cloud", {}, { seconds: 0 });
        return `cloud ${request.cloud.name}, Test Connection in ${String(request.cloud.parameters.region)}: ${said}`;
    });
}

/** What was found of each, or the problems of all that have some; undefined where there is none. */
async function ofEach(
    requests: PushRequest[],
    find: (request: PushRequest) => Promise<string>,
): Promise<string[] | undefined> {
    if (requests.length === 0) return undefined;
    const found: string[] = [];
    const problems: string[] = [];
    for (const request of requests) {
        await find(request).then(
            (text) => found.push(text),
            (error: unknown) => problems.push(...problemsOf(error)),
        );
    }
    if (problems.length > 0) throw new PushError("request-failed", requests[0]!.controller.id, problems);
    return found;
}

/** One after another, after those that were tried before. */
export async function inOrder(trials: Record<string, Trial>, before: Step[] = []): Promise<Step[]> {
    const steps = [...before];
    for (const [step, trial] of Object.entries(trials)) {
        const failed = steps.some(({ result }) => result === "failed");
        steps.push(failed ? { step, result: "not tried", found: [] } : await tried(step, trial));
    }
    return steps;
}

async function tried(step: string, trial: Trial): Promise<Step> {
    try {
        const found = await trial();
        return { step, result: found === undefined ? "not tried" : "passed", found: found ?? [] };
    } catch (error) {
        return { step, result: "failed", found: problemsOf(error) };
    }
}

function problemsOf(error: unknown): string[] {
    if (!(error instanceof PushError)) throw error;
    return error.problems;
}
