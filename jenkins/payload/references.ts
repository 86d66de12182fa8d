/**
 * What AWS and the stack answered for one cloud on one controller. Texts are opaque: a preview has placeholders for what
 * is not known yet.
 */
export interface CloudReferences {
    /** Who manages the cloud, as `project/stack`. */
    owner: string;
    /** The same before `pulumi stack rename`, as long as clouds have its mark. */
    formerOwner?: string;
    /** Organization of the stack's back end: part of the mark. Absent where the back end has none. */
    organization?: string;
    /** Id of the controller: part of the mark, and tags its agents, so that controllers with the same cloud leave each other's alone. */
    controller: string;
    /** Names of the stack's clouds that stand before this one on the controller, in order. */
    follows: string[];
    /** The controller's own access key; undefined where its instance profile or somebody else's key is used; one text where it is yet unknown. */
    accessKey?: { id: string; secret: string } | string;
    /** Role that the plugin assumes. */
    roleArn?: string;
    /** Private key (PEM) that agents are logged in to with; undefined where somebody else has put it into Jenkins. */
    privateKey?: string;
    /** Name of the instance profile that the stack makes for the controllers' instances, where this cloud's identity is that. */
    hostProfile?: string;
    /** The security group that is made, first, and the network's further ones, by id. */
    securityGroupIds: string[];
    /** A template's own security groups, by template id. */
    templateSecurityGroupIds: Record<string, string[]>;
    /**
     * Subnets by template id; one text where they are yet unknown. Needed: without a subnet the plugin takes security groups by name only
     * (SlaveTemplate.makeRunInstancesRequestAndFilters).
     */
    subnetIds: Record<string, string[] | string>;
    /** Image ids by template id; none for an image that the plugin looks up at launch. */
    imageIds: Record<string, string>;
    /** ARNs of instance profiles by what the settings have (name or ARN); the plugin takes ARNs only. */
    instanceProfileArns: Record<string, string>;
    /** Passwords by the name of `winrm.password`. */
    windowsPasswords: Record<string, string>;
    /** Tags of the stack, beneath the template's. */
    tags: Record<string, string>;
    /** Texts of the settings that are Pulumi secrets, wherever they end up: not to be shown. */
    secretTexts: string[];
}
