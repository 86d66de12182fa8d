/** One authorisation, as AWS asks IAM for it: a request to EC2 makes one for each resource that it touches. */
export interface Authorisation {
    action: string;
    /** An ARN, or `*` for actions that know no resources. */
    resource: string;
    /** Condition keys and what they are at the moment of the request. Absent ones are unknown to IAM. */
    context: Record<string, string | string[]>;
}

/** Something in EC2 that an action is asked for. */
export interface Resource {
    type: string;
    /** The region that it is in, and that is asked. */
    region: string;
    /** The tags that it has already. */
    tags: Record<string, string>;
    /** What else AWS says of it. */
    about: Record<string, string>;
}

export const accountId = "111122223333";

export const ownRegion = "eu-central-1";

/** Owned by AWS or by everyone: no account in their ARNs. */
const withoutAccount = ["image", "snapshot"];

/** An action that only looks, in the stack's region. */
export function look(action: string): Authorisation {
    return { action, resource: "*", context: { "aws:RequestedRegion": ownRegion } };
}

/** An action on a resource. New tags are those that the request gives it. */
export function on(
    action: string,
    { type, region, tags, about }: Resource,
    newTags: Record<string, string> = {},
    more: Record<string, string> = {},
): Authorisation {
    const account = withoutAccount.includes(type) ? "" : accountId;
    const names = Object.keys(newTags);
    return {
        action,
        resource: `arn:aws:ec2:${region}:${account}:${type}/${type}-0123`,
        context: {
            "aws:RequestedRegion": region,
            ...keyed("aws:ResourceTag", tags),
            ...keyed("aws:RequestTag", newTags),
            ...(names.length > 0 && { "aws:TagKeys": names }),
            ...about,
            ...more,
        },
    };
}

export function passRole(role: string, service: string): Authorisation {
    return { action: "iam:PassRole", resource: role, context: { "iam:PassedToService": service } };
}

/** What AWS knows of an instance beside its tags. Spot requests and volumes have no such key. */
export function instance(tags: Record<string, string>, market: "on-demand" | "spot" = "on-demand"): Resource {
    return { type: "instance", region: ownRegion, tags, about: { "ec2:InstanceMarketType": market } };
}

export function resource(type: string, tags: Record<string, string> = {}): Resource {
    return { type, region: ownRegion, tags, about: {} };
}

function keyed(key: string, tags: Record<string, string>): Record<string, string> {
    return Object.fromEntries(Object.entries(tags).map(([name, value]) => [`${key}/${name}`, value]));
}
