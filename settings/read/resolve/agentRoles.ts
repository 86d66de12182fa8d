import { mapValues } from "../../collections";
import type { Path } from "../../path";
import type { AgentRoleSettings } from "../../schema/agentRole";
import type { SettingsContext } from "../context";
import type { Findings } from "../findings";
import { checkSize, readNamedFile } from "./text";

/** What IAM takes: 64 characters for a role's name, 6,144 without white space for a policy. */
const NAME = 64;
const DOCUMENT = { bytes: 6_144, why: "IAM takes no larger policy" };

/** The agents' roles with their policy documents read; a document is checked for its form only. */
export function resolveAgentRoles(
    roles: Record<string, AgentRoleSettings>,
    stackName: string,
    context: SettingsContext,
    findings: Findings,
): Record<string, AgentRoleSettings> {
    return mapValues(roles, ({ policy, ...rest }, id) => {
        const path = ["access", "agentRoles", id];
        const name = agentRoleName(stackName, id);
        if (name.length > NAME) {
            findings.problem("too-large", path, `makes the name ${name}: IAM allows at most ${NAME} characters`);
        }
        const text = policy === undefined ? undefined : documentOf(policy, [...path, "policy"], context, findings);
        return { ...rest, ...(text === undefined ? {} : { policy: text }) };
    });
}

/** Name in IAM of an agents' role, and of its instance profile and policy. */
export const agentRoleName = (stackName: string, id: string) => `${stackName}-${id}`;

function documentOf(file: string, path: Path, context: SettingsContext, findings: Findings): string | undefined {
    const text = readNamedFile(file, path, context, findings);
    if (text === undefined) return undefined;
    try {
        const document = JSON.stringify(JSON.parse(text));
        if (!document.includes('"Statement"')) throw new Error("it has no Statement");
        checkSize(document, path, DOCUMENT, findings);
        return document;
    } catch (error) {
        findings.problem("wrong-form", path, `is not a policy document in JSON: ${(error as Error).message}`);
        return undefined;
    }
}
