import * as pulumi from "@pulumi/pulumi";
import { groupsOfAllAgents, type CloudCompute } from "./ec2/compute";
import type { StackImages } from "./ec2/stackImages";
import type { Access } from "./iam/access";
import type { Cloud } from "./jenkins/cloud";
import { unlessFailed } from "./jenkins/known";
import type { SecretNames } from "./jenkins/push/request";
import type { PlannedPush } from "./jenkins/requests";
import type { StackSettings } from "./settings";
import { mapValues } from "./settings/mapValues";

/** What the stack says of itself, for other stacks (`examples/consumer`) and for people (`pulumi stack output`). */
export interface StackOutputs {
    /** ARN of the policy that the controllers' identity has; absent where every identity is a role or credentials that somebody else made. */
    policyArn?: string;
    /** Name of the group of the users who have the policy; absent where none has it by a key of its own. */
    groupName?: string;
    /** Name of the instance profile to put on the controllers' instances; absent where none is made. */
    instanceProfileName?: string;
    /** The AWS side of each cloud, by its id in the settings. */
    clouds: Record<string, CloudOutputs>;
    /** What each controller has, by its id in the settings. */
    controllers: Record<string, ControllerOutputs>;
    /** AMIs as resolved by this stack, by `cloud/template`. Images that the plugin looks up at launch are left out. */
    images: Record<string, ImageOutputs>;
    /** Secret. The access key of each controller's user, by the controller's id. */
    accessKeys: Record<string, { accessKeyId: string; secretAccessKey: string }>;
    /** Secret. The private keys, PEM, that log in to the instances, by region. */
    privateKeys: Record<string, string>;
}

export interface CloudOutputs {
    region: string;
    vpcId: string;
    /** The security group that is made for the agents. Empty where `network.makeSecurityGroup` is false. */
    securityGroupId: string;
    /** All that every agent of the cloud is in, the one that is made first: let one in wherever agents must reach. Empty where only templates say some. */
    securityGroupIds: string[];
    /** Empty where none is made. */
    keyPairName: string;
}

export interface ControllerOutputs {
    url: string;
    /** Name of its IAM user; absent where none is made for it. */
    userName?: string;
    /** By the cloud's id in the settings. Without those whose push failed in the last `up`. */
    clouds: Record<string, PushOutputs>;
}

/** What a controller answered to the push of one cloud. */
export interface PushOutputs {
    /** Name of the cloud in Jenkins. */
    cloud: string;
    /** Version of Jenkins. */
    jenkins: string;
    /** Version of the `ec2` plugin. */
    plugin: string;
    /** Descriptions of the templates, in order. */
    templates: string[];
    /** What Test Connection said. */
    connection: string;
    /** Names of the plugin's parameters that hold a secret text of the settings, by the template's description; absent where none does. */
    secret?: SecretNames;
}

/** An image, and what it was resolved from: as long as that stays the same, so does the image. */
export interface ImageOutputs {
    ami: string;
    source: string;
}

/** The outputs as Pulumi takes them. */
export function stackOutputs(
    settings: StackSettings,
    access: Access,
    compute: Record<string, CloudCompute>,
    images: StackImages,
    pushes: PlannedPush[],
    clouds: Cloud[],
): { [Key in keyof StackOutputs]: pulumi.Input<unknown> } {
    return {
        ...present({
            policyArn: access.policyArn,
            groupName: access.group,
            instanceProfileName: access.instanceProfile,
        }),
        clouds: mapValues(compute, (cloud) => ({
            region: cloud.region,
            vpcId: cloud.vpcId,
            securityGroupId: cloud.securityGroup?.groupId ?? "",
            securityGroupIds: groupsOfAllAgents(cloud),
            keyPairName: cloud.keyPair?.keyName ?? "",
        })),
        controllers: mapValues(settings.controllers, ({ id, url }) => ({
            url,
            ...present({ userName: access.users[id] }),
            clouds: Object.fromEntries(
                pushes.flatMap(({ controller, cloud }, index) =>
                    controller.id === id ? [[cloud.id, pushOutputs(clouds[index]!)]] : [],
                ),
            ),
        })),
        images: Object.fromEntries(
            Object.entries(images).flatMap(([cloud, templates]) =>
                Object.entries(templates).map(([template, image]) => [`${cloud}/${template}`, image]),
            ),
        ),
        accessKeys: pulumi.secret(
            mapValues(access.accessKeys, ({ id, secret }) => ({ accessKeyId: id, secretAccessKey: secret })),
        ),
        privateKeys: pulumi.secret(
            Object.fromEntries(
                Object.values(compute).flatMap(({ region, keyPair }) =>
                    keyPair ? [[region, keyPair.privateKey]] : [],
                ),
            ),
        ),
    };
}

/** Without what does not apply to this stack: an output that is undefined would be a warning at every run. */
function present<T extends object>(outputs: T): Partial<T> {
    return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined)) as Partial<T>;
}

const pushOutputs = ({ result }: Cloud): pulumi.Output<PushOutputs | undefined> =>
    unlessFailed(result).apply(
        (answer) =>
            answer && {
                cloud: answer.cloud,
                jenkins: answer.jenkins,
                plugin: answer.plugin,
                templates: answer.templates,
                connection: answer.connection,
                ...present({ secret: answer.secret }),
            },
    );
