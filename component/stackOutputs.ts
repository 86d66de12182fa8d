import * as pulumi from "@pulumi/pulumi";
import { groupsOfAllAgents, type CloudCompute } from "../ec2/compute";
import type { StackImages } from "../ec2/stackImages";
import type { Access } from "../iam/access";
import type { Cloud } from "../jenkins/cloud";
import type { Preflights } from "../jenkins/preview/controllerState";
import { formerOwner, type PlannedPush } from "../jenkins/requests";
import type { PushOutputs, StackOutputs } from "./outputs";
import type { CloudSettings, StackSettings } from "../settings";
import { unlessFailed } from "../settings/read/known";
import { mapValues } from "../settings/collections";
import { owner } from "../settings/naming";

/**
 * The outputs as Pulumi takes them.
 *
 * @param deployed the outputs after the last update
 */
export function stackOutputs(
    settings: StackSettings,
    deployed: Partial<StackOutputs>,
    access: Access,
    compute: Record<string, CloudCompute>,
    images: StackImages,
    pushes: PlannedPush[],
    clouds: Cloud[],
    preflights: Preflights,
): { [Key in keyof StackOutputs]: pulumi.Input<unknown> } {
    return {
        owner: ownerOf(settings, clouds, formerOwner(settings, deployed)),
        ...present({
            policyArn: access.policyArn,
            groupName: access.group,
            instanceProfileName: access.instanceProfile,
        }),
        clouds: mapValues(compute, (cloud) => ({
            region: cloud.region,
            vpcId: cloud.vpcId,
            securityGroupId: cloud.securityGroup?.groupId ?? "",
            securityGroupIds: groupsOfAllAgents(cloud),
            keyPairName: cloud.keyPair?.keyName ?? "",
        })),
        controllers: mapValues(settings.controllers, ({ id, url }) => ({
            url,
            ...present({
                userName: access.users[id],
                instance: preflights[id]?.state?.instance ?? deployed.controllers?.[id]?.instance,
            }),
            clouds: Object.fromEntries(
                pushes.flatMap(({ controller, cloud }, index) => {
                    if (controller.id !== id) return [];
                    const former = deployed.controllers?.[id]?.clouds[cloud.id];
                    const pushed = pulumi.runtime.isDryRun()
                        ? outputsInPreview(cloud, former)
                        : pushOutputs(clouds[index]!);
                    return [[cloud.id, pushed]];
                }),
            ),
        })),
        images: Object.fromEntries(
            Object.entries(images).flatMap(([cloud, templates]) =>
                Object.entries(templates).map(([template, image]) => [`${cloud}/${template}`, image]),
            ),
        ),
        accessKeys: pulumi.secret(
            mapValues(access.accessKeys, ({ id, secret }) => ({ accessKeyId: id, secretAccessKey: secret })),
        ),
        privateKeys: pulumi.secret(
            Object.fromEntries(
                Object.values(compute).flatMap(({ region, keyPair }) =>
                    keyPair ? [[region, keyPair.privateKey]] : [],
                ),
            ),
        ),
    };
}

/** A cloud whose push failed still has the mark of the former name. */
function ownerOf(settings: StackSettings, clouds: Cloud[], before: string | undefined): pulumi.Input<string> {
    if (before === undefined) return owner(settings);
    return pulumi
        .all(clouds.map(({ result }) => unlessFailed(result)))
        .apply((results) => (results.includes(undefined) ? before : owner(settings)));
}

/** Without what does not apply to this stack: an output that is undefined would be a warning at every run. */
function present<T extends object>(outputs: T): Partial<T> {
    return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** Of a push that is to come. Pulumi shows outputs that are unknown in a preview as the empty difference `~ clouds: { }`. */
const outputsInPreview = ({ name, templates }: CloudSettings, former?: PushOutputs): Partial<PushOutputs> => ({
    ...former,
    cloud: name,
    templates: Object.values(templates).map(({ description }) => description),
});

const pushOutputs = ({ result }: Cloud): pulumi.Output<PushOutputs | undefined> =>
    unlessFailed(result).apply(
        (answer) =>
            answer && {
                cloud: answer.cloud,
                jenkins: answer.jenkins,
                plugin: answer.plugin,
                templates: answer.templates,
                connection: answer.connection,
                ...present({ secret: answer.secret }),
            },
    );
