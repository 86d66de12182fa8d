import {
    DescribeKeyPairsCommand,
    DescribeSecurityGroupRulesCommand,
    DescribeSecurityGroupsCommand,
} from "@aws-sdk/client-ec2";
import { GetAccountAuthorizationDetailsCommand, ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { plan } from "../../../jenkins/preview/compare";
import type { PushRequest } from "../../../jenkins/push/request";
import { readRequest } from "../../../jenkins/push/requestText";
import type { PulumiStack } from "../../../playground/stack";
import { readAccessKeyId, readController } from "../../../playground/testing/controller";
import type { TestWorld } from "../../../playground/testing/test-world";
import { initScript } from "./world";

/** Things by a line each that tells one from another; what is there twice has two lines. */
export type Inventory = string[];

/** What the account has that a stack could have made. */
export async function inAws({ iam, ec2 }: TestWorld): Promise<Inventory> {
    const all = await iam.send(
        new GetAccountAuthorizationDetailsCommand({ Filter: ["User", "Group", "LocalManagedPolicy"] }),
    );
    const { KeyPairs = [] } = await ec2.send(new DescribeKeyPairsCommand({}));
    const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
    const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
    const groups = SecurityGroups.filter(({ GroupName }) => GroupName !== "default").map(({ GroupId }) => GroupId!);
    const users = (all.UserDetailList ?? []).filter(({ UserName }) => UserName !== "playground-administrator");
    const keys = await Promise.all(
        users.map(async ({ UserName }) => {
            const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
            return AccessKeyMetadata.map(({ AccessKeyId }) => `access key ${AccessKeyId} of ${UserName}`);
        }),
    );
    return [
        ...(all.Policies ?? []).map(({ Arn }) => `policy ${Arn}`),
        ...(all.GroupDetailList ?? []).map(({ GroupName }) => `group ${GroupName}`),
        ...(all.GroupDetailList ?? []).flatMap(({ GroupName, AttachedManagedPolicies = [] }) =>
            AttachedManagedPolicies.map(({ PolicyArn }) => `policy ${PolicyArn} at group ${GroupName}`),
        ),
        ...users.map(({ UserName }) => `user ${UserName}`),
        ...users.flatMap(({ UserName, GroupList = [] }) => GroupList.map((group) => `user ${UserName} in ${group}`)),
        ...keys.flat(),
        ...KeyPairs.map(({ KeyName }) => `key pair ${KeyName}`),
        ...groups.map((id) => `security group ${id}`),
        ...SecurityGroupRules.filter(({ GroupId }) => groups.includes(GroupId!)).map(
            ({ SecurityGroupRuleId }) => `rule ${SecurityGroupRuleId}`,
        ),
    ];
}

/** A state, as `pulumi stack export` gives it. */
export interface Deployment {
    resources?: Resource[];
    pending_operations?: object[];
}

interface Resource {
    urn: string;
    type: string;
    id?: string;
    inputs?: { stdin?: { plaintext: string } };
    outputs: { user?: string; group?: string; groups?: string[]; policyArn?: string };
}

/** With its secrets: the requests of the pushes hold them. Stays in memory. */
export async function readState(stack: PulumiStack): Promise<Deployment> {
    const { stdout } = await stack.run(["stack", "export", "--show-secrets", "--stack", stack.options.stack]);
    return (JSON.parse(stdout) as { deployment: Deployment }).deployment;
}

/** What the state says that the account has. */
export function inState(resources: Resource[]): Inventory {
    return resources.flatMap(({ type, id, outputs }): string[] => {
        switch (type) {
            case "aws:iam/policy:Policy":
                return [`policy ${id}`];
            case "aws:iam/group:Group":
                return [`group ${id}`];
            case "aws:iam/groupPolicyAttachment:GroupPolicyAttachment":
                return [`policy ${outputs.policyArn} at group ${outputs.group}`];
            case "aws:iam/user:User":
                return [`user ${id}`];
            case "aws:iam/userGroupMembership:UserGroupMembership":
                return outputs.groups!.map((group) => `user ${outputs.user} in ${group}`);
            case "aws:iam/accessKey:AccessKey":
                return [`access key ${id} of ${outputs.user}`];
            case "aws:ec2/keyPair:KeyPair":
                return [`key pair ${id}`];
            case "aws:ec2/securityGroup:SecurityGroup":
                return [`security group ${id}`];
            case "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule":
            case "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule":
                return [`rule ${id}`];
            default:
                return [];
        }
    });
}

/** What the controller has, the cloud by hand included. */
export async function inJenkins({ world }: TestWorld): Promise<Inventory> {
    const controller = world.controllers[0]!;
    const { clouds, credentials } = await readController(controller);
    const keys = credentials.filter(({ kind, id }) => kind.startsWith("AWS") && id !== "by-hand");
    return [
        ...clouds.map(({ name }) => `cloud ${name}`),
        ...credentials.map(({ id }) => `credential ${id}`),
        ...(await Promise.all(
            keys.map(async ({ id }) => `credential ${id} with ${await readAccessKeyId(controller, id)}`),
        )),
    ];
}

/** What the controller has to have. */
export function wantedInJenkins(clouds: string[], resources: Resource[]): Inventory {
    const key = resources.find(({ type }) => type === "aws:iam/accessKey:AccessKey")?.id;
    return [
        "cloud by-hand",
        "credential by-hand",
        ...clouds.flatMap((cloud) => [
            `cloud ${cloud}`,
            `credential ${cloud}-aws`,
            `credential ${cloud}-ssh`,
            `credential ${cloud}-aws with ${key}`,
        ]),
    ];
}

/** The requests of the pushes that the state knows. They hold secrets. */
export function requestsIn(resources: Resource[]): PushRequest[] {
    return resources.flatMap(({ inputs }) =>
        inputs?.stdin ? [readRequest(JSON.parse(inputs.stdin.plaintext) as string)] : [],
    );
}

/** Where the pushes that the state knows, or Jenkins, are not as these settings say. */
export async function unlikeSettings(resources: Resource[], clouds: string[], revision: number): Promise<string[]> {
    const requests = requestsIn(resources);
    const names = requests.map(({ cloud }) => `push of ${cloud.name}`);
    const due = clouds.map((cloud) => `push of ${cloud}`);
    const stale = requests.filter(({ cloud }) => cloud.templates[0]!.parameters.initScript !== initScript(revision));
    const plans = await Promise.all(requests.map((request) => plan(request, () => undefined)));
    return [
        ...differences(names, due, "state"),
        ...stale.map(({ cloud }) => `state: the push of ${cloud.name} has other settings`),
        ...plans.flatMap(({ cloud, differences: found }) =>
            found.map(({ subject, id, path }) => `Jenkins: ${cloud}: ${subject} ${id}.${path.join(".")} differs`),
        ),
    ];
}

/** Each line that one of the two has more often than the other. */
export function differences(there: Inventory, wanted: Inventory, where: string): string[] {
    const count = (lines: Inventory, line: string) => lines.filter((other) => other === line).length;
    return [...new Set([...there, ...wanted])].sort().flatMap((line) => {
        const [found, due] = [count(there, line), count(wanted, line)];
        return found === due ? [] : [`${where}: ${line}: ${found} times, and not ${due}`];
    });
}
