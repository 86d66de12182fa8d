import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
    CreateSecurityGroupCommand,
    DescribeImagesCommand,
    DescribeSubnetsCommand,
    ImportKeyPairCommand,
} from "@aws-sdk/client-ec2";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import type { Controller } from "../../../playground/world";
import { openSsh } from "../../groovy/aws";
import { runScript } from "../../../playground/testing/controller";
import type { TestWorld } from "../../../playground/testing/test-world";

/** What an administrator made without the program. */
export interface MadeByHand {
    /** The user that the controller has an access key of. */
    user: string;
    accessKeyId: string;
    /** Not to be seen anywhere. */
    secrets: string[];
}

/**
 * An AWS side and the cloud `fleet` with the templates `linux` and `large`, made the way the plugin's documentation says: a user
 * with a key, an imported key pair, a security group, credentials in Jenkins, and the form of the cloud.
 */
export async function makeByHand({ ec2, iam }: TestWorld, controller: Controller): Promise<MadeByHand> {
    const user = "jenkins-by-hand";
    await iam.send(new CreateUserCommand({ UserName: user }));
    const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "ec2:*", Resource: "*" }] };
    await iam.send(
        new PutUserPolicyCommand({ UserName: user, PolicyName: "ec2", PolicyDocument: JSON.stringify(everything) }),
    );
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: user }));
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
    const PublicKeyMaterial = Buffer.from(openSsh(publicKey));
    await ec2.send(new ImportKeyPairCommand({ KeyName: "by-hand", PublicKeyMaterial }));
    const { GroupId } = await ec2.send(
        new CreateSecurityGroupCommand({ GroupName: "by-hand", Description: "by hand" }),
    );
    const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }));
    // What the templates' types can start: the program looks.
    const linuxImage = Images.find(
        ({ Platform, Architecture }) => Platform === undefined && Architecture === "x86_64",
    )!;
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
    const common = {
        ami: linuxImage.ImageId!,
        securityGroups: GroupId!,
        subnetId: Subnets[0]!.SubnetId!,
    };
    await runScript(controller, script(AccessKey!, pem, common)).then((printed) => {
        if (printed.trim() !== "") throw new Error(`the cloud by hand ended with: ${printed}`);
    });
    return {
        user,
        accessKeyId: AccessKey!.AccessKeyId!,
        secrets: [AccessKey!.SecretAccessKey!, pem.split("\n")[3]!],
    };
}

function script(
    { AccessKeyId, SecretAccessKey }: { AccessKeyId?: string; SecretAccessKey?: string },
    privateKey: string,
    common: Record<string, string>,
): string {
    const given = {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        privateKey,
        cloud: {
            name: "fleet",
            region: "eu-central-1",
            instanceCapStr: "20",
            useInstanceProfileForCredentials: "false",
        },
        templates: [
            { ...formDefaults, ...common, ...linux },
            { ...formDefaults, ...common, ...large },
        ],
    };
    const data = Buffer.from(JSON.stringify(given)).toString("base64");
    return readFileSync(join(__dirname, "by-hand.groovy"), "utf8").replace("DATA", data);
}

/** What the plugin's form sends for what nobody touches. */
const formDefaults = {
    zone: "",
    ebsOptimized: "false",
    tmpDir: "",
    userData: "",
    remoteAdmin: "ec2-user",
    remoteFS: "/home/ec2-user",
    amiType: {
        $class: "UnixData",
        rootCommandPrefix: "",
        slaveCommandPrefix: "",
        slaveCommandSuffix: "",
        sshPort: "22",
        bootDelay: "0",
    },
    javaPath: "java",
    jvmopts: "",
    stopOnTerminate: "false",
    idleTerminationMinutes: "30",
    minimumNumberOfInstances: "0",
    minimumNumberOfSpareInstances: "0",
    instanceCapStr: "",
    iamInstanceProfile: "",
    deleteRootOnTermination: "true",
    useEphemeralDevices: "false",
    launchTimeoutStr: "",
    associateIPStrategy: "DEFAULT",
    customDeviceMapping: "",
    connectBySSHProcess: "false",
    monitoring: "false",
    t2Unlimited: "false",
    connectionStrategy: "PRIVATE_IP",
    maxTotalUses: "-1",
    nodeProperties: [],
    hostKeyVerificationStrategy: "CHECK_NEW_SOFT",
    tenancy: "Default",
    ebsEncryptRootVolume: "DEFAULT",
    metadataEndpointEnabled: "true",
    metadataTokensRequired: "false",
    metadataHopsLimit: "1",
    metadataSupported: "true",
    enclaveEnabled: "false",
    mode: "NORMAL",
};

const linux = {
    description: "linux",
    labelString: "linux docker",
    type: "t3.medium",
    numExecutors: "2",
    initScript: "#!/bin/sh\nyum -y install docker\n",
    tags: [{ name: "team", value: "builds" }],
};

const large = {
    description: "large ones",
    labelString: "large",
    type: "m5.large",
    numExecutors: "8",
    initScript: "",
    mode: "EXCLUSIVE",
    instanceCapStr: "3",
    stopOnTerminate: "true",
    tags: [],
};
