import { CloudSettings } from "../settings";
import { CloudPayload } from "./push/request";

/** What AWS and the stack answered for one cloud on one controller. Texts are opaque: a preview has placeholders for what is not known yet. */
export interface CloudReferences {
    /** Who manages the cloud, as `project/stack`. */
    owner: string;
    /** Id of the controller: tags its agents, so that controllers with the same cloud leave each other's alone. */
    controller: string;
    /** The controller's own access key; undefined where its instance profile is used. */
    accessKey?: { id: string; secret: string };
    /** Role that the plugin assumes. */
    roleArn?: string;
    /** Private key (PEM) that agents are logged in to with. */
    privateKey: string;
    /** The security group that is made and the network's further ones, by id. A template's own come on top. */
    securityGroupIds: string[];
    /** Subnets by template id. Needed: without a subnet the plugin takes security groups by name only (SlaveTemplate.makeRunInstancesRequestAndFilters). */
    subnetIds: Record<string, string[]>;
    /** Image ids by template id; none for an image that the plugin looks up at launch. */
    imageIds: Record<string, string>;
    /** ARNs of instance profiles by what the settings say (name or ARN); the plugin takes ARNs only. */
    instanceProfileArns: Record<string, string>;
    /** Passwords by the name that `winrm.password` says. */
    windowsPasswords: Record<string, string>;
    /** Tags of the stack, beneath the template's. */
    tags: Record<string, string>;
}

/** The cloud as one controller's plugin is to have it. */
export declare function cloudPayload(cloud: CloudSettings, references: CloudReferences): CloudPayload;
