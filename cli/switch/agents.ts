import { list, record, text, textLike } from "../../jenkins/push/form";
import type { Report } from "../../jenkins/push/logLine";
import type { PushRequest } from "../../jenkins/push/request";
import { runScript } from "../../jenkins/push/script";
import { withSession } from "../../jenkins/push/session";

/** A permanent agent that has the label. */
export interface SwitchableAgent {
    name: string;
    labels: string[];
    /** `on`: takes builds, or would. `switched`: this stack took it offline for this label. `left`: somebody else took it offline. */
    state: "on" | "switched" | "left";
    /** Builds that run there. */
    busy: number;
    /** Why it is offline, where Jenkins shows it. */
    reason: string;
}

export interface SwitchRequest {
    label: string;
    /** `PROJECT/STACK`: only what has its mark is brought back. */
    owner: string;
    /** `read` changes nothing. */
    action: "read" | "off" | "back";
    /** Agents to take offline. */
    names: string[];
}

const form = record({
    agents: list(
        record({
            name: text,
            labels: list(text),
            state: textLike(/^(on|switched|left)$/),
            busy: textLike(/^\d{1,9}$/),
            reason: text,
        }),
    ),
});

/**
 * Looks at the permanent agents of a controller that have a label, and takes them offline or brings them back.
 *
 * @returns the agents as they are afterwards
 * @throws PushError if the controller cannot be asked
 */
export function switchAgents(
    { controller }: Pick<PushRequest, "controller">,
    request: SwitchRequest,
    report: Report,
): Promise<SwitchableAgent[]> {
    return withSession(controller, { report }, async ({ client }) => {
        const { agents } = await runScript<{ agents: (Omit<SwitchableAgent, "busy"> & { busy: string })[] }>(
            client,
            "switch",
            request,
            form,
        );
        return agents.map((agent) => ({ ...agent, busy: Number(agent.busy) }));
    });
}
