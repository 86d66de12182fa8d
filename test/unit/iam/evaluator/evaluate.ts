import { runSimulation } from "@cloud-copilot/iam-simulate";
import type { PolicyDocument } from "../../../../iam/policyDocument";

/** One authorisation, as AWS asks IAM for it: a request to EC2 makes one for each resource that it touches. */
export interface Authorisation {
    action: string;
    /** An ARN, or `*` for actions that know no resources. */
    resource: string;
    /** Condition keys and what they are at the moment of the request. Absent ones are unknown to IAM. */
    context: Record<string, string | string[]>;
}

const accountId = "111122223333";

/**
 * Whether an identity that has nothing but this policy is let through.
 * @throws where the document or the question is none that IAM would take: an unknown action, a resource or a condition key that
 * the action does not know (AWS: "Service Authorization Reference")
 */
export async function isAllowed(
    policy: PolicyDocument,
    { action, resource, context }: Authorisation,
): Promise<boolean> {
    const answer = await runSimulation(
        {
            request: {
                principal: `arn:aws:iam::${accountId}:user/jenkins-aws-team-a`,
                action,
                resource: { resource, accountId },
                contextVariables: context,
            },
            identityPolicies: [{ name: "policy", policy }],
            serviceControlPolicies: [],
            resourceControlPolicies: [],
        },
        {},
    );
    if (answer.resultType === "error") throw new Error(`${action} ${resource}: ${JSON.stringify(answer.errors)}`);
    if (answer.resultType === "wildcard") return answer.overallResult === "Allowed";
    const unknown = answer.result.ignoredContextKeys ?? [];
    if (unknown.length > 0) throw new Error(`${action} on ${resource} does not know ${unknown.join(", ")}`);
    return answer.overallResult === "Allowed";
}
