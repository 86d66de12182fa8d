/** What the stack says of itself, for other stacks (`examples/consumer`) and for people (`pulumi stack output`). */
export interface StackOutputs {
    /** ARN of the policy that the agents' identity has. */
    policyArn: string;
    /** Name of the group of the controllers' users; undefined where no user is made. */
    groupName?: string;
    /** By region. */
    regions: Record<string, RegionOutputs>;
    /** By the controller's id in the settings. */
    controllers: Record<string, ControllerOutputs>;
    /** AMI of each template as `cloud/template`, as resolved by this stack. Templates that the plugin resolves at launch are left out. */
    images: Record<string, ImageOutputs>;
    /** Secret. The access key of each controller's user, by the controller's id. */
    accessKeys: Record<string, { accessKeyId: string; secretAccessKey: string }>;
    /** Secret. The private key, PEM, that logs in to the instances, by region. */
    privateKeys: Record<string, string>;
}

export interface RegionOutputs {
    vpcId: string;
    /** The security group of the instances: let it in wherever agents must reach. */
    securityGroupId: string;
    keyPairName: string;
}

export interface ControllerOutputs {
    url: string;
    /** Version of Jenkins. */
    jenkins: string;
    /** Version of the `ec2` plugin. */
    plugin: string;
    /** Name of the IAM user; undefined where the controller has its identity from a role. */
    userName?: string;
    /** By the cloud's id in the settings. */
    clouds: Record<string, CloudOutputs>;
}

export interface CloudOutputs {
    /** Name of the cloud in Jenkins. */
    name: string;
    /** Descriptions of its templates, in order. */
    templates: string[];
    /** What Test Connection said. */
    connection: string;
}

/** One resolved image, with what it was resolved from: as long as that is the same, the AMI stays. */
export interface ImageOutputs {
    ami: string;
    source: string;
}
