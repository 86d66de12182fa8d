import { instance, look, on, passRole, resource, type Authorisation, type Resource } from "./authorisation";
import { agentTags, passedRole } from "./plugin-requests";

/** What a controller's key could be used for beyond this stack's agents. */
export interface ForeignRequest {
    what: string;
    asked: Authorisation[];
    /** With a Spot price it is allowed: what has no tag yet may be this stack's. */
    allowedWithPrice?: boolean;
    /** The plugin never asks for it, and `broad` does not have it either. */
    notInBroad?: boolean;
}

const otherOwner = { "jenkins-controller": "jenkins-ec2-agents/other/team-b" };
const url = { jenkins_server_url: agentTags.jenkins_server_url };

/** Instances and Spot requests of others, and whose they are. */
const foreign: Record<string, Record<string, string>> = {
    "another stack's": otherOwner,
    "another stack's on the same controller": { ...otherOwner, ...url },
    "those of a stack whose name begins alike": { "jenkins-controller": "jenkins-ec2-agents/test-2/team-a" },
};
const untagged = { Name: "database" };
const otherJenkins = { jenkins_server_url: "https://elsewhere.example.com/", jenkins_slave_type: "demand_linux" };

export const foreignRequests: ForeignRequest[] = [
    ...Object.entries(foreign).map(([whose, tags]) => ({
        what: `Stop, start, end, read or tag instances: ${whose}`,
        asked: [...handling(instance(tags)), ...handling(instance(tags, "spot")), tagging(resource("volume", tags))],
    })),
    {
        what: "The same: instances without a tag of a stack, on demand",
        asked: [
            ...handling(instance(untagged)),
            ...handling(instance(otherJenkins)),
            on("ec2:CreateTags", instance(untagged), agentTags),
        ],
    },
    {
        what: "Stop or start Spot instances without a tag of a stack",
        asked: ["ec2:StopInstances", "ec2:StartInstances"].map((action) => on(action, instance(untagged, "spot"))),
    },
    {
        what: "End Spot instances without a tag of a stack, read their console, make them agents of this stack",
        asked: [
            ...["ec2:TerminateInstances", "ec2:GetConsoleOutput"].map((action) =>
                on(action, instance(untagged, "spot")),
            ),
            on("ec2:CreateTags", instance(untagged, "spot"), agentTags),
            on("ec2:CreateTags", resource("volume", untagged), agentTags),
        ],
        allowedWithPrice: true,
    },
    {
        what: "Give any other tag to something without a tag of a stack",
        asked: [instance(untagged, "spot"), resource("volume"), resource("spot-instances-request")].map(tagging),
    },
    {
        what: "Take back or tag Spot requests of another stack",
        asked: [
            on("ec2:CancelSpotInstanceRequests", resource("spot-instances-request", otherOwner)),
            on("ec2:CreateTags", resource("spot-instances-request", otherOwner), agentTags),
        ],
    },
    {
        what: "Take back Spot requests without a tag of a stack",
        asked: [on("ec2:CancelSpotInstanceRequests", resource("spot-instances-request"))],
        allowedWithPrice: true,
    },
    {
        what: "Give an agent of this stack another stack's tag",
        asked: [on("ec2:CreateTags", instance(agentTags), otherOwner)],
    },
    {
        what: "Take tags away, also those of this stack's agents",
        asked: [agentTags, otherOwner].map((tags) => on("ec2:DeleteTags", resource("instance", tags), tags)),
    },
    {
        what: "Launch without this stack's tag, or with another stack's",
        asked: [{}, otherOwner].map((tags) => on("ec2:RunInstances", instance({}), tags)),
    },
    {
        what: "Launch, or ask for Spot, in a region of no cloud",
        asked: [
            on("ec2:RunInstances", elsewhere(instance({})), agentTags),
            on("ec2:RequestSpotInstances", elsewhere(resource("spot-instances-request")), agentTags),
        ],
    },
    {
        what: "Ask for Spot at a price",
        asked: [on("ec2:RequestSpotInstances", resource("spot-instances-request"), agentTags)],
        allowedWithPrice: true,
    },
    {
        what: "Tag images, snapshots, subnets, security groups",
        asked: ["image", "snapshot", "subnet", "security-group"].map((type) =>
            on("ec2:CreateTags", resource(type), agentTags),
        ),
    },
    {
        what: "Read the password of another's Windows",
        asked: [on("ec2:GetPasswordData", instance(otherOwner))],
        notInBroad: true,
    },
    {
        what: "Pass a role that no template names, or a named one to another service",
        asked: [
            passRole("arn:aws:iam::111122223333:role/administrator", "ec2.amazonaws.com"),
            passRole(passedRole, "lambda.amazonaws.com"),
        ],
        notInBroad: true,
    },
    { what: "Look at anything else", asked: [look("ec2:DescribeVolumes")], notInBroad: true },
];

function handling(agent: Resource): Authorisation[] {
    const actions = ["StopInstances", "StartInstances", "TerminateInstances", "GetConsoleOutput"];
    return [
        ...actions.map((action) => on(`ec2:${action}`, agent)),
        tagging(agent),
        on("ec2:CreateTags", agent, agentTags),
    ];
}

function tagging(one: Resource): Authorisation {
    return on("ec2:CreateTags", one, { Name: "mine" });
}

function elsewhere(one: Resource): Resource {
    return { ...one, region: "us-east-1" };
}
