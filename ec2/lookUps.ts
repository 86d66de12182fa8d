import { Region } from "@pulumi/aws/types/enums";
import * as pulumi from "@pulumi/pulumi";
import type { ImageOutputs } from "./images";
import type { CloudSettings, NetworkSettings, StackSettings, TemplateSettings } from "../settings";
import { mapValues } from "../settings/collections";
import { allOrProblems, UserError } from "../settings/problem";
import { suggestion } from "../settings/nearest";
import { showPath, type Path } from "../settings/path";
import type { AwsReference } from "../settings/schema/template";
import { refuseUnfitImages } from "./imageFit";
import { newestImage } from "./images";
import { findSubnetsAndGroups, type Use } from "./subnetsAndGroups";
import { refuseMissingIds } from "./givenIds";
import { findInstanceTypes, refuseUnknownTypes } from "./instanceTypes";
import { lookUpInIam, type IamLookUps } from "../iam/iamLookUps";
import { askedOnce, type Once } from "../iam/lookUp";
import { findSubnets, findVpc, type SubnetSelector, type VpcSelector } from "./network";
import { requirePrivateKey } from "./privateKey";
import type { RegionProviders } from "./providers";
import { imageSources } from "./stackImages";

/** What AWS has of what the settings ask for. */
export interface LookUps {
    /** By the cloud's id. */
    clouds: Record<string, CloudLookUps>;
    /** Images by the name of their pin, as they are published now. */
    newestImages: Record<string, string>;
    iam: IamLookUps;
}

export interface CloudLookUps {
    /** ARNs of the templates' instance profiles, by their names in the settings. */
    instanceProfileArns: Record<string, string>;
    vpcId: string;
    /** By template id. */
    subnetIds: Record<string, string[]>;
    /** The network's existing ones, which all agents are in. */
    securityGroupIds: string[];
    /** A template's own, by template id. */
    templateSecurityGroupIds: Record<string, string[]>;
    /** Those that may connect to the agents. */
    ingressGroupIds: string[];
}

type NetworkLookUps = Omit<CloudLookUps, "instanceProfileArns">;

/**
 * Asks AWS for all that has to be there already, before any resource is registered. As plain values, since an output that
 * fails would end each resource that waits for it with an error of its own.
 *
 * @param deployed the images of the last update, by `cloud/template`, of clouds that are still in the same region
 * @throws UserError with everything that is not there, by the settings that ask for it
 */
export async function lookUpInAws(
    settings: StackSettings,
    providers: RegionProviders,
    deployed: Promise<Record<string, ImageOutputs>>,
): Promise<LookUps> {
    checkRegions(settings);
    const options = (region: string): pulumi.InvokeOptions => providers.in(region);
    const images = byKey(imageSources(settings), ({ source, setting, region }) =>
        newestImage(source, setting, options(region)),
    );
    const once = mapValues(regionsOf(settings), askedOnce);
    const types = byKey(regionsOf(settings), (region) => findInstanceTypes(settings, region, options(region)));
    const [clouds, newest, iam] = await allOrProblems([
        byKey(settings.clouds, (cloud) => cloudLookUps(cloud, options(cloud.region), once[cloud.region]!)),
        images,
        lookUpInIam(settings, { parent: providers.parent }),
        refuseMissingIds(settings, options, (cloud) => vpcOf(cloud, options(cloud.region), once[cloud.region]!)),
        refuseUnknownTypes(settings, types),
        refuseUnfitImages(settings, { types, images, deployed }, options),
        checkPrivateKey(settings),
    ]).catch((error: unknown) => {
        throw error instanceof UserError ? withoutConsequences(error) : error;
    });
    return {
        clouds: mapValues(clouds, (cloud) => ({ ...cloud, instanceProfileArns: iam.profileArns })),
        newestImages: mapValues(newest, ({ id }) => id),
        iam,
    };
}

/** Of a VPC that is not there, only that is told: not that it has no subnets. */
function withoutConsequences({ problems }: UserError): UserError {
    const missing = problems.flatMap(({ value }) => (value?.startsWith("vpc-") ? [value] : []));
    return new UserError(problems.filter(({ message }) => !missing.some((vpc) => message.startsWith(vpc))));
}

/**
 * The provider knows the regions by a list of its own, and one that can't be configured would fail each resource for itself, some
 * of them without an end. `aws:skipRegionValidation` is for a region that is newer than the provider.
 */
function checkRegions({ clouds }: StackSettings): void {
    const known: string[] = Object.values(Region);
    if (pulumi.runtime.allConfig()["aws:skipRegionValidation"] === "true") return;
    const problems = Object.values(clouds)
        .filter(({ region }) => !known.includes(region))
        .map(({ id, region, explicit }) => ({
            code: "not-in-aws",
            path: explicit.includes("region") ? showPath(["clouds", id, "region"]) : "aws:region",
            value: region,
            message: `is no region that the AWS provider knows: ${suggestion(region, known)}`,
        }));
    if (problems.length > 0) throw new UserError(problems);
}

const regionsOf = ({ clouds }: StackSettings) =>
    Object.fromEntries(Object.values(clouds).map(({ region }) => [region, region]));

async function cloudLookUps(cloud: CloudSettings, opts: pulumi.InvokeOptions, once: Once): Promise<NetworkLookUps> {
    const vpcId = await vpcOf(cloud, opts, once);
    const [cloudSubnets, idsOf] = await allOrProblems([
        byKey(cloud.templates, async (template) => {
            if (template.subnets !== undefined) return [];
            const selector = subnetSelector(cloud, template);
            return once(["subnets", selector, vpcId], () =>
                findSubnets(selector, vpcId, subnetSetting(cloud, template), opts),
            );
        }),
        findSubnetsAndGroups(usesOf(cloud), vpcId, opts, once),
    ]);
    const { network, templates } = cloud;
    return {
        vpcId,
        subnetIds: mapValues(templates, ({ subnets }, id) =>
            subnets === undefined ? cloudSubnets[id]! : idsOf("subnet", subnets),
        ),
        securityGroupIds: idsOf("security group", network.securityGroups),
        templateSecurityGroupIds: mapValues(templates, ({ securityGroups }) => idsOf("security group", securityGroups)),
        ingressGroupIds: idsOf("security group", network.ingress.securityGroups),
    };
}

function vpcOf({ network }: CloudSettings, opts: pulumi.InvokeOptions, once: Once): Promise<string> {
    const vpc = vpcSelector(network);
    return once(["vpc", vpc], () => findVpc(vpc, "network.vpc", opts));
}

/** Every place of a cloud that names a subnet or a security group. */
function usesOf({ id, network, templates, explicit }: CloudSettings): Use[] {
    const inNetwork: Path = explicit.includes("network") ? ["clouds", id, "network"] : ["network"];
    const uses = (kind: Use["kind"], list: readonly AwsReference[] | undefined, path: Path): Use[] =>
        (list ?? []).map((which, position) => ({ kind, which, path: [...path, position] }));
    return [
        ...uses("security group", network.securityGroups, [...inNetwork, "securityGroups"]),
        ...uses("security group", network.ingress.securityGroups, [...inNetwork, "ingress", "securityGroups"]),
        ...Object.values(templates).flatMap(({ key, subnets, securityGroups }) => {
            const path: Path = ["clouds", id, "templates", key];
            return [
                ...uses("subnet", subnets, [...path, "subnets"]),
                ...uses("security group", securityGroups, [...path, "securityGroups"]),
            ];
        }),
    ];
}

function vpcSelector({ vpc }: NetworkSettings): VpcSelector {
    if (vpc.id !== undefined) return { id: vpc.id };
    return vpc.tags === undefined ? { default: true } : { tags: vpc.tags };
}

function subnetSelector({ network }: CloudSettings, { zones }: TemplateSettings): SubnetSelector {
    const { ids, tags = {} } = network.subnets;
    return ids === undefined ? { tags, zones } : { ids, zones };
}

const subnetSetting = (cloud: CloudSettings, { key, zones }: TemplateSettings) =>
    zones === undefined ? "network.subnets" : showPath(["clouds", cloud.id, "templates", key, "zones"]);

async function checkPrivateKey({ secrets }: StackSettings): Promise<void> {
    if (secrets.privateKey !== undefined) requirePrivateKey(secrets.privateKey, "secrets.privateKey");
}

/** The answers for all keys; or one error with the problems of all. */
async function byKey<V, W>(
    record: Record<string, V>,
    ask: (value: V, key: string) => Promise<W>,
): Promise<Record<string, W>> {
    const entries = Object.entries(record).map(async ([key, value]) => [key, await ask(value, key)] as const);
    return Object.fromEntries(await allOrProblems(entries));
}
