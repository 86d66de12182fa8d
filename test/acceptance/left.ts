import {
    DescribeInstancesCommand,
    DescribeKeyPairsCommand,
    DescribeSecurityGroupsCommand,
    type EC2Client,
} from "@aws-sdk/client-ec2";
import {
    GetGroupCommand,
    GetPolicyCommand,
    GetUserCommand,
    NoSuchEntityException,
    type IAMClient,
} from "@aws-sdk/client-iam";

/** Names of test/acceptance/Pulumi.acceptance.yaml, and of the stack that it is for. */
const name = "jenkins-aws-acceptance";
const controller = "acceptance";
const agentTag = { Name: "tag:jenkins-controller", Values: [`jenkins-ec2-agents/acceptance/${controller}`] };

/**
 * What the stack has in AWS, each with its kind, by the names and the tag that it gives. Needs no rights but those of
 * iam/deployer and ec2:DescribeInstances.
 */
export async function leftInAws({ ec2, iam }: { ec2: EC2Client; iam: IAMClient }): Promise<string[]> {
    const byName = (Name: string) => ({ Filters: [{ Name, Values: [`${name}*`] }] });
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters: [agentTag] }));
    const instances = Reservations.flatMap(({ Instances = [] }) => Instances).filter(
        ({ State }) => !["shutting-down", "terminated"].includes(State!.Name!),
    );
    const { KeyPairs = [] } = await ec2.send(new DescribeKeyPairsCommand(byName("key-name")));
    const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand(byName("group-name")));
    const account = await accountOf(ec2);
    return [
        ...instances.map(({ InstanceId }) => `instance ${InstanceId}`),
        ...KeyPairs.map(({ KeyName }) => `key pair ${KeyName}`),
        ...SecurityGroups.map(({ GroupId }) => `security group ${GroupId}`),
        ...(await ifThere(`user ${name}-${controller}`, () =>
            iam.send(new GetUserCommand({ UserName: `${name}-${controller}` })),
        )),
        ...(await ifThere(`group ${name}`, () => iam.send(new GetGroupCommand({ GroupName: name })))),
        ...(await ifThere(`policy ${name}`, () =>
            iam.send(new GetPolicyCommand({ PolicyArn: `arn:aws:iam::${account}:policy/${name}` })),
        )),
    ];
}

/** Every VPC has a group named default, whose owner is the account. */
async function accountOf(ec2: EC2Client): Promise<string> {
    const { SecurityGroups = [] } = await ec2.send(
        new DescribeSecurityGroupsCommand({ Filters: [{ Name: "group-name", Values: ["default"] }] }),
    );
    const [group] = SecurityGroups;
    if (group === undefined) throw new Error("there is no VPC in this region: agents need one");
    return group.OwnerId!;
}

async function ifThere(what: string, ask: () => Promise<unknown>): Promise<string[]> {
    try {
        await ask();
        return [what];
    } catch (error) {
        if (error instanceof NoSuchEntityException) return [];
        throw error;
    }
}
