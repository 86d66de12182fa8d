import { UserError } from "../settings/problem";
import type { PolicyDocument } from "./policyDocument";
import type * as pulumi from "@pulumi/pulumi";
import type { StackSettings } from "../settings";
import { mapValues } from "../settings/collections";
import { resourceName, settingName, withOwnTag } from "../settings/naming";
import { Access } from "./access";
import type { IamLookUps } from "./iamLookUps";
import { policyNeeds } from "./policyNeeds";
import { scopedPolicy } from "./scopedPolicy";
import { broadPolicy } from "./broadPolicy";

/** The IAM side of a whole stack, as its settings have it. */
export function stackAccess(
    settings: StackSettings,
    policy: PolicyDocument,
    { partition, accountId }: IamLookUps,
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
            account: `arn:${partition}:iam::${accountId}`,
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

/** Characters of a managed policy, white space not counted (IAM: "IAM and AWS STS quotas"). */
const longest = 6144;

/**
 * The document, if IAM takes it.
 * @param setting the setting that the document is made after
 * @throws UserError where it is too long, since IAM answers only "LimitExceeded"
 */
export function fitting(document: PolicyDocument, setting: string): PolicyDocument {
    const { length } = JSON.stringify(document);
    if (length <= longest) return document;
    throw new UserError([
        {
            code: "policy-too-large",
            path: setting,
            message: `the settings make a policy of ${length} characters, and IAM allows ${longest}`,
            fix: "use fewer instance profiles, regions, clouds with adopt: true or access.formerAgents; or deploy some clouds as another stack",
        },
    ]);
}
