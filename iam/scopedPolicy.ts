import { policyDocument, type Condition, type PolicyDocument, type Statement } from "./policyDocument";

/** The tag that every template of this program gives its agents. Its value is `project/stack/controller`. */
export const agentTag = "jenkins-controller";

/** What the templates in use need of AWS. */
export interface PolicyNeeds {
    /** Who manages the stack, as `project/stack`: the first part of the value of each agent's tag. */
    owner: string;
    /** The regions of the clouds. */
    regions: string[];
    /**
     * First part of ARNs: `aws`, `aws-cn` or `aws-us-gov`.
     * @default "aws"
     */
    partition?: string;
    /** A template asks for spot instances. */
    spot: boolean;
    /** A template stops idle agents instead of terminating them. */
    stop: boolean;
    /** A template checks the host key against the one on the instance's console. */
    console: boolean;
    /** A Windows template uses the password that EC2 generated. */
    password: boolean;
    /** ARNs of the roles in the instance profiles that templates name. */
    passedRoles: string[];
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
    /** Beyond the regions, which limit every statement but those that look and PassRole. */
    condition?: (needs: PolicyNeeds) => Condition | undefined;
    /** Not bound to the clouds' regions. */
    everywhere?: boolean;
}

const always = { when: "always", applies: () => true };
const withSpot = { when: "a template uses spot", applies: ({ spot }: PolicyNeeds) => spot };
const anything = () => "*";
const agents = arns("instance");
const agentsAndVolumes = arns("instance", "volume");

/**
 * What the plugin calls, after the "IAM setup" of its README and its sources (`SlaveTemplate`, `EC2Cloud`, `EC2AbstractSlave`,
 * `EC2SpotSlave`, `EC2CleanupOrphanedNodes`). docs/permissions.md says what of it was tried.
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
        ],
        ...always,
        reason: "Test Connection; counting agents; an image's root device; the security groups of a subnet's VPC. EC2 knows no narrower right to look.",
        resource: anything,
        everywhere: true,
    },
    {
        sid: "FillForms",
        actions: ["ec2:DescribeRegions", "ec2:DescribeAvailabilityZones", "ec2:DescribeInstanceTypes"],
        ...always,
        reason: "The lists on the cloud's page in Jenkins, from which an administrator chooses.",
        resource: anything,
        everywhere: true,
    },
    {
        sid: "LaunchAgents",
        actions: ["ec2:RunInstances"],
        ...always,
        reason: "Starts an agent, which has to carry this stack's tag from its first moment.",
        resource: agentsAndVolumes,
        condition: ({ owner }) => ({ StringLike: { [`aws:RequestTag/${agentTag}`]: `${owner}/*` } }),
    },
    {
        sid: "LaunchFrom",
        actions: ["ec2:RunInstances"],
        ...always,
        reason: "What an instance is started from and in. None of it can be tagged by the launch.",
        resource: arns("image", "snapshot", "key-pair", "security-group", "subnet", "network-interface"),
    },
    {
        sid: "TagAtLaunch",
        actions: ["ec2:CreateTags"],
        ...always,
        reason: "Tags as part of the launch, and only then.",
        // The plugin tags network interfaces from 1723: EC2 refuses the launch where it may not.
        resource: arns("instance", "volume", "network-interface"),
        condition: () => ({ StringEquals: { "ec2:CreateAction": "RunInstances" } }),
    },
    {
        sid: "TagAgents",
        actions: ["ec2:CreateTags", "ec2:DeleteTags"],
        ...always,
        reason: "Tags of agents that are there: taking up a stopped or an orphaned one, and when it expires.",
        resource: agentsAndVolumes,
        condition: ownAgents,
    },
    {
        sid: "EndAgents",
        actions: ["ec2:TerminateInstances"],
        ...always,
        reason: "Ends idle agents.",
        resource: agents,
        condition: ownAgents,
    },
    {
        sid: "StopAndStartAgents",
        actions: ["ec2:StopInstances", "ec2:StartInstances"],
        when: "a template stops idle agents",
        applies: ({ stop }) => stop,
        reason: "Stops idle agents, and starts them again when they are wanted.",
        resource: agents,
        condition: ownAgents,
    },
    {
        sid: "ReadConsoles",
        actions: ["ec2:GetConsoleOutput"],
        when: "a template checks host keys against the console",
        applies: ({ console }) => console,
        reason: "The host key that the instance printed while it booted.",
        resource: agents,
        condition: ownAgents,
    },
    {
        sid: "ReadPasswords",
        actions: ["ec2:GetPasswordData"],
        when: "a Windows template uses the generated password",
        applies: ({ password }) => password,
        reason: "The administrator's password, encrypted for the key pair.",
        resource: agents,
        condition: ownAgents,
    },
    {
        sid: "AskForSpotAgents",
        actions: ["ec2:RequestSpotInstances", "ec2:CancelSpotInstanceRequests"],
        ...withSpot,
        reason: "Asks for spot instances, and takes the requests back.",
        resource: anything,
    },
    {
        sid: "TagSpotRequests",
        actions: ["ec2:CreateTags"],
        ...withSpot,
        reason: "The plugin tags a spot request after it made it.",
        resource: arns("spot-instances-request"),
    },
    {
        sid: "PassRoles",
        actions: ["iam:PassRole"],
        when: "a template names an instance profile",
        applies: ({ passedRoles }) => passedRoles.length > 0,
        reason: "Gives agents the roles of the instance profiles that templates name, and no other role.",
        resource: ({ passedRoles }) => passedRoles,
        condition: () => ({ StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } }),
        everywhere: true,
    },
];

/** The policy `scoped`: what the templates in use need, and nothing else. */
export function scopedPolicy(needs: PolicyNeeds): PolicyDocument {
    return policyDocument(
        ...scopedStatements
            .filter(({ applies }) => applies(needs))
            .map((statement) => {
                const condition = limits(statement, needs);
                return {
                    Sid: statement.sid,
                    Effect: "Allow",
                    Action: statement.actions,
                    Resource: statement.resource(needs),
                    ...(condition && { Condition: condition }),
                } satisfies Statement;
            }),
    );
}

function limits({ everywhere, condition }: ScopedStatement, needs: PolicyNeeds): Condition | undefined {
    const own = condition?.(needs);
    if (everywhere) return own;
    return { ...own, StringEquals: { ...own?.StringEquals, "aws:RequestedRegion": needs.regions } };
}

/**
 * Only agents that carry this stack's tag. With spot templates there is no such limit: a spot instance has no tag before its
 * agent connected, and one that never connects has to be ended as well.
 */
function ownAgents({ owner, spot }: PolicyNeeds): Condition | undefined {
    return spot ? undefined : { StringLike: { [`aws:ResourceTag/${agentTag}`]: `${owner}/*` } };
}

/**
 * Every resource of these types. The regions are a condition instead: in ARNs they would multiply the policy's length, which IAM
 * limits to 6144 characters (IAM: "IAM and AWS STS quotas").
 */
function arns(...types: string[]): (needs: PolicyNeeds) => string[] {
    return ({ partition = "aws" }) => types.map((type) => `arn:${partition}:ec2:*:*:${type}/*`);
}
