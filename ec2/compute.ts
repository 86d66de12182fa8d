import * as aws from "../aws";
import * as pulumi from "@pulumi/pulumi";
import type { CloudSettings, NetworkSettings, StackSettings, TemplateSettings } from "../settings";
import { mapValues } from "../settings/mapValues";
import { KeyPair } from "./keyPair";
import { findSubnets, findVpc, type SubnetSelector, type VpcSelector } from "./network";
import { agentPorts, type Connection } from "./ports";
import { RegionProviders } from "./providers";
import { SecurityGroup, type Peers } from "./securityGroup";

/** What a cloud's templates refer to in AWS. */
export interface CloudCompute {
    region: string;
    vpcId: pulumi.Output<string>;
    keyPair: KeyPair;
    securityGroup: SecurityGroup;
    /** By template id. */
    subnetIds: Record<string, pulumi.Output<string[]>>;
    /** ARNs of the templates' instance profiles, by what the settings say. */
    instanceProfileArns: Record<string, pulumi.Output<string>>;
    /** For further look-ups in the cloud's region. */
    options: pulumi.InvokeOutputOptions;
}

/** The EC2 side of each cloud: a key pair for each region, a security group for each cloud, and where its subnets are. */
export function stackCompute(settings: StackSettings, home: string | undefined): Record<string, CloudCompute> {
    const providers = new RegionProviders(home);
    const keyPairs = new Map<string, KeyPair>();
    return mapValues(settings.clouds, (cloud) => {
        const provider = providers.in(cloud.region);
        const keyPair = keyPairs.get(cloud.region) ?? regionKeyPair(settings, cloud.region, { provider });
        keyPairs.set(cloud.region, keyPair);
        const vpcId = findVpc(vpcSelector(cloud.network), { provider });
        return {
            region: cloud.region,
            vpcId,
            keyPair,
            securityGroup: cloudSecurityGroup(settings, cloud, vpcId, { provider }),
            subnetIds: subnetIds(cloud, vpcId, { provider }),
            instanceProfileArns: instanceProfileArns(cloud, { provider }),
            options: { provider },
        };
    });
}

function regionKeyPair(settings: StackSettings, region: string, opts: pulumi.ComponentResourceOptions): KeyPair {
    const { privateKey } = settings.secrets;
    return new KeyPair(
        `agents-${region}`,
        {
            keyName: settings.name,
            setting: `${settings.project}:name`,
            bits: settings.keyPair.bits,
            brought: privateKey
                ? {
                      privateKey: pulumi.secret(privateKey),
                      setting: `${settings.project}:secrets.privateKey`,
                      publicKey: settings.keyPair.publicKey,
                  }
                : undefined,
            tags: settings.tags,
        },
        opts,
    );
}

function cloudSecurityGroup(
    settings: StackSettings,
    cloud: CloudSettings,
    vpcId: pulumi.Output<string>,
    opts: pulumi.ComponentResourceOptions,
): SecurityGroup {
    return new SecurityGroup(
        cloud.id,
        {
            groupName: `${settings.name}-${cloud.id}`,
            setting: `${settings.project}:name`,
            vpcId,
            ingress: ingress(settings, cloud),
            // The settings have checked what is open to the world, and warned of it.
            allowAnywhere: true,
            ports: agentPorts(Object.values(cloud.templates).map(connection)),
            egress: { cidrs: cloud.network.egress },
            tags: settings.tags,
        },
        opts,
    );
}

/** The cloud's controllers by their addresses, and whom the network lets in beside them. */
function ingress({ controllers }: StackSettings, cloud: CloudSettings): Peers {
    const { cidrs, prefixLists, securityGroups } = cloud.network.ingress;
    const addresses = cloud.controllers.flatMap((id) => controllers[id]?.addresses ?? []);
    return { cidrs: [...cidrs, ...addresses], prefixLists, groups: securityGroups };
}

function connection({ platform, ssh, winrm }: TemplateSettings): Connection {
    return platform === "windows" ? { kind: "winrm", https: winrm.https } : { kind: "ssh", port: ssh.port };
}

function vpcSelector({ vpc }: NetworkSettings): VpcSelector {
    if (vpc.id !== undefined) return { id: vpc.id };
    return vpc.tags === undefined ? { default: true } : { tags: vpc.tags };
}

/** Templates that ask for the same subnets share one look-up. */
function subnetIds(
    cloud: CloudSettings,
    vpcId: pulumi.Output<string>,
    opts: pulumi.InvokeOutputOptions,
): CloudCompute["subnetIds"] {
    const found = new Map<string, pulumi.Output<string[]>>();
    return mapValues(cloud.templates, (template) => {
        const selector = subnetSelector(cloud, template);
        const key = JSON.stringify(selector);
        const ids = found.get(key) ?? findSubnets(selector, vpcId, opts);
        found.set(key, ids);
        return ids;
    });
}

function subnetSelector({ network }: CloudSettings, { subnets, zones }: TemplateSettings): SubnetSelector {
    if (subnets !== undefined) return { ids: subnets };
    const { ids, tags = {} } = network.subnets;
    return ids === undefined ? { tags, zones } : { ids, zones };
}

/** The plugin takes ARNs only, people know names. */
function instanceProfileArns(
    { templates }: CloudSettings,
    opts: pulumi.InvokeOutputOptions,
): CloudCompute["instanceProfileArns"] {
    const named = new Set(Object.values(templates).flatMap(({ instanceProfile }) => instanceProfile ?? []));
    return Object.fromEntries(
        [...named]
            .filter((name) => !name.startsWith("arn:"))
            .map((name) => [name, aws.iam.getInstanceProfileOutput({ name }, opts).arn]),
    );
}
