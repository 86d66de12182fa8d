import * as pulumi from "@pulumi/pulumi";
import type { Access } from "../iam/access";
import { usesAccessKey } from "../iam/stackAccess";
import type { CloudCompute } from "../ec2/compute";
import type { CloudSettings, ControllerSettings, StackSettings } from "../settings";
import { cloudPayload, type CloudReferences } from "./payload";
import type { ControllerAccess, PushRequest } from "./push/request";

/** One push to come: which cloud goes to which controller, with what AWS has yet to answer as outputs. */
export interface PlannedPush {
    /** Stable: the name of the resource. */
    name: string;
    controller: ControllerSettings;
    cloud: CloudSettings;
    references: { [Key in keyof CloudReferences]: pulumi.Input<CloudReferences[Key]> };
    /** The request itself, once the references are plain values. */
    request: (references: CloudReferences) => PushRequest;
}

/** Every push of a stack: each cloud to each of its controllers, in the order of the settings. */
export function plannedPushes(
    settings: StackSettings,
    access: Access,
    compute: Record<string, CloudCompute>,
    imageIds: Record<string, Record<string, pulumi.Output<string>>>,
): PlannedPush[] {
    return Object.values(settings.clouds).flatMap((cloud) =>
        cloud.controllers.map((id) => {
            const controller = settings.controllers[id]!;
            return {
                name: `${id}-${cloud.id}`,
                controller,
                cloud,
                references: references(settings, access, compute[cloud.id]!, cloud, id, imageIds[cloud.id]!),
                request: (known: CloudReferences) => pushRequest(settings, controller, cloud, known),
            };
        }),
    );
}

function references(
    settings: StackSettings,
    access: Access,
    compute: CloudCompute,
    cloud: CloudSettings,
    controllerId: string,
    imageIds: Record<string, pulumi.Output<string>>,
): PlannedPush["references"] {
    const credentials = access.credentials[controllerId];
    return {
        owner: owner(settings),
        controller: controllerId,
        accessKey: usesAccessKey(cloud) ? credentials?.accessKey : undefined,
        roleArn: cloud.identity.roleArn ?? (cloud.identity.mode === "role" ? credentials?.roleArn : undefined),
        privateKey: compute.keyPair.privateKey,
        securityGroupIds: pulumi.all([compute.securityGroup.groupId, ...cloud.network.securityGroups]),
        subnetIds: compute.subnetIds,
        imageIds,
        instanceProfileArns: compute.instanceProfileArns,
        windowsPasswords: pulumi.secret(settings.secrets.windowsPasswords),
        tags: settings.tags,
    };
}

const owner = ({ project, stack }: StackSettings) => `${project}/${stack}`;

function pushRequest(
    settings: StackSettings,
    controller: ControllerSettings,
    cloud: CloudSettings,
    known: CloudReferences,
): PushRequest {
    const { adopt, busyAgents, drainMinutes, testConnection } = cloud;
    return {
        owner: owner(settings),
        controller: controllerAccess(settings, controller),
        plugin: controller.plugin,
        cloud: cloudPayload(cloud, known),
        policy: {
            adopt,
            busyAgents,
            drainMinutes,
            testConnection,
            accessKeySeconds: settings.access.accessKeySeconds,
        },
    };
}

function controllerAccess({ secrets }: StackSettings, controller: ControllerSettings): ControllerAccess {
    const { id, url, user, certificateAuthority, clientCertificate, proxy, timeouts } = controller;
    return {
        id,
        url: url.endsWith("/") ? url : `${url}/`,
        user,
        token: secrets.tokens[id],
        password: secrets.tokens[id] === undefined ? secrets.passwords[id] : undefined,
        certificateAuthority,
        clientCertificate,
        clientKey: secrets.clientKeys[id],
        proxy,
        timeouts,
    };
}
