import * as pulumi from "@pulumi/pulumi";
import type { Access } from "../iam/access";
import type { AgentProfile } from "../iam/agentRoles";
import { groupsOfAllAgents, type CloudCompute } from "../ec2/compute";
import type { StackImages } from "../ec2/stackImages";
import type { CloudSettings, ControllerSettings, StackSettings } from "../settings";
import { mapValues } from "../settings/collections";
import type { Inputs } from "../settings/read/known";
import { owner, resourceName, UNKNOWN } from "../settings/naming";
import { baseOf } from "../settings/schema/access";
import type { AwsReference } from "../settings/schema/template";
import { controllerAccess } from "./controllerAccess";
import type { ControllerOutputs } from "./controllerOutputs";
import { cloudPayload } from "./payload";
import type { CloudReferences } from "./payload/references";
import type { ApplyPolicy, PushRequest } from "./push/request";

/** One push to come: which cloud goes to which controller, with what AWS has yet to answer as outputs. */
export interface PlannedPush {
    /** Stable: the name of the resource. */
    name: string;
    /** Name of the resource before an id was renamed in the settings; absent where none was. */
    formerName?: string;
    /** Whether the cloud is that of the last update: see preview/successor.ts. */
    isSame: boolean;
    controller: ControllerSettings;
    cloud: CloudSettings;
    references: Inputs<CloudReferences>;
    /** What must be in AWS, beside the references, before the cloud is tested and until its last agent has ended. */
    prerequisites: pulumi.Resource[];
    /** The request itself, once the references are plain values. */
    request: (references: CloudReferences) => PushRequest;
}

/**
 * Every push of a stack: each cloud to each of its controllers, in the order of the settings.
 *
 * @param agentProfiles the instance profiles that the stack makes for agents, by the role's id
 * @param budget made before the clouds, and deleted only after them
 * @param deployed the stack's outputs after its last update
 * @param same names of the pushes whose cloud is that of the last update
 */
export function plannedPushes(
    settings: StackSettings,
    access: Access,
    compute: Record<string, CloudCompute>,
    images: StackImages,
    agentProfiles: Record<string, AgentProfile>,
    budget: pulumi.Resource | undefined,
    deployed: DeployedControllers,
    same: ReadonlySet<string> = new Set(),
): PlannedPush[] {
    const formerNames = Object.fromEntries(
        Object.entries(renamedClouds(settings, deployed)).map(([formerName, { now }]) => [
            pushName(settings, now.controller, now.cloud),
            formerName,
        ]),
    );
    return Object.values(settings.clouds).flatMap((cloud) => {
        const { keyPair, securityGroup } = compute[cloud.id]!;
        const profiles = usedBy(cloud, agentProfiles);
        return cloud.controllers.map((id) => {
            const controller = settings.controllers[id]!;
            const name = pushName(settings, id, cloud.id);
            const formerName = formerNames[name];
            return {
                name,
                formerName,
                isSame: formerName !== undefined || same.has(name),
                controller,
                cloud,
                references: references(
                    settings,
                    access,
                    compute[cloud.id]!,
                    cloud,
                    id,
                    images[cloud.id]!,
                    profiles,
                    deployed,
                ),
                prerequisites: [
                    ...access.prerequisites(id),
                    ...(keyPair ? [keyPair] : []),
                    ...(securityGroup ? [securityGroup] : []),
                    ...Object.values(profiles).flatMap(({ rights }) => rights),
                    ...(budget ? [budget] : []),
                ],
                request: (known: CloudReferences) => pushRequest(settings, controller, cloud, known),
            };
        });
    });
}

function references(
    settings: StackSettings,
    access: Access,
    compute: CloudCompute,
    cloud: CloudSettings,
    controllerId: string,
    images: StackImages[string],
    agentProfiles: Record<string, AgentProfile>,
    deployed: DeployedControllers,
): PlannedPush["references"] {
    const credentials = access.credentials(controllerId, cloud.identity);
    return {
        owner: owner(settings),
        formerOwner: formerOwner(settings, deployed),
        organization: organization(),
        controller: controllerId,
        follows: cloudsBefore(settings, cloud, controllerId),
        accessKey: credentials.accessKey,
        roleArn: credentials.roleArn,
        hostProfile: baseOf(cloud.identity) === "instance-profile" ? access.instanceProfile : undefined,
        privateKey: compute.keyPair?.privateKey,
        securityGroupIds: groupsOfAllAgents(compute),
        templateSecurityGroupIds: compute.templateSecurityGroupIds,
        subnetIds: compute.subnetIds,
        imageIds: mapValues(images, ({ ami }) => ami),
        instanceProfileArns: { ...compute.instanceProfileArns, ...mapValues(agentProfiles, ({ arn }) => arn) },
        windowsPasswords: pulumi.secret(settings.secrets.windowsPasswords),
        tags: settings.tags,
        secretTexts: settings.secretTexts,
    };
}

/** Those of the stack's instance profiles that templates of the cloud name. */
function usedBy({ templates }: CloudSettings, profiles: Record<string, AgentProfile>) {
    const named = Object.values(templates).map(({ instanceProfile }) => instanceProfile);
    return Object.fromEntries(Object.entries(profiles).filter(([id]) => named.includes(id)));
}

/** The references as far as the settings have them; {@link UNKNOWN} stands for what AWS has yet to answer. */
export function referencesBeforeAws(
    settings: StackSettings,
    cloud: CloudSettings,
    controller: string,
    deployed: DeployedControllers,
): CloudReferences {
    const { identity, keyPair } = cloud;
    const keyed = baseOf(identity) === "access-key" && identity.credentialsId === undefined;
    const templates = Object.values(cloud.templates);
    const profiles = templates.flatMap(({ instanceProfile }) => instanceProfile ?? []);
    return {
        owner: owner(settings),
        formerOwner: formerOwner(settings, deployed),
        organization: organization(),
        controller,
        follows: cloudsBefore(settings, cloud, controller),
        accessKey: keyed ? UNKNOWN : undefined,
        roleArn: identity.mode === "role" ? (identity.roleArn ?? UNKNOWN) : undefined,
        privateKey: keyPair.credentialsId === undefined ? UNKNOWN : undefined,
        securityGroupIds: [
            ...(cloud.network.makeSecurityGroup ? [UNKNOWN] : []),
            ...cloud.network.securityGroups.map(idOrUnknown),
        ],
        templateSecurityGroupIds: mapValues(cloud.templates, ({ securityGroups }) => securityGroups.map(idOrUnknown)),
        subnetIds: mapValues(cloud.templates, ({ subnets }) => subnets?.map(idOrUnknown) ?? UNKNOWN),
        imageIds: mapValues(cloud.templates, ({ image }) => (image.kind === "id" ? image.id : UNKNOWN)),
        instanceProfileArns: Object.fromEntries(profiles.map((name) => [name, UNKNOWN])),
        windowsPasswords: mapValues(settings.secrets.windowsPasswords, () => UNKNOWN),
        tags: settings.tags,
        secretTexts: settings.secretTexts,
    };
}

const idOrUnknown = (which: AwsReference) => (typeof which === "string" ? which : UNKNOWN);

/** Names of the clouds that stand before one on a controller: the settings have them in order. */
function cloudsBefore({ clouds }: StackSettings, { id }: CloudSettings, controllerId: string): string[] {
    const there = Object.values(clouds).filter(({ controllers }) => controllers.includes(controllerId));
    return there
        .slice(
            0,
            there.findIndex((cloud) => cloud.id === id),
        )
        .map(({ name }) => name);
}

/** Stable: the name of the resource, from the ids of the controller and the cloud. */
export const pushName = (settings: StackSettings, controller: string, cloud: string) =>
    resourceName(settings, `${controller}-${cloud}`);

/** The stack's outputs after its last update, as far as pushes follow from them. */
export interface DeployedControllers {
    /** `PROJECT/STACK` by which its clouds are marked in Jenkins. */
    owner?: string;
    controllers?: Record<string, ControllerOutputs>;
}

/** The name that the stack had before `pulumi stack rename`, as `PROJECT/STACK`; undefined where it had none. */
export function formerOwner(settings: StackSettings, { owner: before }: DeployedControllers): string | undefined {
    return before === owner(settings) ? undefined : before;
}

/** Ids of a controller and of a cloud on it. */
interface Ids {
    controller: string;
    cloud: string;
}

/**
 * The clouds of the last update whose ids were renamed in the settings, by their former push's name: the same cloud by its name in
 * Jenkins, on the same controller by its URL. An alias then keeps its resource. Without it Pulumi would make a new cloud in place of the
 * old one, and then remove the old one.
 */
export function renamedClouds(
    settings: StackSettings,
    { controllers = {} }: DeployedControllers,
): Record<string, { before: Ids; now: Ids }> {
    const wanted = Object.values(settings.clouds).flatMap((cloud) =>
        cloud.controllers.map((id) => ({
            now: { controller: id, cloud: cloud.id },
            name: pushName(settings, id, cloud.id),
            place: JSON.stringify([settings.controllers[id]!.url, cloud.name]),
        })),
    );
    const names = (pushes: { name: string }[]) => new Set(pushes.map(({ name }) => name));
    const deployed = Object.entries(controllers).flatMap(([id, { url, clouds }]) =>
        Object.entries(clouds).map(([cloudId, { cloud }]) => ({
            before: { controller: id, cloud: cloudId },
            name: pushName(settings, id, cloudId),
            place: JSON.stringify([url, cloud]),
        })),
    );
    const isNew = ({ name }: { name: string }) => !names(deployed).has(name);
    const isGone = ({ name }: { name: string }) => !names(wanted).has(name);
    return Object.fromEntries(
        deployed.filter(isGone).flatMap(({ before, name, place }) => {
            const same = wanted.filter(isNew).find((one) => one.place === place);
            return same === undefined ? [] : [[name, { before, now: same.now }]];
        }),
    );
}

/** The organization of the stack's back end; undefined where it has none: the engine calls that `organization`. */
export function organization(): string | undefined {
    const name = pulumi.getOrganization();
    return name === "organization" ? undefined : name;
}

/** The request of one push, once what it refers to is there. */
export function pushRequest(
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
            smoke: smokeRun(settings, controller, cloud),
            hostProfile: known.hostProfile,
        },
        awsProfile: pulumi.runtime.allConfig()["aws:profile"],
    };
}

/** The agent that a push to a canary asks for, in the clouds that have the label. */
function smokeRun(
    { rollout }: StackSettings,
    { id }: ControllerSettings,
    { templates }: CloudSettings,
): ApplyPolicy["smoke"] {
    const { canary, smoke } = rollout;
    if (!smoke || !canary.includes(id)) return undefined;
    const offered = Object.values(templates).some(({ labels }) => labels.includes(smoke.label));
    return offered ? { label: smoke.label, onlineSeconds: smoke.seconds } : undefined;
}
