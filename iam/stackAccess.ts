import * as iam from "@pulumi/aws/iam";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as pulumi from "@pulumi/pulumi";
import type { StackSettings } from "../settings";
import { mapValues } from "../settings/collections";
import { resourceName, settingName } from "../settings/naming";
import { Access } from "./access";
import { partitionOf } from "./arn";
import { withOwnTag } from "../settings/ownTag";
import type { PolicyDocument } from "./policyDocument";
import { fitting } from "./policyLimit";
import { instanceProfileNames, policyNeeds } from "./policyNeeds";
import { scopedPolicy } from "./scopedPolicy";
import { seedPolicy } from "./seedPolicy";

/** The IAM side of a whole stack, as its settings say. */
export function stackAccess(settings: StackSettings, opts: pulumi.ComponentResourceOptions): Access {
    const { name, access, controllers, clouds } = settings;
    const identities = (controller: string) =>
        Object.values(clouds)
            .filter((cloud) => cloud.controllers.includes(controller))
            .map(({ identity }) => identity);
    const serial = access.accessKeySerial;
    return new Access(
        resourceName(settings, "agents"),
        {
            name,
            nameSetting: settingName(settings, "name"),
            policy: access.policy === "seed" ? seedPolicy() : neededPolicy(settings, { parent: opts.parent }),
            controllers: mapValues(controllers, (_, id) => ({ identities: identities(id), serial })),
            controllerRole: access.controllerRole,
            path: access.path,
            permissionsBoundary: access.permissionsBoundary,
            tags: withOwnTag(settings),
        },
        opts,
    );
}

/** The policy for these settings. PassRole names roles, and templates name instance profiles: AWS knows which is in which. */
function neededPolicy(settings: StackSettings, opts: pulumi.InvokeOptions): pulumi.Output<PolicyDocument> {
    const roles = instanceProfileNames(settings).map((name) => iam.getInstanceProfileOutput({ name }, opts).roleArn);
    return pulumi.all([getCallerIdentityOutput({}, opts).arn, pulumi.all(roles)]).apply(([caller, arns]) => {
        const needs = policyNeeds(settings, partitionOf(caller), [...new Set(arns)].sort());
        return fitting(scopedPolicy(needs), settingName(settings, "access.policy"));
    });
}
