import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import type { StackSettings } from "../settings";
import { mapValues } from "../settings/collections";
import { resourceName, withOwnTag } from "../settings/naming";
import { agentRoleName } from "../settings/read/resolve/agentRoles";
import { instanceTrustPolicy } from "./policyDocument";

/** An instance profile that the stack makes for agents. */
export interface AgentProfile {
    arn: pulumi.Output<string>;
    /** The attachments that give its role rights. */
    rights: pulumi.Resource[];
}

/** The instance profiles that the stack makes for agents, by the role's id in the settings. */
export function stackAgentRoles(
    settings: StackSettings,
    partition: string,
    options: pulumi.CustomResourceOptions,
): Record<string, AgentProfile> {
    const { access, name: stackName } = settings;
    const common = { path: access.path, tags: withOwnTag(settings) };
    return mapValues(access.agentRoles, (wanted, id) => {
        const name = agentRoleName(stackName, id);
        const resource = resourceName(settings, `agents-${id}`);
        const role = new iam.Role(
            resource,
            {
                name,
                description: "Of the instances that Jenkins builds on",
                assumeRolePolicy: JSON.stringify(instanceTrustPolicy()),
                permissionsBoundary: wanted.permissionsBoundary ?? access.permissionsBoundary,
                ...common,
            },
            options,
        );
        const attach = (name: string, policyArn: pulumi.Input<string>) =>
            new iam.RolePolicyAttachment(name, { role: role.name, policyArn }, options);
        const rights = wanted.managedPolicies.map((policy) =>
            attach(
                `${resource}-${shortName(policy)}`,
                policy.startsWith("arn:") ? policy : `arn:${partition}:iam::aws:policy/${policy}`,
            ),
        );
        if (wanted.policy !== undefined) {
            const own = new iam.Policy(resource, { name, policy: wanted.policy, ...common }, options);
            rights.push(attach(resource, own.arn));
        }
        return { arn: new iam.InstanceProfile(resource, { name, role: role.name, ...common }, options).arn, rights };
    });
}

/** A policy's part of a resource name: `ACCOUNT/NAME` of an ARN. `::`, as ARNs have it, separates the parts of a Pulumi URN. */
const shortName = (policy: string) => policy.replace(/^arn:[^:]*:iam::([^:]*):policy/, "$1");

/** ARNs that the roles are going to have. */
export function agentRoleArn({ name, access }: StackSettings, id: string, partition: string, account: string): string {
    return `arn:${partition}:iam::${account}:role${access.path}${agentRoleName(name, id)}`;
}
