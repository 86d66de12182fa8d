import { CreateRoleCommand, PutRolePolicyCommand, type IAMClient } from "@aws-sdk/client-iam";
import type { Emulator } from "../../../playground/aws/emulator";
import { policyDocument } from "../../../iam/policyDocument";

/** The environment of a session of a role that may do everything, as a CI gets one. */
export async function administratorsSession({ endpoint }: Emulator, iam: IAMClient): Promise<Record<string, string>> {
    const RoleName = "ci";
    const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: {} }] };
    const made = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }));
    const everything = JSON.stringify(policyDocument({ Effect: "Allow", Action: ["*"], Resource: "*" }));
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "everything", PolicyDocument: everything }));
    // Web identity is what a CI signs in with: without a signature, which the emulator takes only while it enforces nothing.
    await unenforced(endpoint, "1");
    const query = {
        Action: "AssumeRoleWithWebIdentity",
        Version: "2011-06-15",
        RoleArn: made.Role!.Arn!,
        RoleSessionName: "ci",
        WebIdentityToken: "of-the-ci",
    };
    const answer = await (await fetch(endpoint, { method: "POST", body: new URLSearchParams(query) })).text();
    await unenforced(endpoint, "0");
    const part = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(answer)![1]!;
    return {
        AWS_ACCESS_KEY_ID: part("AccessKeyId"),
        AWS_SECRET_ACCESS_KEY: part("SecretAccessKey"),
        AWS_SESSION_TOKEN: part("SessionToken"),
    };
}

/** How many of the next requests need no right. */
async function unenforced(endpoint: string, requests: string): Promise<void> {
    const headers = { "content-type": "application/octet-stream" };
    await fetch(`${endpoint}/moto-api/reset-auth`, { method: "POST", headers, body: requests });
}
