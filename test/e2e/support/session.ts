import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import type { Emulator } from "../../../playground/aws/emulator";
import { policyDocument } from "../../../iam/policyDocument";

const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: {} }] };
const everything = JSON.stringify(policyDocument({ Effect: "Allow", Action: ["*"], Resource: "*" }));

/** The environment of a session of a role that may do everything, as a CI gets one. */
export async function administratorsSession({ endpoint }: Emulator, iam: IAMClient): Promise<Record<string, string>> {
    const arn = await makeAdministratorsRole(iam, "ci");
    const { accessKeyId, secretAccessKey, sessionToken } = await unenforced(endpoint, () => session(endpoint, arn));
    return {
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken,
    };
}

/** A role of this name that may do everything in another account, and a client there as that role. */
export async function administratorElsewhere(
    { endpoint }: Emulator,
    account: string,
    role: string,
): Promise<IAMClient> {
    return unenforced(endpoint, async () => {
        const credentials = await session(endpoint, `arn:aws:iam::${account}:role/${role}`);
        const iam = new IAMClient({ endpoint, region: "eu-central-1", credentials });
        await makeAdministratorsRole(iam, role);
        return iam;
    });
}

async function makeAdministratorsRole(iam: IAMClient, RoleName: string): Promise<string> {
    const made = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }));
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "everything", PolicyDocument: everything }));
    return made.Role!.Arn!;
}

/** Web identity is what a CI signs in with: without a signature, which the emulator takes only while it enforces nothing. */
async function session(endpoint: string, RoleArn: string) {
    const query = {
        Action: "AssumeRoleWithWebIdentity",
        Version: "2011-06-15",
        RoleArn,
        RoleSessionName: "ci",
        WebIdentityToken: "of-the-ci",
    };
    const answer = await (await fetch(endpoint, { method: "POST", body: new URLSearchParams(query) })).text();
    const part = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(answer)![1]!;
    return {
        accessKeyId: part("AccessKeyId"),
        secretAccessKey: part("SecretAccessKey"),
        sessionToken: part("SessionToken"),
    };
}

/** While this is done, no request needs a right. */
async function unenforced<T>(endpoint: string, todo: () => Promise<T>): Promise<T> {
    const headers = { "content-type": "application/octet-stream" };
    const enforceAfter = (requests: string) =>
        fetch(`${endpoint}/moto-api/reset-auth`, { method: "POST", headers, body: requests });
    await enforceAfter("1000");
    const done = await todo();
    await enforceAfter("0");
    return done;
}
