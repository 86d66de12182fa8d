import { policyDocument, type PolicyDocument } from "./policyDocument";

/** The 17 actions that administrators grant by hand for the plugin. This program replaces that procedure and keeps its order. */
export const broadActions: readonly string[] = [
    "ec2:DescribeSpotInstanceRequests",
    "ec2:CancelSpotInstanceRequests",
    "ec2:GetConsoleOutput",
    "ec2:RequestSpotInstances",
    "ec2:RunInstances",
    "ec2:StartInstances",
    "ec2:StopInstances",
    "ec2:TerminateInstances",
    "ec2:CreateTags",
    "ec2:DeleteTags",
    "ec2:DescribeInstances",
    "ec2:DescribeKeyPairs",
    "ec2:DescribeRegions",
    "ec2:DescribeImages",
    "ec2:DescribeAvailabilityZones",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
];

/**
 * The policy `broad`: one statement, the 17 actions, every resource. It suits Linux agents without an instance profile;
 * Windows with a generated password and instance profiles need what only the policy `scoped` grants.
 */
export function broadPolicy(): PolicyDocument {
    return policyDocument({ Effect: "Allow", Action: [...broadActions], Resource: "*" });
}
