import type * as pulumi from "@pulumi/pulumi";

/** How a controller proves to AWS who it is when it works for a cloud. */
export type Identity =
    /** A user of its own with an access key, or credentials in Jenkins that somebody else made. */
    | { mode: "access-key"; credentialsId?: string }
    /** The instance profile of the instance that the controller itself runs on: no key to keep or to rotate. */
    | { mode: "instance-profile" }
    /** A role that one of the other two assumes: the way into another account. */
    | { mode: "role"; base: "access-key" | "instance-profile"; credentialsId?: string; roleArn?: string };

/** A controller as IAM sees it. */
export interface ControllerIdentity {
    /** One for each cloud of the controller. Equal ones count once. */
    identities: Identity[];
    /**
     * Number of the controller's access key: raise it to rotate. The new key is made first, and the old one goes only
     * after every controller has the new one, since Pulumi deletes after all else succeeded. AWS allows two keys per user.
     * @default 1
     */
    serial?: number;
}

/** An access key of IAM; the secret half is a Pulumi secret. */
export interface AccessKey {
    id: pulumi.Output<string>;
    secret: pulumi.Output<string>;
}

/** By what an EC2 cloud is known to AWS. Without a key it is known by the controller's instance profile, or by credentials that are in Jenkins already. */
export interface AwsCredentials {
    accessKey?: AccessKey;
    /** The role to assume. */
    roleArn?: pulumi.Output<string>;
}

/** What IAM must have, so that each controller has the identities that its clouds name. Lists are ids of controllers, in the order given. */
export interface IdentityNeeds {
    /** Users whose group has the rights: `mode: access-key`. */
    usersWithRights: string[];
    /** Users whose group may only assume roles: `mode: role` on an access key. A controller in both lists has one user in two groups. */
    usersThatAssumeRoles: string[];
    /** The role of the controllers' instance profile has the rights: `mode: instance-profile`. */
    profileWithRights: boolean;
    /** The role of the controllers' instance profile may assume roles: `mode: role` on an instance profile. */
    profileThatAssumesRoles: boolean;
    /** A role is to be made. */
    role: boolean;
    /** ARNs of the roles that exist. */
    existingRoles: string[];
}

/** Whether somebody else has made what the controller proves itself with: there is nothing to make in IAM for it. */
export const hasOthersCredentials = (identity: Identity): boolean =>
    identity.mode !== "instance-profile" && identity.credentialsId !== undefined;

export function identityNeeds(controllers: Record<string, ControllerIdentity>): IdentityNeeds {
    const identitiesOf = ({ identities }: ControllerIdentity) => identities.filter((one) => !hasOthersCredentials(one));
    const where = (test: (identity: Identity) => boolean) =>
        Object.keys(controllers).filter((id) => identitiesOf(controllers[id]!).some(test));
    const based = (base: string) => (identity: Identity) => identity.mode === "role" && identity.base === base;
    const all = Object.values(controllers).flatMap(identitiesOf);
    const roles = all.flatMap((identity) => (identity.mode === "role" ? [identity.roleArn] : []));
    return {
        usersWithRights: where(({ mode }) => mode === "access-key"),
        usersThatAssumeRoles: where(based("access-key")),
        profileWithRights: all.some(({ mode }) => mode === "instance-profile"),
        profileThatAssumesRoles: all.some(based("instance-profile")),
        role: roles.includes(undefined),
        existingRoles: [...new Set(roles.filter((arn) => arn !== undefined))].sort(),
    };
}
