import { many } from "../../settings/printable";
import type { StackSettings } from "../../settings";
import type { Problem } from "../../settings/problem";
import type { ControllerOutputs } from "../controllerOutputs";
import type { Difference } from "../push/difference";
import { neededJava } from "../push/plugins";
import { pushName, type PlannedPush } from "../requests";
import type { Plan } from "./compare";
import type { LiveAgent, Preflights } from "./controllerState";

/*
 * What a change means for agents that run. A change may reach them by any way: an id that was renamed in the settings, a resource
 * that the state has lost, `--replace`, `--target`. So nothing here depends on the history of one resource: the stack's outputs tell
 * what the stack had, and the controllers tell who uses it.
 */

/** The stack's outputs after its last update, as far as they are needed here. */
export interface Deployed {
    controllers?: Record<string, ControllerOutputs>;
    clouds?: Record<string, { region: string; securityGroupId: string }>;
}

/** A cloud that goes from a controller, as the last update left it. */
export interface Removal {
    /** Id of the controller, as the last update had it. */
    controller: string;
    /** Name of the cloud in Jenkins. */
    cloud: string;
    templates: string[];
    /** Absent where the controller could not be asked. */
    agents?: LiveAgent[];
}

/**
 * The clouds that this change removes from their controllers, by the name of the push that the last update made.
 *
 * @param pushes of the new settings
 */
export function removals(
    pushes: PlannedPush[],
    settings: StackSettings,
    { controllers = {} }: Deployed,
    preflights: Preflights,
): Record<string, Removal> {
    const stay = pushes.filter(({ isSame }) => isSame);
    const kept = new Set(stay.flatMap(({ name, formerName }) => [name, ...(formerName ? [formerName] : [])]));
    const all = Object.entries(controllers).flatMap(([controller, { url, instance, clouds }]) =>
        Object.entries(clouds).map(([id, { cloud, templates }]): [string, Removal] => {
            const state = preflights[controller]?.state;
            const live = state?.clouds.find(({ name }) => name === cloud);
            // What answers may be another Jenkins than the one that the cloud goes from.
            const isKnown =
                state !== undefined && (settings.controllers[controller]?.url === url || state.instance === instance);
            return [
                pushName(settings, controller, id),
                { controller, cloud, templates, ...(isKnown ? { agents: live?.agents ?? [] } : {}) },
            ];
        }),
    );
    return Object.fromEntries(all.filter(([name]) => !kept.has(name)));
}

/** How a removal is shown. */
export function removalText({ controller, cloud, templates, agents }: Removal): string {
    return [
        `controller ${controller}, cloud ${cloud}`,
        `  - cloud ${cloud}`,
        ...templates.map((template) => `  - template ${template}`),
        ...(agents === undefined
            ? ["    its agents are not known: the controller is not in the settings any more, or did not answer"]
            : agents.map(({ name, busy }) => `  - agent ${name}${busy ? " (BUSY)" : " (idle)"}`)),
    ].join("\n");
}

/**
 * Agents in a security group of the stack that this change deletes: they would lose the network, and AWS would not delete the group.
 * Agents of a cloud that goes itself do not count: its removal ends them before the group goes, or is refused.
 *
 * @param kept ids of the stack's groups that stay or are new, as far as they are known
 * @returns a problem for each cloud that has such agents
 */
export function agentsInLeavingGroups(
    { clouds = {} }: Deployed,
    kept: string[],
    preflights: Preflights,
    gone: Removal[],
): Problem[] {
    const leaving = Object.values(clouds).flatMap(({ securityGroupId: id }) =>
        id === "" || kept.includes(id) ? [] : [id],
    );
    return Object.entries(preflights).flatMap(([controller, { state }]) =>
        (state?.clouds ?? [])
            .filter(({ name }) => !gone.some((one) => one.controller === controller && one.cloud === name))
            .flatMap(({ name, securityGroups, agents }) => {
                const groups = leaving.filter((id) => securityGroups.includes(id));
                if (groups.length === 0 || agents.length === 0) return [];
                const names = agents.map((agent) => `"${agent.name}"`).join(", ");
                return [
                    {
                        code: "agents-would-lose-their-network",
                        severity: "error" as const,
                        path: `controllers.${controller}`,
                        message: `cloud ${name}: this change deletes the security group ${groups.join(", ")}, and agents are in it: ${names}`,
                        fix: "wait until they have ended, or end them in Jenkins, and run pulumi up again",
                    },
                ];
            }),
    );
}

/** {@link neededJava}, where agents come with another image or are the first of their template. */
export function javaNotes({ differences, jenkins }: Pick<Plan, "differences" | "jenkins">): string[] {
    const isOther = differences.some(
        ({ subject, existed, wanted, path }) =>
            subject === "template" && wanted !== false && (!existed || ["ami", "javaPath"].includes(path[0] ?? "")),
    );
    return isOther ? neededJava(jenkins) : [];
}

/** What the differences of a cloud mean for its agents that run, one sentence each; empty without agents. */
export function agentNotes({ differences }: Plan, agents: readonly LiveAgent[]): string[] {
    if (agents.length === 0) return [];
    const one = agents.length === 1;
    const some = many(agents.length, "agent");
    const changes = (...names: string[]) =>
        differences.some(({ subject, path }) => subject === "cloud" && names.includes(path[0] ?? ""));
    const credential = (parameter: string) => differences.some((each) => isChangedCredential(each, parameter));
    return [
        ...(changes("region", "altEC2Endpoint")
            ? [
                  `${some} ${one ? "stays" : "stay"} in the old region, where the plugin can no longer end, stop or start agents: end ${one ? "it" : "them"} before (docs/jenkins.md#agents-that-are-there)`,
              ]
            : []),
        ...(changes("sshKeysCredentialsId") || credential("privateKey")
            ? [
                  `${some} ${one ? "keeps" : "keep"} the old public key: Jenkins cannot log in there again after a lost connection, its own restart or a stop of the instance`,
              ]
            : []),
        ...(changes("credentialsId", "roleArn", "useInstanceProfileForCredentials") || credential("secretKey")
            ? [
                  `${some} ${one ? "goes" : "go"} on; the plugin ends, stops and starts ${one ? "it" : "them"} with the new identity`,
              ]
            : []),
    ];
}

function isChangedCredential({ subject, existed, wanted, path }: Difference, parameter: string): boolean {
    return subject === "credential" && existed && wanted !== false && path[0] === parameter;
}
