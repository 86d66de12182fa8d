import { runSimulation } from "@cloud-copilot/iam-simulate";
import type { PolicyDocument } from "../../../../iam/policyDocument";
import { accountId, type Authorisation } from "./authorisation";

/** Of a key as KMS makes it: who has it is for IAM to say. */
const keyPolicy = {
    Version: "2012-10-17",
    Statement: [
        { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: "kms:*", Resource: "*" },
    ],
};

const known = new Map<string, Promise<boolean>>();

/**
 * Whether an identity that has nothing but this policy is let through.
 * @throws where the document or the question is none that IAM would take: an unknown action, a resource or a condition key that
 * the action does not know (AWS: "Service Authorization Reference")
 */
export function isAllowed(policy: PolicyDocument, asked: Authorisation): Promise<boolean> {
    // Few documents and few questions come up again and again, for many settings and versions.
    const question = JSON.stringify([policy, asked]);
    const answer = known.get(question) ?? evaluate(policy, asked);
    known.set(question, answer);
    return answer;
}

/** Those of the authorisations that the policy does not give. */
export async function refusedOf(policy: PolicyDocument, asked: Authorisation[]): Promise<Authorisation[]> {
    const answers = await Promise.all(asked.map((one) => isAllowed(policy, one)));
    return asked.filter((_, index) => !answers[index]);
}

async function evaluate(policy: PolicyDocument, { action, resource, context }: Authorisation): Promise<boolean> {
    const answer = await runSimulation(
        {
            request: {
                principal: `arn:aws:iam::${accountId}:user/jenkins-aws-team-a`,
                action,
                resource: { resource, accountId },
                contextVariables: context,
            },
            identityPolicies: [{ name: "policy", policy }],
            // Nobody has a key of KMS unless its own policy says so, too.
            resourcePolicy: action.startsWith("kms:") ? keyPolicy : undefined,
            serviceControlPolicies: [],
            resourceControlPolicies: [],
        },
        {},
    );
    if (answer.resultType !== "single") throw new Error(`${action} ${resource}: ${JSON.stringify(answer)}`);
    const unknown = answer.result.ignoredContextKeys ?? [];
    if (unknown.length > 0) throw new Error(`${action} on ${resource} does not know ${unknown.join(", ")}`);
    return answer.overallResult === "Allowed";
}
