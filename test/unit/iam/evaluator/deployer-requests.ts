import { accountId, look, on, passRole, resource, type Authorisation } from "./authorisation";

/** What whoever deploys asks of AWS for a stack of the default name: `index.ts`'s resources, as the AWS provider makes them. */
const name = "jenkins-aws";
const tags = { team: "platform" };

export const previewRequests: Authorisation[] = [
    ...[
        "DescribeImages",
        "DescribeInstanceTypes",
        "DescribeKeyPairs",
        "DescribeManagedPrefixLists",
        // Before a security group is deleted.
        "DescribeNetworkInterfaces",
        "DescribeRegions",
        // With every look at a VPC.
        "DescribeRouteTables",
        "DescribeSecurityGroupRules",
        "DescribeSecurityGroups",
        "DescribeSubnets",
        "DescribeVpcs",
    ].map((action) => look(`ec2:${action}`)),
    { action: "sts:GetCallerIdentity", resource: "*", context: {} },
    ...["GetPolicy", "GetPolicyVersion", "ListPolicyVersions"].map((action) => iam(action, `policy/${name}`)),
    ...["GetGroup", "ListAttachedGroupPolicies"].map((action) => iam(action, `group/${name}`)),
    ...["GetUser", "ListAccessKeys", "ListGroupsForUser"].map((action) => iam(action, `user/${name}-team-a`)),
    ...["GetRole", "ListRolePolicies", "ListAttachedRolePolicies"].map((action) => iam(action, `role/${name}-host`)),
    iam("GetInstanceProfile", `instance-profile/${name}-host`),
    iam("GetInstanceProfile", "instance-profile/build"),
    {
        action: "ssm:GetParameter",
        // AWS's own parameters have no account in their ARNs; the evaluator wants one.
        resource: `arn:aws:ssm:eu-central-1:${accountId}:parameter/aws/service/ami-amazon-linux-latest/al2023`,
        context: {},
    },
];

const attached = { "iam:PolicyARN": `arn:aws:iam::${accountId}:policy/${name}` };

export const upRequests: Authorisation[] = [
    ...["CreatePolicy", "TagPolicy", "UntagPolicy"].map((action) => iam(action, `policy/${name}`)),
    ...["CreatePolicyVersion", "DeletePolicyVersion", "DeletePolicy"].map((action) => iam(action, `policy/${name}`)),
    ...["CreateGroup", "AddUserToGroup", "RemoveUserFromGroup", "DeleteGroup"].map((action) =>
        iam(action, `group/${name}-assume`),
    ),
    ...["AttachGroupPolicy", "DetachGroupPolicy"].map((action) => iam(action, `group/${name}`, attached)),
    ...["CreateUser", "TagUser", "PutUserPermissionsBoundary", "DeleteUser"].map((action) =>
        iam(action, `user/${name}-team-a`),
    ),
    ...["CreateAccessKey", "DeleteAccessKey"].map((action) => iam(action, `user/${name}-team-a`)),
    ...["CreateRole", "UpdateAssumeRolePolicy", "TagRole", "DeleteRole"].map((action) => iam(action, `role/${name}`)),
    ...["AttachRolePolicy", "DetachRolePolicy"].map((action) => iam(action, `role/${name}-host`, attached)),
    ...[
        "CreateInstanceProfile",
        "AddRoleToInstanceProfile",
        "RemoveRoleFromInstanceProfile",
        "DeleteInstanceProfile",
    ].map((action) => iam(action, `instance-profile/${name}-host`)),
    passRole(`arn:aws:iam::${accountId}:role/${name}-host`, "ec2.amazonaws.com"),
    named("ec2:ImportKeyPair", "key-pair", name, tags),
    named("ec2:DeleteKeyPair", "key-pair", name),
    on("ec2:CreateSecurityGroup", resource("security-group"), tags),
    on("ec2:CreateSecurityGroup", resource("vpc")),
    ...["AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"].flatMap((action) => [
        on(`ec2:${action}`, resource("security-group", tags)),
        on(`ec2:${action}`, resource("security-group-rule"), tags),
    ]),
    ...[
        "RevokeSecurityGroupIngress",
        "RevokeSecurityGroupEgress",
        "ModifySecurityGroupRules",
        "DeleteSecurityGroup",
    ].map((action) => on(`ec2:${action}`, resource("security-group", tags))),
    on("ec2:ModifySecurityGroupRules", resource("security-group-rule", tags)),
    on("ec2:ModifySecurityGroupRules", resource("prefix-list")),
    ...["key-pair", "security-group", "security-group-rule"].flatMap((type) => [
        on("ec2:CreateTags", resource(type), tags),
        on("ec2:DeleteTags", resource(type, tags), tags),
    ]),
];

const administrator = { "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess" };

/** What neither a preview nor an `up` of a stack has to do with. */
export const foreignDeployerRequests: Authorisation[] = [
    ...["CreatePolicyVersion", "DeletePolicy"].map((action) => iam(action, "policy/payroll")),
    ...["CreateUser", "CreateAccessKey", "DeleteUser"].map((action) => iam(action, "user/alice")),
    ...["PutUserPolicy", "CreateLoginProfile"].map((action) => iam(action, `user/${name}-team-a`)),
    iam("AttachUserPolicy", `user/${name}-team-a`, administrator),
    iam("AttachGroupPolicy", `group/${name}`, administrator),
    iam("AttachRolePolicy", `role/${name}`, administrator),
    iam("AttachRolePolicy", "role/deployer", attached),
    iam("PutRolePolicy", `role/${name}`),
    iam("UpdateAssumeRolePolicy", "role/administrator"),
    iam("AddUserToGroup", "group/administrators"),
    passRole(`arn:aws:iam::${accountId}:role/administrator`, "ec2.amazonaws.com"),
    passRole(`arn:aws:iam::${accountId}:role/${name}-host`, "lambda.amazonaws.com"),
    named("ec2:DeleteKeyPair", "key-pair", "alice"),
    on("ec2:RunInstances", resource("instance")),
    ...["TerminateInstances", "StopInstances"].map((action) => on(`ec2:${action}`, resource("instance"))),
    on("ec2:CreateTags", resource("instance"), tags),
    {
        action: "ssm:GetParameter",
        resource: `arn:aws:ssm:eu-central-1:${accountId}:parameter/database/password`,
        context: {},
    },
];

function iam(action: string, path: string, context: Record<string, string> = {}): Authorisation {
    return { action: `iam:${action}`, resource: `arn:aws:iam::${accountId}:${path}`, context };
}

/** Key pairs are known by name. */
function named(action: string, type: string, id: string, newTags: Record<string, string> = {}): Authorisation {
    const asked = on(action, resource(type), newTags);
    return { ...asked, resource: asked.resource.replace(/[^/]+$/, id) };
}
