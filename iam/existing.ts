import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ownTag } from "./ownTag";

/** What AWS has under a name that a resource was to get. */
export interface Existing {
    /** As `pulumi import` takes it. */
    id: string;
    /** Whether this stack made it, as far as its tag says; of what can have none, as far as its path and its members do. */
    own: boolean;
}

/** The inputs of what is named, as far as it is found by them. */
export interface NamedInputs {
    name?: string;
    keyName?: string;
    path?: string;
    vpcId?: string;
    tags?: Record<string, string>;
}

/** Looks up what has the name. Undefined where it is not found, as in an account that only the resource's own provider sees. */
export async function findExisting(
    type: string,
    inputs: NamedInputs,
    options: pulumi.InvokeOptions,
    owner: string | undefined,
): Promise<Existing | undefined> {
    const name = inputs.name ?? inputs.keyName ?? "";
    const tagged = (id: string, tags: Record<string, string>): Existing => ({
        id,
        own: owner !== undefined && tags[ownTag] === owner,
    });
    try {
        switch (type) {
            case "aws:iam/policy:Policy": {
                const { arn, tags } = await aws.iam.getPolicy({ name, pathPrefix: inputs.path }, options);
                return tagged(arn, tags);
            }
            case "aws:iam/user:User":
                return tagged(name, (await aws.iam.getUser({ userName: name }, options)).tags);
            case "aws:iam/role:Role":
                return tagged(name, (await aws.iam.getRole({ name }, options)).tags);
            case "aws:iam/instanceProfile:InstanceProfile": {
                const { path, roleName } = await aws.iam.getInstanceProfile({ name }, options);
                // The role is put into it after it was made.
                return roleName === ""
                    ? { id: name, own: path === inputs.path }
                    : tagged(name, (await aws.iam.getRole({ name: roleName }, options)).tags);
            }
            case "aws:iam/group:Group": {
                const { path, users } = await aws.iam.getGroup({ groupName: name }, options);
                const members = await Promise.all(users.map(({ userName }) => aws.iam.getUser({ userName }, options)));
                const own = path === inputs.path && members.every(({ tags }) => tagged("", tags).own);
                return { id: name, own };
            }
            case "aws:ec2/keyPair:KeyPair":
                return tagged(name, (await aws.ec2.getKeyPair({ keyName: name }, options)).tags);
            case "aws:ec2/securityGroup:SecurityGroup": {
                const { id, tags } = await aws.ec2.getSecurityGroup({ name, vpcId: inputs.vpcId }, options);
                return tagged(id, tags);
            }
            default:
                return undefined;
        }
    } catch {
        return undefined;
    }
}
