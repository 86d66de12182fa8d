import {
    CreateTagsCommand,
    DeleteTagsCommand,
    DescribeAvailabilityZonesCommand,
    DescribeInstanceTypesCommand,
    DescribeRegionsCommand,
    DescribeSpotPriceHistoryCommand,
    GetConsoleOutputCommand,
    GetPasswordDataCommand,
    type EC2Client,
} from "@aws-sdk/client-ec2";

/** The case that each action is needed for: it goes through with the whole policy, and fails without this action. */
export const neededFor: Record<string, Case> = {
    "ec2:DescribeInstances": "Test Connection passes",
    "ec2:DescribeKeyPairs": "an agent starts",
    "ec2:DescribeSubnets": "an agent starts",
    "ec2:RunInstances": "an agent starts",
    "ec2:DescribeImages": "an image is found at launch",
    "ec2:DescribeSecurityGroups": "a security group is found by its name",
    "ec2:StopInstances": "an idle agent is stopped",
    "ec2:StartInstances": "a stopped agent is started",
    "ec2:TerminateInstances": "an agent is terminated",
    "ec2:RequestSpotInstances": "a spot agent starts",
    "ec2:DescribeSpotInstanceRequests": "a spot request is followed, to fall back",
    "ec2:CancelSpotInstanceRequests": "a spot request is taken back",
};

/**
 * What no case fails without, with the reason. That the plugin needs these is not shown here: it is after its sources
 * (iam/scopedPolicy.ts). Shown is only that a controller's key has them, and has them from this policy.
 */
export const notCalled: Record<string, NotCalled> = {
    "ec2:GetConsoleOutput": {
        why: "a console that cannot be read is logged, and no host key is compared with it: nothing connects to an emulated instance",
        call: (ec2, InstanceId) => ec2.send(new GetConsoleOutputCommand({ InstanceId })),
    },
    "ec2:CreateTags": {
        why: "tags go with RunInstances, for which the emulator asks for no other action; that a spot agent could not be tagged is logged",
        call: (ec2, id) => ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: "a", Value: "b" }] })),
    },
    "ec2:DeleteTags": {
        why: "the plugin removes tags when someone saves an agent's own page, which the stand-in does not have",
        call: (ec2, id) => ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: "a" }] })),
    },
    "ec2:DescribeRegions": {
        why: "fills a list on the cloud's page, which the stand-in does not have",
        call: (ec2) => ec2.send(new DescribeRegionsCommand({})),
    },
    "ec2:DescribeAvailabilityZones": {
        why: "fills a list on the cloud's page, which the stand-in does not have",
        call: (ec2) => ec2.send(new DescribeAvailabilityZonesCommand({})),
    },
    "ec2:DescribeSpotPriceHistory": {
        why: "shows the price on the cloud's page, which the stand-in does not have",
        call: (ec2) => ec2.send(new DescribeSpotPriceHistoryCommand({ InstanceTypes: ["t3.medium"] })),
    },
    "ec2:DescribeInstanceTypes": {
        why: "asked before a console is read; a refusal is logged, and the console is read as of an older machine",
        call: (ec2) => ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes: ["t3.medium"] })),
    },
    "ec2:GetPasswordData": {
        why: "the password of Windows is asked for when Jenkins connects, and nothing connects to an emulated instance",
        call: (ec2, InstanceId) => ec2.send(new GetPasswordDataCommand({ InstanceId })),
    },
};

/** An action that is no call of its own: it is asked for by others, but not by the emulator. */
export const neverAsked = { "iam:PassRole": "asked for by RunInstances with an instance profile, on AWS only" };

/** What seed has and scoped has not: it would take this stack's tag from an agent, so that nobody could end it any more. */
export const leftOut = ["ec2:DeleteTags"];

interface NotCalled {
    why: string;
    call(ec2: EC2Client, instance: string): Promise<unknown>;
}

/** Something that goes on between a controller and EC2. */
export type Case =
    | "Test Connection passes"
    | "an agent starts"
    | "an image is found at launch"
    | "a security group is found by its name"
    | "an idle agent is stopped"
    | "a stopped agent is started"
    | "an agent is terminated"
    | "a spot agent starts"
    | "a spot request is followed, to fall back"
    | "a spot request is taken back";

/**
 * What a case says that fails for want of an action. Like the plugin, the stand-in only logs that it could not end an instance:
 * EC2 shows then that nothing has happened.
 */
export function failureOf(name: Case, action: string): RegExp {
    switch (name) {
        case "an idle agent is stopped":
        case "an agent is terminated":
            return /expected '(pending|running)' to match/;
        case "a spot request is taken back":
            return /expected \d+ to be \d+/;
        default:
            return new RegExp(`not authorized to perform: ${action}`);
    }
}
