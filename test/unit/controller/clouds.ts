import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
    CreateSecurityGroupCommand,
    DescribeImagesCommand,
    DescribeInstancesCommand,
    DescribeSubnetsCommand,
    EC2Client,
    ImportKeyPairCommand,
    paginateDescribeInstances,
    type Instance,
} from "@aws-sdk/client-ec2";
import { expect } from "vitest";
import { obtainEmulator, startEmulator, stopEmulator, type Emulator } from "../../../playground/aws/emulator";
import { controllerState, type RunningController } from "../../../playground/controller/controller";
import { openSsh } from "../../groovy/aws";
import { request, script } from "./support";

/** What a cloud needs to start agents. */
export interface Aws {
    emulator: Emulator;
    ec2: EC2Client;
    ami: string;
    subnet: string;
    securityGroup: string;
    instances(): Promise<Instance[]>;
    instance(id: string): Promise<Instance>;
    stop(): Promise<void>;
}

const key = generateKeyPairSync("rsa", { modulusLength: 2048 });
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = ({ privateKey }: typeof key) => privateKey.export({ type: "pkcs1", format: "pem" }) as string;

export async function startAws(): Promise<Aws> {
    const folder = mkdtempSync(join(tmpdir(), "controller-aws-"));
    const emulator = await startEmulator(await obtainEmulator(() => undefined), join(folder, "aws.log"));
    const { endpoint, administrator: credentials } = emulator;
    const ec2 = new EC2Client({ endpoint, region: "eu-central-1", credentials });
    const PublicKeyMaterial = Buffer.from(openSsh(key.publicKey));
    await ec2.send(new ImportKeyPairCommand({ KeyName: "jenkins", PublicKeyMaterial }));
    const group = await ec2.send(new CreateSecurityGroupCommand({ GroupName: "agents", Description: "agents" }));
    return {
        emulator,
        ec2,
        ami: (await ec2.send(new DescribeImagesCommand({}))).Images![0]!.ImageId!,
        subnet: (await ec2.send(new DescribeSubnetsCommand({}))).Subnets![0]!.SubnetId!,
        securityGroup: group.GroupId!,
        instances: async () => {
            const all: Instance[] = [];
            for await (const { Reservations } of paginateDescribeInstances({ client: ec2 }, {})) {
                all.push(...Reservations!.flatMap((reservation) => reservation.Instances!));
            }
            return all;
        },
        instance: async (id) => {
            const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
            return Reservations![0]!.Instances![0]!;
        },
        stop: async () => {
            ec2.destroy();
            await stopEmulator(emulator);
            rmSync(folder, { recursive: true, force: true });
        },
    };
}

/** Data reaches a script as base64, so that nothing of it is source text. */
const withData = (data: unknown, text: string) =>
    `def data = new groovy.json.JsonSlurper().parseText(new String('${Buffer.from(JSON.stringify(data)).toString("base64")}'.decodeBase64()))\n${text}\nnull`;

const storing = `
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl
import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey
import com.cloudbees.plugins.credentials.*
import com.cloudbees.plugins.credentials.domains.Domain
def store = SystemCredentialsProvider.instance.store
def ssh = { id, pem -> new BasicSSHUserPrivateKey(CredentialsScope.SYSTEM, id, 'ubuntu',
    new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource(pem), null, '') }
[new AWSCredentialsImpl(CredentialsScope.SYSTEM, 'aws', data.accessKeyId, data.secretAccessKey, ''),
    new AWSCredentialsImpl(CredentialsScope.SYSTEM, 'wrong', data.accessKeyId, 'x' * 40, ''),
    ssh('ssh', data.pem), ssh('stranger', data.stranger)].each { store.addCredentials(Domain.global(), it) }`;

/** Credentials `aws` and `ssh`, which EC2 knows, and `wrong` and `stranger`, which it does not. */
export async function storeCredentials(jenkins: RunningController, aws: Aws): Promise<void> {
    const data = { ...aws.emulator.administrator, pem: pem(key), stranger: pem(stranger) };
    expect(await script(jenkins, withData(data, storing))).toBe("");
}

const setting = `
import hudson.plugins.ec2.*
import org.jenkinsci.plugins.structs.describable.DescribableModel
def type = java.lang.reflect.Modifier.isAbstract(EC2Cloud.modifiers) ? AmazonEC2Cloud : EC2Cloud
def model = new DescribableModel(type)
if (model.getParameter('cloudName')) { data.cloudName = data.remove('name') }
if (new DescribableModel(SlaveTemplate).getParameter('type').erasedType != String) {
    data.templates.each { it.type = it.type.split('[.]')*.capitalize().join() }
}
Jenkins.get().clouds.replaceBy([model.instantiate(data)])`;

export type Template = Record<string, unknown>;

/** Gives the controller one cloud; what a template does not say is a small instance that is kept. */
export async function cloud(
    jenkins: RunningController,
    { ami, subnet, securityGroup }: Aws,
    templates: Template[],
    more: Record<string, unknown> = {},
): Promise<void> {
    const base = { ami, type: "t3.micro", securityGroups: securityGroup, subnetId: subnet };
    const kept = { numExecutors: "1", maxTotalUses: "-1" };
    const settings = {
        name: "agents",
        region: "eu-central-1",
        credentialsId: "aws",
        sshKeysCredentialsId: "ssh",
        ...more,
        templates: templates.map((template) => ({ ...base, ...kept, ...template })),
    };
    expect(await script(jenkins, withData(settings, setting))).toBe("");
}

export async function removeAgents(jenkins: RunningController): Promise<void> {
    for (const { name } of (await controllerState(jenkins)).agents) {
        await request(jenkins, `computer/${encodeURIComponent(name)}/doDelete`, { method: "POST" });
    }
}

export const eventually = <T>(ask: () => Promise<T>) => expect.poll(ask, { timeout: 30_000, interval: 100 });

export const tags = (of: Instance) => Object.fromEntries(of.Tags!.map(({ Key, Value }) => [Key, Value]));
