import { parseArgs } from "node:util";
import type { PushRequest } from "../jenkins/push/request";
import { withShortTimeouts } from "../jenkins/push/session";
import { smoke } from "../jenkins/push/smoke";
import { table } from "../jenkins/table";
import { groupBy } from "../settings/collections";
import { printable } from "../settings/printable";
import { commands } from "./declarations";
import { deployedPushes } from "./pulumi";
import { switchAgents, type SwitchableAgent, type SwitchRequest } from "./switch/agents";

/** What `switch` ends with. */
export enum SwitchExit {
    Done = 0,
    Error = 1,
    /** With `--dry-run`: something would change. */
    WouldChange = 2,
}

/** A controller of the stack, its clouds as they were deployed, and its permanent agents with the label. */
interface Place {
    pushes: PushRequest[];
    agents: SwitchableAgent[];
}

/**
 * Takes the permanent agents with a label temporarily offline, so that builds go to EC2, or with `--back` brings back those that it
 * took offline. Deletes nothing; running builds end undisturbed.
 *
 * @throws if templates or a smoke test are missing: then nothing is changed
 */
export async function switchCommand(args: string[], stackArguments: string[]): Promise<SwitchExit> {
    const { values } = parseArgs({ args, options: commands.switch.options });
    const label = labelOf(values.label);
    const pushes = (await deployedPushes(stackArguments)).map(({ request }) => request);
    const controllers = [...groupBy(pushes, ({ controller }) => controller.id)].filter(
        ([id]) => (values.controller ?? id) === id,
    );
    if (controllers.length === 0) throw new Error(`No such controller is deployed. There are: ${idsOf(pushes)}.`);
    const ask = (own: PushRequest[], action: SwitchRequest["action"], names: string[] = []) =>
        switchAgents(withShortTimeouts(own[0]!), { label, owner: own[0]!.owner, action, names }, report);
    const places = await Promise.all(
        controllers.map(async ([, own]): Promise<Place> => ({ pushes: own, agents: await ask(own, "read") })),
    );
    if (places.every(({ agents }) => agents.length === 0)) {
        throw new Error(
            `No permanent agent has the label "${label}" on ${idsOf(places.flatMap((place) => place.pushes))}.`,
        );
    }
    const from = values.back ? "switched" : "on";
    const concerned = places.filter(({ agents }) => agents.some(({ state }) => state === from));
    const successors = values.back ? [] : successorsOf(label, concerned);
    if (values["dry-run"] || concerned.length === 0) {
        show(
            places,
            concerned.length === 0 ? "nothing to do" : `would be ${values.back ? "brought back" : "taken offline"}`,
            from,
        );
        return concerned.length === 0 ? SwitchExit.Done : SwitchExit.WouldChange;
    }
    for (const { push, template } of successors) await smoke(push, { template }, report);
    for (const place of concerned) {
        const names = place.agents.filter(({ state }) => state === from).map(({ name }) => name);
        const after = await ask(place.pushes, values.back ? "back" : "off", names);
        show(
            [{ ...place, agents: after.filter(({ name }) => names.includes(name)) }],
            values.back ? "brought back" : "taken offline",
        );
    }
    return SwitchExit.Done;
}

const report = (line: string) => process.stderr.write(`${line}\n`);
const idsOf = (pushes: readonly PushRequest[]) =>
    [...new Set(pushes.map(({ controller }) => controller.id))].join(", ") || "none";

function labelOf(text: string | undefined): string {
    if (text === undefined) throw new Error("switch needs --label LABEL.");
    if (!/^[^\s"'()&|!<>,]+$/.test(text))
        throw new Error(`--label is "${text}"; it must be one label, and no expression.`);
    return text;
}

/** What takes over an agent's builds: a template with all of its labels. */
interface Successor {
    push: PushRequest;
    template: string;
}

function successorOf({ labels }: SwitchableAgent, pushes: readonly PushRequest[]): Successor | undefined {
    const successors = pushes.flatMap((push) =>
        push.cloud.templates
            .filter(({ parameters }) => {
                const offered = String(parameters.labelString ?? "").split(/\s+/);
                return labels.every((label) => offered.includes(label));
            })
            .map(({ parameters }) => ({ push, template: String(parameters.description) })),
    );
    return successors[0];
}

/**
 * The templates that take over the builds of all agents that are on, without repetition.
 *
 * @throws if an agent has no successor. Builds that ask for its labels would stay in the queue.
 */
function successorsOf(label: string, places: readonly Place[]): Successor[] {
    const found = places.flatMap(({ pushes, agents }) =>
        agents
            .filter(({ state }) => state === "on")
            .map((agent) => ({ agent, id: pushes[0]!.controller.id, successor: successorOf(agent, pushes) })),
    );
    const problems = found
        .filter(({ successor }) => successor === undefined)
        .map(({ agent, id }) => `${id}/${agent.name}: no template has all its labels: ${agent.labels.join(" ")}`);
    if (problems.length > 0) {
        throw new Error(
            `The label ${label} is not switched; nothing has been changed.\n${problems.map((each) => `  - ${each}`).join("\n")}`,
        );
    }
    const successors = found.flatMap(({ successor }) => successor ?? []);
    const keyOf = ({ push, template }: Successor) => JSON.stringify([push.controller.id, push.cloud.name, template]);
    return [...new Map(successors.map((each) => [keyOf(each), each])).values()];
}

/** A line for each agent; `what` stands beside those in the state `of`, all of them without it. */
function show(places: readonly Place[], what: string, of?: SwitchableAgent["state"]): void {
    const rows = places.flatMap(({ pushes, agents }) =>
        agents.map(({ name, state, busy, reason }) => [
            `${pushes[0]!.controller.id}/${name}`,
            of === undefined || state === of
                ? what
                : state === "left"
                  ? "left alone"
                  : state === "switched"
                    ? "is offline by switch"
                    : "is online",
            busy === 0 ? "" : `${busy} running`,
            state === "left" ? reason : "",
        ]),
    );
    process.stdout.write(
        printable(
            table(rows)
                .map((line) => `${line}\n`)
                .join(""),
        ),
    );
}
