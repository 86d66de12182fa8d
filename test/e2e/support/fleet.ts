import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
    CreateSecurityGroupCommand,
    CreateSnapshotCommand,
    CreateVolumeCommand,
    DescribeSecurityGroupsCommand,
    DescribeSubnetsCommand,
    DescribeVpcsCommand,
    type EC2Client,
} from "@aws-sdk/client-ec2";
import {
    AddRoleToInstanceProfileCommand,
    CreateInstanceProfileCommand,
    CreateRoleCommand,
    type IAMClient,
} from "@aws-sdk/client-iam";
import { parse } from "yaml";
import type { CloudReferences } from "../../../jenkins/payload/references";
import type { StackOutputs } from "../../../component/outputs";
import { projectFolder } from "../../../playground/world";
import { readSettings, type CloudSettings, type StackSettings } from "../../../settings";

const namespace = "jenkins-ec2-agents:";

/** What was in the account before the stack: templates refer to it. */
export interface Account {
    securityGroup: string;
    subnet: string;
    snapshot: string;
    instanceProfileArn: string;
    roleArn: string;
}

/** Makes what the fleet's templates refer to. */
export async function furnish(ec2: EC2Client, iam: IAMClient): Promise<Account> {
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
    const { GroupId } = await ec2.send(
        new CreateSecurityGroupCommand({ GroupName: "by-hand", Description: "by hand", VpcId: Subnets[0]!.VpcId }),
    );
    const volume = { Size: 1, AvailabilityZone: Subnets[0]!.AvailabilityZone! };
    const { VolumeId } = await ec2.send(new CreateVolumeCommand(volume));
    const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
    return {
        securityGroup: GroupId!,
        subnet: Subnets[0]!.SubnetId!,
        snapshot: SnapshotId!,
        ...(await makeInstanceProfile(iam, "build-agents")),
    };
}

/** Makes an instance profile with a role in it. */
export async function makeInstanceProfile(
    iam: IAMClient,
    name: string,
): Promise<{ instanceProfileArn: string; roleArn: string }> {
    const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: {} }] };
    const { Role } = await iam.send(
        new CreateRoleCommand({ RoleName: `${name}-role`, AssumeRolePolicyDocument: JSON.stringify(trust) }),
    );
    const { InstanceProfile } = await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: name }));
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName: `${name}-role` }));
    return { instanceProfileArn: InstanceProfile!.Arn!, roleArn: Role!.Arn! };
}

/** The fleet's stack file for this account. */
export function fleetFile({ subnet, snapshot }: Account): string {
    const file = readFileSync(join(__dirname, "..", "stacks", "fleet.yaml"), "utf8");
    return file.replace("subnet-of-the-test", subnet).replace("snapshot-of-the-test", snapshot);
}

/** The project's configuration keys in the text of a stack file. */
export function rawSettings(file: string): Record<string, any> {
    const { config } = parse(file) as { config: Record<string, unknown> };
    return Object.fromEntries(
        Object.entries(config).flatMap(([key, value]) =>
            key.startsWith(namespace) ? [[key.slice(namespace.length), value]] : [],
        ),
    );
}

/** The settings of a stack file, as the program reads them; secrets are made up, since none is in the file. */
export function settingsOf(file: string, stack: string): StackSettings {
    const raw = rawSettings(file);
    const secrets = {
        tokens: Object.fromEntries(Object.keys(raw.controllers).map((id) => [id, "a-token"])),
        windowsPasswords: { builder: "a-password" },
    };
    const { settings } = readSettings(
        { ...raw, secrets },
        {
            project: "jenkins-ec2-agents",
            stack,
            region: "eu-central-1",
            readFile,
            listFolder: () => undefined,
            secretKeys: new Set(["secrets"]),
        },
    );
    return settings;
}

/** A file of the project; undefined where there is none. */
function readFile(path: string): string | undefined {
    const file = join(projectFolder, path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** What AWS itself says of a cloud: what its templates have to refer to. Images and keys come from the stack's outputs. */
export async function referencesFromAws(
    ec2: EC2Client,
    settings: StackSettings,
    cloud: CloudSettings,
    controller: string,
    account: Account,
    outputs: StackOutputs,
): Promise<CloudReferences> {
    const vpcs = await ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: "is-default", Values: ["true"] }] }));
    const inVpc = { Name: "vpc-id", Values: [vpcs.Vpcs![0]!.VpcId!] };
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters: [inVpc] }));
    const named = { Name: "group-name", Values: [`${settings.name}-${cloud.id}`] };
    const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: [inVpc, named] }));
    const subnetsOf = ({ subnets, zones }: CloudSettings["templates"][string]) =>
        (subnets as string[] | undefined) ??
        Subnets.filter(({ AvailabilityZone }) => !zones || zones.includes(AvailabilityZone!))
            .map(({ SubnetId }) => SubnetId!)
            .sort();
    const { accessKeyId, secretAccessKey } = outputs.accessKeys[controller]!;
    return {
        owner: `${settings.project}/${settings.stack}`,
        controller,
        follows: [],
        accessKey: { id: accessKeyId, secret: secretAccessKey },
        privateKey: outputs.privateKeys[cloud.region]!,
        securityGroupIds: SecurityGroups.map(({ GroupId }) => GroupId!),
        templateSecurityGroupIds: mapValues(cloud.templates, ({ securityGroups }) =>
            securityGroups.map(() => account.securityGroup),
        ),
        subnetIds: mapValues(cloud.templates, subnetsOf),
        imageIds: mapValues(cloud.templates, ({ id }) => outputs.images[`${cloud.id}/${id}`]?.ami ?? ""),
        instanceProfileArns: { "build-agents": account.instanceProfileArn },
        windowsPasswords: { builder: "[secret]" }, // as the controller shows a secret
        secretTexts: [],
        tags: settings.tags,
    };
}

/** What a security group lets in, as `port range`, in order. */
export async function openings(ec2: EC2Client, groupId: string): Promise<string[]> {
    const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }));
    return SecurityGroups.flatMap(({ IpPermissions = [] }) => IpPermissions)
        .flatMap(({ FromPort, IpRanges = [] }) => IpRanges.map(({ CidrIp }) => ({ FromPort, CidrIp })))
        .sort((one, other) => one.FromPort! - other.FromPort! || (one.CidrIp! < other.CidrIp! ? -1 : 1))
        .map(({ FromPort, CidrIp }) => `${FromPort} ${CidrIp}`);
}

function mapValues<V, W>(record: Record<string, V>, map: (value: V) => W): Record<string, W> {
    return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
