import type { ImageOutputs } from "../ec2/images";
import type { ControllerOutputs } from "../jenkins/controllerOutputs";

/** What the stack tells of itself, for other stacks (`examples/consumer`) and for people (`pulumi stack output`). */
export interface StackOutputs {
    /** `PROJECT/STACK` by which all of its clouds are marked in Jenkins: the former one after `pulumi stack rename`, until each is pushed. */
    owner?: string;
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
    /** All that every agent of the cloud is in, the one that is made first: let one in wherever agents must reach. Empty where only templates name some. */
    securityGroupIds: string[];
    /** Empty where none is made. */
    keyPairName: string;
}

export type { ControllerOutputs, PushOutputs } from "../jenkins/controllerOutputs";
export type { ImageOutputs } from "../ec2/images";
