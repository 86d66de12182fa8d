import * as aws from "../aws";
import * as pulumi from "@pulumi/pulumi";
import type { StackSettings } from "../settings";
import { Access } from "./access";
import { partitionOf } from "./arn";
import { withOwnTag } from "./ownTag";
import type { PolicyDocument } from "./policyDocument";
import { fitting } from "./policyLimit";
import { instanceProfileNames, policyNeeds } from "./policyNeeds";
import { scopedPolicy } from "./scopedPolicy";
import { seedPolicy } from "./seedPolicy";

/** The IAM side of a whole stack, as its settings say. */
export function stackAccess(settings: StackSettings): Access {
    const { name, access, controllers, clouds } = settings;
    const identities = (controller: string) =>
        Object.values(clouds)
            .filter((cloud) => cloud.controllers.includes(controller))
            .map(({ identity }) => identity);
    return new Access("agents", {
        name,
        nameSetting: `${settings.project}:name`,
        policy: access.policy === "seed" ? seedPolicy() : neededPolicy(settings),
        controllers: Object.fromEntries(
            Object.keys(controllers).map((id) => [id, { identities: identities(id), serial: access.accessKeySerial }]),
        ),
        controllerRole: access.controllerRole,
        path: access.path,
        permissionsBoundary: access.permissionsBoundary,
        tags: withOwnTag(settings),
    });
}

/** The policy for these settings. PassRole names roles, and templates name instance profiles: AWS knows which is in which. */
function neededPolicy(settings: StackSettings): pulumi.Output<PolicyDocument> {
    const roles = instanceProfileNames(settings).map((name) => aws.iam.getInstanceProfileOutput({ name }).roleArn);
    return pulumi.all([aws.getCallerIdentityOutput().arn, pulumi.all(roles)]).apply(([caller, arns]) => {
        const needs = policyNeeds(settings, partitionOf(caller), [...new Set(arns)].sort());
        return fitting(scopedPolicy(needs), `${settings.project}:access.policy`);
    });
}
