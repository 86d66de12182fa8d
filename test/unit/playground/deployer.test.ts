import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as ec2 from "@aws-sdk/client-ec2";
import * as iam from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { obtainEmulator, startEmulator, stopEmulator, type Emulator } from "../../../playground/aws/emulator";
import { deployerPolicy, makeUser, type AwsKey } from "../../../playground/testing/deployer";
import { actionsOnly } from "../../../playground/testing/policy";
import { openSsh } from "../../groovy/aws";

const name = "jenkins-aws";
const user = { UserName: `${name}-team-a` };
const group = { GroupName: name };
const role = { RoleName: `${name}-host` };
const profile = { InstanceProfileName: `${name}-host` };
const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "ec2:DescribeInstances", Resource: "*" }],
});
const AssumeRolePolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const PolicyArn = `arn:aws:iam::123456789012:policy/${name}`;
const Tags = [{ Key: "team", Value: "platform" }];
const rule = [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "10.20.0.0/24" }] }];
const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** Refused for want of a right, and for nothing else. */
const refusal = /AccessDenied|UnauthorizedOperation/;

interface Step {
    action: string;
    send(clients: Clients): Promise<unknown>;
}

interface Clients {
    ec2: ec2.EC2Client;
    iam: iam.IAMClient;
}

// Every command of a service has a type of its own, and none is the type of all.
const inIam = (command: object): Step => ({
    action: command.constructor.name,
    send: (clients) => clients.iam.send(command as iam.GetUserCommand),
});
const inEc2 = (command: object): Step => ({
    action: command.constructor.name,
    send: (clients) => clients.ec2.send(command as ec2.DescribeVpcsCommand),
});

// As in the evaluator's test, in an order in which each finds what it needs.
const reads: Step[] = [
    inEc2(new ec2.DescribeVpcsCommand({})),
    inEc2(new ec2.DescribeSubnetsCommand({})),
    inEc2(new ec2.DescribeImagesCommand({ Owners: ["amazon"] })),
    inEc2(new ec2.DescribeKeyPairsCommand({})),
    inEc2(new ec2.DescribeManagedPrefixListsCommand({})),
    inEc2(new ec2.DescribeSecurityGroupsCommand({})),
    inEc2(new ec2.DescribeSecurityGroupRulesCommand({})),
    inEc2(new ec2.DescribeNetworkInterfacesCommand({})),
    inEc2(new ec2.DescribeRegionsCommand({})),
    inEc2(new ec2.DescribeRouteTablesCommand({})),
    inEc2(new ec2.DescribeInstanceTypesCommand({ InstanceTypes: ["t3.medium"] })),
    inIam(new iam.GetPolicyCommand({ PolicyArn })),
    inIam(new iam.GetPolicyVersionCommand({ PolicyArn, VersionId: "v1" })),
    inIam(new iam.ListPolicyVersionsCommand({ PolicyArn })),
    inIam(new iam.GetGroupCommand(group)),
    inIam(new iam.ListAttachedGroupPoliciesCommand(group)),
    inIam(new iam.GetUserCommand(user)),
    inIam(new iam.ListAccessKeysCommand(user)),
    inIam(new iam.ListGroupsForUserCommand(user)),
    inIam(new iam.GetRoleCommand(role)),
    inIam(new iam.ListRolePoliciesCommand(role)),
    inIam(new iam.ListAttachedRolePoliciesCommand(role)),
    inIam(new iam.ListInstanceProfilesForRoleCommand(role)),
    inIam(new iam.GetInstanceProfileCommand(profile)),
];
const making: Step[] = [
    inIam(new iam.CreatePolicyCommand({ PolicyName: name, PolicyDocument, Tags })),
    inIam(new iam.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true })),
    inIam(new iam.CreateGroupCommand(group)),
    inIam(new iam.AttachGroupPolicyCommand({ ...group, PolicyArn })),
    inIam(new iam.CreateUserCommand({ ...user, Tags })),
    inIam(new iam.TagUserCommand({ ...user, Tags })),
    inIam(new iam.AddUserToGroupCommand({ ...group, ...user })),
    inIam(new iam.CreateAccessKeyCommand(user)),
    inIam(new iam.CreateRoleCommand({ ...role, AssumeRolePolicyDocument })),
    inIam(new iam.UpdateAssumeRolePolicyCommand({ ...role, PolicyDocument: AssumeRolePolicyDocument })),
    inIam(new iam.AttachRolePolicyCommand({ ...role, PolicyArn })),
    inIam(new iam.CreateInstanceProfileCommand(profile)),
    inIam(new iam.AddRoleToInstanceProfileCommand({ ...profile, ...role })),
    inEc2(new ec2.ImportKeyPairCommand({ KeyName: name, PublicKeyMaterial: Buffer.from(openSsh(publicKey)) })),
    inEc2(new ec2.CreateSecurityGroupCommand({ GroupName: `${name}-agents`, Description: "agents" })),
    inEc2(new ec2.AuthorizeSecurityGroupIngressCommand({ GroupName: `${name}-agents`, IpPermissions: rule })),
];
const removing: Step[] = [
    inEc2(new ec2.RevokeSecurityGroupIngressCommand({ GroupName: `${name}-agents`, IpPermissions: rule })),
    inEc2(new ec2.DeleteSecurityGroupCommand({ GroupName: `${name}-agents` })),
    inEc2(new ec2.DeleteKeyPairCommand({ KeyName: name })),
    inIam(new iam.RemoveRoleFromInstanceProfileCommand({ ...profile, ...role })),
    inIam(new iam.DeleteInstanceProfileCommand(profile)),
    inIam(new iam.DetachRolePolicyCommand({ ...role, PolicyArn })),
    inIam(new iam.DeleteRoleCommand(role)),
    inIam(new iam.RemoveUserFromGroupCommand({ ...group, ...user })),
    inIam(new iam.DetachGroupPolicyCommand({ ...group, PolicyArn })),
    inIam(new iam.DeleteGroupCommand(group)),
    inIam(new iam.DeletePolicyVersionCommand({ PolicyArn, VersionId: "v1" })),
    inIam(new iam.DeletePolicyCommand({ PolicyArn })),
];

// moto asks for the actions of a policy; its resources and conditions are the evaluator's matter (test/unit/iam/evaluator).
describe("the actions of iam/deployer, enforced by the emulator", () => {
    const folder = mkdtempSync(join(tmpdir(), "deployer-"));
    let emulator: Emulator;
    let administrator: Clients;
    let previewer: Clients;
    let deployer: Clients;

    const clients = (credentials: AwsKey): Clients => {
        const client = { endpoint: emulator.endpoint, region: "eu-central-1", credentials };
        return { ec2: new ec2.EC2Client(client), iam: new iam.IAMClient(client) };
    };
    const answers = async (steps: Step[], who: Clients): Promise<string[]> => {
        const all: string[] = [];
        for (const { action, send } of steps) {
            const answer = await send(who).then(
                () => "allowed",
                ({ name }: Error) => name,
            );
            all.push(`${action}: ${answer}`);
        }
        return all;
    };
    const allowed = (steps: Step[]) => steps.map(({ action }) => `${action}: allowed`);

    beforeAll(async () => {
        emulator = await startEmulator(await obtainEmulator(() => undefined), join(folder, "aws.log"));
        administrator = clients(emulator.administrator);
        const make = async (name: string, ...files: ("preview" | "up")[]) =>
            clients(await makeUser(administrator.iam, name, actionsOnly(deployerPolicy(...files))));
        previewer = await make("previewer", "preview");
        deployer = await make("deployer", "preview", "up");
    });
    afterAll(async () => {
        await stopEmulator(emulator);
        rmSync(folder, { recursive: true, force: true });
    });

    test("who previews changes nothing", async () => {
        const all = [...making, ...removing];
        expect((await answers(all, previewer)).filter((answer) => !refusal.test(answer))).toEqual([]);
    });

    test("who deploys makes it all", async () => {
        expect(await answers(making, deployer)).toEqual(allowed(making));
    });

    test("who previews sees it all, and so does who deploys", async () => {
        expect(await answers(reads, previewer)).toEqual(allowed(reads));
        expect(await answers(reads, deployer)).toEqual(allowed(reads));
    });

    test("who deploys starts and ends no instance, and gives nobody a policy of his own", async () => {
        const others = [
            inEc2(new ec2.RunInstancesCommand({ ImageId: "ami-0123456789abcdef0", MinCount: 1, MaxCount: 1 })),
            inEc2(new ec2.TerminateInstancesCommand({ InstanceIds: ["i-0123456789abcdef0"] })),
            inIam(new iam.PutUserPolicyCommand({ ...user, PolicyName: "more", PolicyDocument })),
            inIam(new iam.AttachUserPolicyCommand({ ...user, PolicyArn })),
        ];
        expect((await answers(others, deployer)).filter((answer) => !refusal.test(answer))).toEqual([]);
    });

    test("who deploys takes it all away, the access keys of the users first", async () => {
        const { AccessKeyMetadata = [] } = await deployer.iam.send(new iam.ListAccessKeysCommand(user));
        const keys = AccessKeyMetadata.map(({ AccessKeyId }) =>
            inIam(new iam.DeleteAccessKeyCommand({ ...user, AccessKeyId })),
        );
        const all = [...removing.slice(0, 8), ...keys, inIam(new iam.DeleteUserCommand(user)), ...removing.slice(8)];
        expect(await answers(all, deployer)).toEqual(allowed(all));
    });
});
