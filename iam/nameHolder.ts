import type * as pulumi from "@pulumi/pulumi";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import { partitionOf } from "./arn";
import { ownTag } from "../settings/naming";

/** What AWS has under a name that a resource was to get. */
export interface NameHolder {
    /** As `pulumi import` takes it. */
    id: string;
    /** The stack that made it, as far as a tag says so: the own one, or its members'. */
    owner?: string;
}

/** The inputs of what is named, as far as it is found by them. */
export interface NamedInputs {
    name?: string;
    keyName?: string;
    path?: string;
    vpcId?: string;
}

/** Looks up what has the name. Undefined where that is refused, or nothing is found. */
export async function findNameHolder(
    type: string,
    inputs: NamedInputs,
    options: pulumi.InvokeOptions,
): Promise<NameHolder | undefined> {
    try {
        return await lookUp(type, inputs, options);
    } catch {
        return undefined; // the look-up only adds to an error that is said anyway
    }
}

async function lookUp(
    type: string,
    inputs: NamedInputs,
    options: pulumi.InvokeOptions,
): Promise<NameHolder | undefined> {
    const name = inputs.name ?? inputs.keyName ?? "";
    switch (type) {
        case "aws:iam/policy:Policy": {
            const caller = await getCallerIdentity({}, options);
            const arn = `arn:${partitionOf(caller.arn)}:iam::${caller.accountId}:policy${inputs.path ?? "/"}${name}`;
            return { id: arn, owner: (await iam.getPolicy({ arn }, options)).tags[ownTag] };
        }
        case "aws:iam/user:User":
            return { id: name, owner: await ownerOfUser(name, options) };
        case "aws:iam/role:Role":
            return { id: name, owner: await ownerOfRole(name, options) };
        case "aws:iam/instanceProfile:InstanceProfile": {
            const { roleName } = await iam.getInstanceProfile({ name }, options);
            // The look-up has no tags, and the role is put into it after it was made.
            return { id: name, owner: roleName === "" ? undefined : await ownerOfRole(roleName, options) };
        }
        case "aws:iam/group:Group": {
            const { users } = await iam.getGroup({ groupName: name }, options);
            const owners = new Set(await Promise.all(users.map(({ userName }) => ownerOfUser(userName, options))));
            // A group has no tags; without members nothing says whose it is.
            return { id: name, owner: owners.size === 1 ? [...owners][0] : undefined };
        }
        case "aws:ec2/keyPair:KeyPair":
            return { id: name, owner: (await ec2.getKeyPair({ keyName: name }, options)).tags[ownTag] };
        case "aws:ec2/securityGroup:SecurityGroup": {
            const { id, tags } = await ec2.getSecurityGroup({ name, vpcId: inputs.vpcId }, options);
            return { id, owner: tags[ownTag] };
        }
        default:
            return undefined;
    }
}

async function ownerOfUser(userName: string, options: pulumi.InvokeOptions): Promise<string | undefined> {
    return (await iam.getUser({ userName }, options)).tags[ownTag];
}

async function ownerOfRole(name: string, options: pulumi.InvokeOptions): Promise<string | undefined> {
    return (await iam.getRole({ name }, options)).tags[ownTag];
}
