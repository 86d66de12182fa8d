import * as pulumi from "@pulumi/pulumi";
import { resourceName, settingName, withOwnTag } from "../settings/naming";
import type { CloudSettings, StackSettings, TemplateSettings } from "../settings";
import { mapValues } from "../settings/collections";
import { KeyPair } from "./keyPair";
import type { CloudLookUps } from "./lookUps";
import { agentPorts, type Connection, type Peers, SecurityGroup } from "./securityGroup";
import type { RegionProviders } from "./providers";

/** What a cloud's templates refer to in AWS. */
export interface CloudCompute extends CloudLookUps {
    region: string;
    /** Absent where the cloud has its key from credentials in Jenkins that somebody else made. */
    keyPair?: KeyPair;
    /** Absent where the settings want none made. */
    securityGroup?: SecurityGroup;
}

/**
 * The EC2 side of each cloud: a key pair for each region that needs one, a security group for each cloud, and what was looked up for it.
 *
 * @param deployed the stack's outputs after its last update
 */
export function stackCompute(
    settings: StackSettings,
    lookUps: Record<string, CloudLookUps>,
    providers: RegionProviders,
    deployed: { clouds?: Record<string, { securityGroupId: string }> },
): Record<string, CloudCompute> {
    const keyPairs = new Map<string, KeyPair>();
    const keyPairIn = (region: string): KeyPair => {
        const keyPair = keyPairs.get(region) ?? regionKeyPair(settings, region, providers.in(region));
        keyPairs.set(region, keyPair);
        return keyPair;
    };
    return mapValues(settings.clouds, (cloud) => {
        const found = lookUps[cloud.id]!;
        return {
            ...found,
            region: cloud.region,
            keyPair: cloud.keyPair.credentialsId === undefined ? keyPairIn(cloud.region) : undefined,
            securityGroup: cloud.network.makeSecurityGroup
                ? cloudSecurityGroup(
                      settings,
                      cloud,
                      found,
                      deployed.clouds?.[cloud.id]?.securityGroupId,
                      providers.in(cloud.region),
                  )
                : undefined,
        };
    });
}

/** The security groups that every agent of a cloud is in: the one that is made, first, and the network's. */
export function groupsOfAllAgents({ securityGroup, securityGroupIds }: CloudCompute): pulumi.Input<string>[] {
    return [...(securityGroup ? [securityGroup.groupId] : []), ...securityGroupIds];
}

function regionKeyPair(settings: StackSettings, region: string, opts: pulumi.ComponentResourceOptions): KeyPair {
    const { privateKey } = settings.secrets;
    return new KeyPair(
        resourceName(settings, `agents-${region}`),
        {
            keyName: settings.name,
            setting: settingName(settings, "name"),
            bits: settings.keyPair.bits,
            brought: privateKey
                ? {
                      privateKey: pulumi.secret(privateKey),
                      setting: settingName(settings, "secrets.privateKey"),
                      publicKey: settings.keyPair.publicKey,
                  }
                : undefined,
            tags: withOwnTag(settings),
        },
        opts,
    );
}

function cloudSecurityGroup(
    settings: StackSettings,
    cloud: CloudSettings,
    found: CloudLookUps,
    deployedId: string | undefined,
    opts: pulumi.ComponentResourceOptions,
): SecurityGroup {
    return new SecurityGroup(
        resourceName(settings, cloud.id),
        {
            groupName: `${settings.name}-${cloud.id}`,
            setting: settingName(settings, "name"),
            vpcId: found.vpcId,
            deployedId,
            ingress: ingress(settings, cloud, found.ingressGroupIds),
            // The settings have checked what is open to the world, and warned of it.
            allowAnywhere: true,
            ports: agentPorts(Object.values(cloud.templates).map(connection)),
            egress: { cidrs: cloud.network.egress },
            tags: withOwnTag(settings),
        },
        opts,
    );
}

/** The cloud's controllers by their addresses, and whom the network lets in beside them. */
function ingress({ controllers }: StackSettings, cloud: CloudSettings, groups: string[]): Peers {
    const { cidrs, prefixLists } = cloud.network.ingress;
    const addresses = cloud.controllers.flatMap((id) => controllers[id]?.addresses ?? []);
    return { cidrs: [...cidrs, ...addresses], prefixLists, groups };
}

function connection({ platform, ssh, winrm }: TemplateSettings): Connection {
    return platform === "windows" ? { kind: "winrm", https: winrm.https } : { kind: "ssh", port: ssh.port };
}
