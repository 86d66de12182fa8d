import {
    CreatePolicyVersionCommand,
    DeletePolicyVersionCommand,
    GetPolicyCommand,
    GetPolicyVersionCommand,
    SetDefaultPolicyVersionCommand,
    type IAMClient,
} from "@aws-sdk/client-iam";
import type { PolicyDocument } from "../../iam/policyDocument";

/** The document of a policy's default version. */
export async function readPolicy(iam: IAMClient, PolicyArn: string): Promise<PolicyDocument> {
    const VersionId = await defaultVersion(iam, PolicyArn);
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    return JSON.parse(decodeURIComponent(PolicyVersion!.Document!)) as PolicyDocument;
}

/** While something runs, the policy says something else. */
export async function withPolicy<T>(
    iam: IAMClient,
    PolicyArn: string,
    document: PolicyDocument,
    run: () => Promise<T>,
): Promise<T> {
    const before = await defaultVersion(iam, PolicyArn);
    const { PolicyVersion } = await iam.send(
        new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: JSON.stringify(document), SetAsDefault: true }),
    );
    try {
        return await run();
    } finally {
        await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: before }));
        await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: PolicyVersion!.VersionId }));
    }
}

/** Every action that a document allows, each once. */
export function actionsOf({ Statement }: PolicyDocument): string[] {
    return [...new Set(Statement.flatMap(({ Action }) => Action))].sort();
}

/** The document without an action. */
export function without(document: PolicyDocument, action: string): PolicyDocument {
    const statements = document.Statement.map((statement) => ({
        ...statement,
        Action: statement.Action.filter((one) => one !== action),
    }));
    return { ...document, Statement: statements.filter(({ Action }) => Action.length > 0) };
}

/**
 * The document as far as the emulator can enforce it: its actions. moto asks EC2's actions against "*" only, and takes any
 * condition for a refusal.
 */
export function actionsOnly(document: PolicyDocument): PolicyDocument {
    const statements = document.Statement.map(({ Effect, Action }) => ({ Effect, Action, Resource: "*" }));
    return { ...document, Statement: statements };
}

async function defaultVersion(iam: IAMClient, PolicyArn: string): Promise<string> {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    return Policy!.DefaultVersionId!;
}
