import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand, type IAMClient } from "@aws-sdk/client-iam";
import { policyDocument, type PolicyDocument } from "../../iam/policyDocument";
import { projectFolder } from "../world";

export interface AwsKey {
    accessKeyId: string;
    secretAccessKey: string;
}

/** What the files of these names allow together. */
export function deployerPolicy(...names: ("preview" | "up" | "state-read" | "state-write")[]): PolicyDocument {
    const read = (name: string) =>
        JSON.parse(readFileSync(join(projectFolder, "iam", "deployer", `${name}.json`), "utf8")) as PolicyDocument;
    return policyDocument(...names.flatMap((name) => read(name).Statement));
}

/** A user with this policy and no other. */
export async function makeUser(iam: IAMClient, UserName: string, document: PolicyDocument): Promise<AwsKey> {
    await iam.send(new CreateUserCommand({ UserName }));
    const PolicyDocument = JSON.stringify(document);
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: UserName, PolicyDocument }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}
