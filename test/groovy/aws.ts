import { generateKeyPairSync, KeyObject } from "node:crypto";
import { join } from "node:path";
import {
    CreateSecurityGroupCommand,
    DescribeImagesCommand,
    DescribeInstancesCommand,
    EC2Client,
    ImportKeyPairCommand,
} from "@aws-sdk/client-ec2";
import { PushRequest } from "../../jenkins/push/request";
import { obtainEmulator, startEmulator, stopEmulator, type Emulator } from "../../playground/aws/emulator";

const REGION = "eu-central-1";

/** An emulated AWS with a key pair, a security group and an image: what a cloud needs to start agents. */
export interface TestAws {
    emulator: Emulator;
    /** Fills in a request with what exists here. */
    complete(request: PushRequest): PushRequest;
    /** Ids of the instances in these states. */
    instances(...states: string[]): Promise<string[]>;
    stop(): Promise<void>;
}

export async function startAws(folder: string): Promise<TestAws> {
    const emulator = await startEmulator(await obtainEmulator(() => undefined), join(folder, "aws.log"));
    const ec2 = new EC2Client({ endpoint: emulator.endpoint, region: REGION, credentials: emulator.administrator });
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
    await ec2.send(new ImportKeyPairCommand({ KeyName: "agents", PublicKeyMaterial: Buffer.from(openSsh(publicKey)) }));
    const group = await ec2.send(new CreateSecurityGroupCommand({ GroupName: "agents", Description: "agents" }));
    const { Images } = await ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }));
    const { accessKeyId, secretAccessKey } = emulator.administrator;
    return {
        emulator,
        complete: (request) => {
            const [aws, ssh] = request.cloud.credentials;
            request.cloud.credentials = [
                { ...aws, kind: "aws", accessKey: accessKeyId, secretKey: secretAccessKey },
                { ...ssh, kind: "ssh", username: "ec2-user", privateKey: pem },
            ];
            request.cloud.templates.forEach(({ parameters }) => {
                parameters.ami = Images![0].ImageId!;
                parameters.securityGroups = group.GroupId!;
            });
            request.policy.testConnection = true;
            request.policy.accessKeySeconds = 0;
            return request;
        },
        instances: async (...states) => {
            const { Reservations } = await ec2.send(
                new DescribeInstancesCommand({ Filters: [{ Name: "instance-state-name", Values: states }] }),
            );
            return (Reservations ?? []).flatMap((each) => each.Instances ?? []).map((each) => each.InstanceId!);
        },
        stop: async () => {
            ec2.destroy();
            await stopEmulator(emulator);
        },
    };
}

/** An RSA public key as OpenSSH writes it (RFC 4253, section 6.6). */
export function openSsh(key: KeyObject): string {
    const { n, e } = key.export({ format: "jwk" });
    const positive = (bytes: Buffer) => (bytes[0] & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
    const parts = [Buffer.from("ssh-rsa"), ...[e, n].map((each) => positive(Buffer.from(each!, "base64url")))];
    const framed = parts.flatMap((part) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(part.length);
        return [length, part];
    });
    return `ssh-rsa ${Buffer.concat(framed).toString("base64")} agents`;
}
