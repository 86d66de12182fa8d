import type * as pulumi from "@pulumi/pulumi";
import type { StackSettings } from "../settings";
import { mapValues } from "../settings/collections";
import { resourceName, settingName } from "../settings/naming";
import { Access } from "./access";
import type { IamLookUps } from "./iamLookUps";
import { withOwnTag } from "../settings/ownTag";
import type { PolicyDocument } from "./policyDocument";
import { fitting } from "./policyLimit";
import { policyNeeds } from "./policyNeeds";
import { scopedPolicy } from "./scopedPolicy";
import { broadPolicy } from "./broadPolicy";

/** The IAM side of a whole stack, as its settings say. */
export function stackAccess(
    settings: StackSettings,
    policy: PolicyDocument,
    opts: pulumi.ComponentResourceOptions,
): Access {
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
            policy,
            controllers: mapValues(controllers, (_, id) => ({ identities: identities(id), serial })),
            controllerRole: access.controllerRole,
            path: access.path,
            permissionsBoundary: access.permissionsBoundary,
            tags: withOwnTag(settings),
        },
        opts,
    );
}

/**
 * What the controllers may do, by the settings.
 *
 * @throws UserError where it is longer than IAM allows
 */
export function stackPolicy(settings: StackSettings, { partition, passedRoles }: IamLookUps): PolicyDocument {
    if (settings.access.policy === "broad") return broadPolicy();
    const needs = policyNeeds(settings, partition, passedRoles);
    return fitting(scopedPolicy(needs), settingName(settings, "access.policy"));
}
