import type { PushCode } from "../../settings/messages/pushMessages";
import type { Problem } from "../../settings/problem";
import type { JenkinsClient } from "../push/client";
import type { Clock } from "../push/clock";
import type { InstalledPlugins } from "../push/plugins";
import { isNewEnough, pluginProblem, readPlugins } from "../push/plugins";
import { problemForm, problemOfScript, type ScriptProblem } from "../push/problems";
import type { Report } from "../push/logLine";
import type { CloudPayload, PushRequest } from "../push/request";
import { list, record, text, truth } from "../push/form";
import { runScript } from "../push/script";
import { withSession } from "../push/session";

/** What is on a controller before anything is made for it. Holds no secret. */
export interface ControllerState {
    /** Id of the controller in the settings. */
    controller: string;
    /** Versions of Jenkins and of the `ec2` plugin that is active. */
    installed: InstalledPlugins;
    /** What tells this Jenkins from others, at whatever address. */
    instance: string;
    /** Whether the administrator has set the controller's own URL (Manage Jenkins, System). */
    hasUrl: boolean;
    /** Whether an administrator has Jenkins prepare for a shutdown: it starts no builds. */
    quietingDown: boolean;
    /** All EC2 clouds of the controller, in order, of every owner. */
    clouds: LiveCloud[];
    /**
     * What differs in this stack's clouds, as far as that is known before AWS answers: the cloud's name and the template's
     * description, which is empty for the cloud itself.
     */
    changed: { cloud: string; template: string }[];
    /** Why a push of the wanted clouds would be refused, as far as that is known before AWS answers. */
    problems: Problem[];
}

/** An EC2 cloud as a controller has it. */
export interface LiveCloud {
    name: string;
    /** Descriptions, in order. */
    templates: string[];
    /** Of all its templates: ids, or names where somebody wrote those. */
    securityGroups: string[];
    agents: LiveAgent[];
}

export interface LiveAgent {
    /** Of the node in Jenkins. */
    name: string;
    /** Description of its template, which the cloud may no longer have. */
    template: string;
    /** Whether it runs a build. */
    busy: boolean;
}

/** What the preflight found on each controller, by the controller's id; empty where controllers are not asked (`watch: off`). */
export type Preflights = Record<string, Preflight>;
export interface Preflight {
    /** Absent where the controller could not be asked. */
    state?: ControllerState;
    /** The code of what follows, where the controller could not be asked or refuses. */
    code?: PushCode;
    /** Why the controller could not be asked, without its id. */
    unanswered?: string[];
    /** Why its pushes cannot work: the controller answered, and its answer stays the same until someone changes something. */
    refused?: string[];
}

/** What preflight.groovy answers. */
interface Found {
    instance: string;
    hasUrl: boolean;
    quietingDown: boolean;
    clouds: ControllerState["clouds"];
    wanted: { problems: ScriptProblem[]; foreign: string[]; changed: string[] }[];
}

const wantedForm = list(record({ problems: list(problemForm), foreign: list(text), changed: list(text) }));

const foundForm = (count: number) =>
    record({
        instance: text,
        hasUrl: truth,
        quietingDown: truth,
        clouds: list(
            record({
                name: text,
                templates: list(text),
                securityGroups: list(text),
                agents: list(record({ name: text, template: text, busy: truth })),
            }),
        ),
        wanted: (value, place) =>
            wantedForm(value, place) ?? ((value as unknown[]).length === count ? undefined : place),
    });

/** What to tell of a controller that is {@link ControllerState.quietingDown}. */
export const quietDown =
    "Jenkins is in quiet-down: it starts no builds until that is cancelled or Jenkins has restarted";

/**
 * Reads one controller for all pushes that go there, with two requests: what it has, and which parts of the pushes it can never
 * take. Changes nothing. Any text of the requests' clouds may be {@link UNKNOWN}.
 *
 * @param requests the pushes that go there; none where no cloud names the controller any more
 * @throws PushError if the controller cannot be asked; `refused` if it answers the same until someone changes something
 */
export function readControllerState(
    { controller, plugin }: Pick<PushRequest, "controller" | "plugin">,
    requests: PushRequest[],
    { report = () => undefined, clock }: { report?: Report; clock?: Clock } = {},
): Promise<ControllerState> {
    return withSession(
        controller,
        { report, clouds: requests.map(({ cloud }) => cloud), clock },
        async ({ client }) => {
            const installed = await readPlugins(client);
            const problem = requests.length === 0 ? undefined : pluginProblem(client, plugin, installed);
            const state = await stateOf(client, installed, isNewEnough(installed, plugin) ? requests : []);
            if (problem === undefined) return state;
            const missing = error("plugin-missing", `controllers.${controller.id}.plugin`, problem);
            return { ...state, problems: [missing, ...state.problems] };
        },
    );
}

/**
 * What the script of the preflight finds, as a state.
 *
 * @param wanted pushes to compare with what is there
 */
export async function stateOf(
    client: JenkinsClient,
    installed: InstalledPlugins,
    wanted: PushRequest[],
): Promise<ControllerState> {
    const { wanted: verdicts, ...found } = await readClouds(client, wanted);
    return {
        ...found,
        controller: client.access.id,
        installed,
        changed: wanted.flatMap(({ cloud }, index) =>
            verdicts[index]!.changed.map((template) => ({ cloud: cloud.name, template })),
        ),
        problems: wanted.flatMap(({ cloud }, index) => cloudProblems(cloud, verdicts[index]!)),
    };
}

/** Runs the script. Without requests it needs no plugin. Only an administrator gets an answer. */
export function readClouds(client: JenkinsClient, wanted: PushRequest[]): Promise<Found> {
    const ask = { wanted: wanted.map(({ cloud, policy }) => ({ cloud, adopt: policy.adopt })) };
    return runScript<Found>(client, "preflight", ask, foundForm(wanted.length));
}

function cloudProblems(cloud: CloudPayload, { problems, foreign }: Found["wanted"][number]): Problem[] {
    return [
        ...problems.map((problem) => problemOfScript(problem, cloud)),
        ...(foreign.length === 0
            ? []
            : [error("cloud-of-somebody-else", `${cloud.path}.adopt`, foreign.join("\n    "))]),
    ];
}

const error = (code: PushCode, path: string, message: string): Problem => ({ code, severity: "error", path, message });
