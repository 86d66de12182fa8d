import { agentTag } from "../settings/naming";
import { policyDocument, type Condition, type PolicyDocument, type Statement } from "./policyDocument";

const resourceTag = `aws:ResourceTag/${agentTag}`;
const requestTag = `aws:RequestTag/${agentTag}`;

/** What the templates in use need of AWS, and what agents that are there already need. */
export interface PolicyNeeds {
    /** Who manages the stack, as `project/stack`: the first part of the value of each agent's tag. */
    owner: string;
    /** The regions of the clouds, where agents may be started. Where they may be ended does not depend on these. */
    regions: string[];
    /**
     * First part of ARNs: `aws`, `aws-cn` or `aws-us-gov`.
     * @default "aws"
     */
    partition?: string;
    /** A template asks for Spot instances with a price. Without a price the plugin launches them like any other instance. */
    spotWithPrice: boolean;
    /** ARNs of the roles in the instance profiles that templates name. */
    passedRoles: string[];
    former: FormerAgents;
}

/** Agents that were started under other settings than those of today. */
export interface FormerAgents {
    /** What the stack was called then, each as `project/stack`. */
    owners: string[];
    /** Addresses of controllers, as Jenkins has them, whose agents were started before this program came. */
    jenkinsUrls: string[];
    /** Spot instances that were asked for with a price may be there without a tag, though no template has a price any more. */
    spotWithPrice: boolean;
}

/** A statement of the policy, when it is there and why. The table in docs/permissions.md is made of these. */
export interface ScopedStatement {
    sid: string;
    actions: string[];
    /** In words; `applies` is the same as a test. */
    when: string;
    applies: (needs: PolicyNeeds) => boolean;
    /** What the plugin does with it, and what limits it. */
    reason: string;
    resource: (needs: PolicyNeeds) => string | string[];
    condition?: (needs: PolicyNeeds) => Condition;
}

const always = { when: "always", applies: () => true };
const withPrice = { when: "a template has a Spot price", applies: ({ spotWithPrice }: PolicyNeeds) => spotWithPrice };
const withUntaggedSpot = {
    when: "a template has a Spot price, or `access.formerAgents.spotWithPrice`",
    applies: ({ spotWithPrice, former }: PolicyNeeds) => spotWithPrice || former.spotWithPrice,
};
const anything = () => "*";
const agents = arns("instance", "spot-instances-request");
const agentsAndVolumes = arns("instance", "volume", "spot-instances-request");

/** What is done with an agent that is there, whatever its template has today. */
const agentActions = [
    "ec2:TerminateInstances",
    "ec2:StopInstances",
    "ec2:StartInstances",
    "ec2:GetConsoleOutput",
    "ec2:GetPasswordData",
    "ec2:CancelSpotInstanceRequests",
];

/**
 * What the plugin calls, after the "IAM setup" of its README and its sources (`SlaveTemplate`, `EC2Cloud`, `EC2AbstractSlave`,
 * `EC2SpotSlave`, `EC2CleanupOrphanedNodes`). test/unit/iam/evaluator asks each document each of those calls.
 *
 * ec2:DeleteTags is left out: the plugin calls it only when someone saves an agent's own page, for all tags of the agent, this
 * stack's too. It could not be restored, and nobody could end the agent any more.
 */
export const scopedStatements: readonly ScopedStatement[] = [
    {
        sid: "Look",
        actions: [
            "ec2:DescribeInstances",
            "ec2:DescribeKeyPairs",
            "ec2:DescribeImages",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            // The plugin counts Spot requests before every launch, Spot or not (from 1795), and gives up if it may not.
            "ec2:DescribeSpotInstanceRequests",
            "ec2:DescribeInstanceTypes",
        ],
        ...always,
        reason: "Test Connection, and what the plugin looks up before each launch. EC2 has no narrower right to look.",
        resource: anything,
    },
    {
        sid: "FillForms",
        actions: ["ec2:DescribeRegions", "ec2:DescribeAvailabilityZones", "ec2:DescribeSpotPriceHistory"],
        ...always,
        reason: "The lists and the Spot price on the cloud's page in Jenkins.",
        resource: anything,
    },
    {
        sid: "LaunchAgents",
        actions: ["ec2:RunInstances"],
        ...always,
        reason: "Start an agent, with this stack's tag from its first moment.",
        resource: arns("instance", "volume"),
        condition: (needs) => ({ ...inRegions(needs), StringLike: { [requestTag]: valuesOf(needs.owner) } }),
    },
    {
        sid: "LaunchFrom",
        actions: ["ec2:RunInstances"],
        ...always,
        reason: "What an instance starts from and in. The plugin gives these no tag.",
        resource: arns(
            "image",
            "snapshot",
            "key-pair",
            "security-group",
            "subnet",
            "network-interface",
            "spot-instances-request",
        ),
        condition: inRegions,
    },
    {
        sid: "TagAtLaunch",
        actions: ["ec2:CreateTags"],
        ...always,
        reason: "Tags as part of the launch only.",
        // The plugin tags network interfaces from 1723: EC2 refuses the launch where it may not.
        resource: arns("instance", "volume", "network-interface"),
        condition: () => ({ StringEquals: { "ec2:CreateAction": "RunInstances" } }),
    },
    {
        sid: "ManageAgents",
        actions: agentActions,
        ...always,
        reason: "End, stop and start this stack's agents, read console and Windows password. In every region, because agents live longer than settings.",
        resource: agents,
        condition: (needs) => ({ StringLike: { [resourceTag]: ownValues(needs) } }),
    },
    {
        sid: "TagAgents",
        actions: ["ec2:CreateTags"],
        ...always,
        reason: "Tags of this stack's agents, without a change of the owner.",
        resource: agentsAndVolumes,
        condition: (needs) => ({
            StringLike: { [resourceTag]: ownValues(needs) },
            StringLikeIfExists: { [requestTag]: ownValues(needs) },
        }),
    },
    {
        sid: "ManageAdoptedAgents",
        actions: [...agentActions, "ec2:CreateTags"],
        when: "a cloud has `adopt: true`, or `access.formerAgents.jenkinsUrls`",
        applies: ({ former }) => former.jenkinsUrls.length > 0,
        reason: "The same for agents from before this program, which have the plugin's own tag and no stack's tag.",
        resource: agentsAndVolumes,
        condition: (needs) => ({
            StringEquals: { "aws:ResourceTag/jenkins_server_url": needs.former.jenkinsUrls },
            Null: { [resourceTag]: "true" },
            StringLikeIfExists: { [requestTag]: ownValues(needs) },
        }),
    },
    {
        sid: "AskForSpotAgents",
        actions: ["ec2:RequestSpotInstances"],
        ...withPrice,
        reason: "Request Spot instances at a price.",
        resource: anything,
        condition: inRegions,
    },
    {
        sid: "TagSpotAgents",
        actions: ["ec2:CreateTags"],
        ...withUntaggedSpot,
        reason: "Give this stack's tag to a Spot request, its instance and its volumes, because EC2 does not copy tags. Nothing with another stack's tag.",
        resource: agentsAndVolumes,
        condition: (needs) => ({ ...untaggedSpot(needs), StringLike: { [requestTag]: ownValues(needs) } }),
    },
    {
        sid: "ManageUntaggedSpotAgents",
        actions: [
            "ec2:TerminateInstances",
            "ec2:GetConsoleOutput",
            "ec2:GetPasswordData",
            "ec2:CancelSpotInstanceRequests",
        ],
        ...withUntaggedSpot,
        reason: "Read the host key of an instance, and end it if it never connects, before the plugin has tagged it.",
        resource: agents,
        condition: untaggedSpot,
    },
    {
        sid: "PassRoles",
        actions: ["iam:PassRole"],
        when: "a template names an instance profile",
        applies: ({ passedRoles }) => passedRoles.length > 0,
        reason: "Give agents the roles of the instance profiles that templates name, and no other role.",
        resource: ({ passedRoles }) => passedRoles,
        condition: () => ({ StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } }),
    },
];

/** The policy `scoped`: what the templates in use and the agents that are there need, and nothing else. */
export function scopedPolicy(needs: PolicyNeeds): PolicyDocument {
    return policyDocument(
        ...scopedStatements
            .filter(({ applies }) => applies(needs))
            .map(({ sid, actions, resource, condition }) => {
                return {
                    Sid: sid,
                    Effect: "Allow",
                    Action: actions,
                    Resource: resource(needs),
                    ...(condition && { Condition: condition(needs) }),
                } satisfies Statement;
            }),
    );
}

/** Values of the tag of one owner's agents. */
function valuesOf(owner: string): string {
    return `${owner}/*`;
}

/** Values of the tag of this stack's agents, whatever the stack was called when they were started. */
function ownValues({ owner, former }: PolicyNeeds): string[] {
    return [owner, ...former.owners].map(valuesOf);
}

function inRegions({ regions }: PolicyNeeds): Condition {
    return { StringEquals: { "aws:RequestedRegion": regions } };
}

/**
 * Whatever has no tag of another stack, and of instances only Spot ones. "IfExists": a request, a volume and an instance that is
 * not tagged yet lack the one or the other.
 */
function untaggedSpot(needs: PolicyNeeds): Condition {
    return {
        StringLikeIfExists: { [resourceTag]: ownValues(needs) },
        StringEqualsIfExists: { "ec2:InstanceMarketType": "spot" },
    };
}

/**
 * Every resource of these types. The regions are a condition instead: in ARNs they would multiply the policy's length, which IAM
 * limits to 6144 characters (IAM: "IAM and AWS STS quotas").
 */
function arns(...types: string[]): (needs: PolicyNeeds) => string[] {
    return ({ partition = "aws" }) => types.map((type) => `arn:${partition}:ec2:*:*:${type}/*`);
}
