import * as pulumi from "@pulumi/pulumi";
import { ownTag } from "../settings/naming";
import { configuredLogin, ec2Client, iamClient, regionOfProvider, type AwsLogin } from "./clients";

/** What AWS has under a name that a resource was to get. */
export interface NameHolder {
    /** As `pulumi import` takes it. */
    id: string;
    /** The stack that made it, as far as a tag shows it: the own one, or its members'. */
    owner?: string;
}

/** The inputs of what is named, as far as it is found by them. */
export interface NamedInputs {
    name?: string;
    keyName?: string;
    path?: string;
    vpcId?: string;
}

/**
 * Looks up what has the name. An error hook asks, and the engine waits for the hook: so AWS is asked without the engine.
 *
 * @param account the beginning of ARNs of the account's IAM: `arn:aws:iam::111122223333`
 * @returns undefined where AWS refuses, where there is no such thing, and where a policy's account is not known
 */
export async function findNameHolder(
    type: string,
    inputs: NamedInputs,
    login: AwsLogin,
    account?: string,
): Promise<NameHolder | undefined> {
    try {
        return type.startsWith("aws:iam/")
            ? await findInIam(type, inputs, login, account)
            : await findInEc2(type, inputs, login);
    } catch {
        return undefined; // the look-up only adds to an error that is told anyway
    }
}

/**
 * How AWS is asked about the resources of a provider.
 *
 * @param provider undefined for the default provider
 * @returns undefined for a provider that the program was given: how it logs in is its own matter
 */
export function loginOf(provider: pulumi.ProviderResource | undefined): AwsLogin | undefined {
    const region = provider && regionOfProvider.get(provider);
    if (provider !== undefined && region === undefined) return undefined;
    try {
        return { ...configuredLogin(pulumi.runtime.allConfig()), ...(region === undefined ? {} : { region }) };
    } catch {
        return undefined; // as above
    }
}

async function findInIam(
    type: string,
    { name = "", path = "/" }: NamedInputs,
    login: AwsLogin,
    account: string | undefined,
): Promise<NameHolder | undefined> {
    const { GetGroupCommand, GetInstanceProfileCommand, GetPolicyCommand, GetRoleCommand, GetUserCommand } =
        await import("@aws-sdk/client-iam");
    // IAM is one for all regions of a partition.
    const client = await iamClient({ region: "us-east-1", ...login });
    try {
        switch (type) {
            case "aws:iam/policy:Policy": {
                if (account === undefined) return undefined;
                const arn = `${account}:policy${path}${name}`;
                const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn: arn }));
                return { id: arn, owner: ownerIn(Policy?.Tags) };
            }
            case "aws:iam/user:User": {
                const { User } = await client.send(new GetUserCommand({ UserName: name }));
                return { id: name, owner: ownerIn(User?.Tags) };
            }
            case "aws:iam/role:Role": {
                const { Role } = await client.send(new GetRoleCommand({ RoleName: name }));
                return { id: name, owner: ownerIn(Role?.Tags) };
            }
            case "aws:iam/instanceProfile:InstanceProfile": {
                const { InstanceProfile } = await client.send(
                    new GetInstanceProfileCommand({ InstanceProfileName: name }),
                );
                return { id: name, owner: ownerIn(InstanceProfile?.Tags) };
            }
            case "aws:iam/group:Group": {
                const { Users = [] } = await client.send(new GetGroupCommand({ GroupName: name }));
                const members = await Promise.all(
                    Users.map(({ UserName }) => client.send(new GetUserCommand({ UserName }))),
                );
                const owners = new Set(members.map(({ User }) => ownerIn(User?.Tags)));
                // A group has no tags; without members nothing tells whose it is.
                return { id: name, owner: owners.size === 1 ? [...owners][0] : undefined };
            }
            default:
                return undefined;
        }
    } finally {
        client.destroy();
    }
}

async function findInEc2(type: string, inputs: NamedInputs, login: AwsLogin): Promise<NameHolder | undefined> {
    const { DescribeKeyPairsCommand, DescribeSecurityGroupsCommand } = await import("@aws-sdk/client-ec2");
    const { name = "", keyName = "", vpcId = "" } = inputs;
    const client = await ec2Client(login);
    try {
        if (type === "aws:ec2/keyPair:KeyPair") {
            const { KeyPairs = [] } = await client.send(new DescribeKeyPairsCommand({ KeyNames: [keyName] }));
            return KeyPairs[0] && { id: keyName, owner: ownerIn(KeyPairs[0].Tags) };
        }
        if (type !== "aws:ec2/securityGroup:SecurityGroup") return undefined;
        const Filters = [
            { Name: "group-name", Values: [name] },
            { Name: "vpc-id", Values: [vpcId] },
        ];
        const { SecurityGroups = [] } = await client.send(new DescribeSecurityGroupsCommand({ Filters }));
        const [found] = SecurityGroups;
        return found?.GroupId === undefined ? undefined : { id: found.GroupId, owner: ownerIn(found.Tags) };
    } finally {
        client.destroy();
    }
}

function ownerIn(tags: { Key?: string; Value?: string }[] = []): string | undefined {
    return tags.find(({ Key }) => Key === ownTag)?.Value;
}
