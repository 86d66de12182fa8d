import type { Provider } from "@pulumi/aws/provider";
import type * as pulumi from "@pulumi/pulumi";
import type { ControllerIdentity } from "./identity";
import type { PolicyDocument } from "./policyDocument";

export interface AccessArgs {
    /**
     * Name of the policy, the group and the role, and the first part of all other names. Unique in an AWS account, so a second
     * stack in one account has another.
     * @default "jenkins-aws"
     */
    name?: string;
    /** The setting of `name`, for the message about a name that is taken. */
    nameSetting: string;
    /** What the controllers may do. See `broadPolicy` and `scopedPolicy`. */
    policy: pulumi.Input<PolicyDocument>;
    /** The controllers by id. An id is part of resource names: another id is another user. */
    controllers: Record<string, ControllerIdentity>;
    /**
     * Name or ARN of the role that the controllers' instances have already, for identities that are an instance profile.
     * @default a role and an instance profile are made, to be put on the controllers' instances
     */
    controllerRole?: string;
    /**
     * The account that the role to assume is made in.
     * @default the account of the component's own provider
     */
    roleProvider?: Provider;
    /**
     * The beginning of ARNs of the account's IAM, for the message about a policy's name that is taken: `arn:aws:iam::111122223333`.
     * @default the message does not tell who made the policy
     */
    account?: string;
    /**
     * Path of everything that is made, starting and ending with a slash (AWS: "IAM identifiers").
     * @default "/"
     */
    path?: string;
    /**
     * ARN of a policy that limits users and roles whatever is granted elsewhere (AWS: "Permissions boundaries for IAM
     * entities"). Groups can't have one.
     * @default none
     */
    permissionsBoundary?: string;
    /**
     * Tags of policies, users, roles and the instance profile. Groups can't have any.
     * @default none
     */
    tags?: Record<string, string>;
}
