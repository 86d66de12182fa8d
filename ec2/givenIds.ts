import * as pulumi from "@pulumi/pulumi";
import * as ebs from "@pulumi/aws/ebs";
import * as ec2 from "@pulumi/aws/ec2";
import type { CloudSettings, StackSettings } from "../settings";
import { groupBy } from "../settings/collections";
import { awsReason } from "../settings/messages/awsAnswers";
import { showPaths, type Path } from "../settings/path";
import { UserError } from "../settings/problem";
import { warnUnchecked } from "../iam/lookUp";

type Kind = "VPC" | "subnet" | "security group" | "prefix list" | "snapshot";

/** One id that the settings give to EC2. */
interface GivenId {
    kind: Kind;
    id: string;
    region: string;
    path: Path;
    /** Id of the VPC that it has to be in; absent where any will do. */
    vpc?: string;
}

interface Question {
    /** Filter of EC2 by which ids are asked for. A filter answers with those that are there; a list of ids fails for one that is not. */
    filter: string;
    /** Command of the AWS CLI that lists what there is. */
    list: string;
    ask(
        query: { filters: { name: string; values: string[] }[] },
        opts: pulumi.InvokeOptions,
    ): Promise<{ ids: string[] }>;
}

const questions: Record<Kind, Question> = {
    VPC: { filter: "vpc-id", list: "describe-vpcs", ask: (query, opts) => ec2.getVpcs(query, opts) },
    subnet: { filter: "subnet-id", list: "describe-subnets", ask: (query, opts) => ec2.getSubnets(query, opts) },
    "security group": {
        filter: "group-id",
        list: "describe-security-groups",
        ask: (query, opts) => ec2.getSecurityGroups(query, opts),
    },
    snapshot: {
        filter: "snapshot-id",
        list: "describe-snapshots",
        ask: (query, opts) => ebs.getSnapshotIds(query, opts),
    },
    "prefix list": {
        filter: "prefix-list-id",
        list: "describe-managed-prefix-lists",
        ask: (query, opts) => ec2.getManagedPrefixLists(query, opts),
    },
};

/**
 * Asks EC2 for the ids of VPCs, subnets, security groups, prefix lists and snapshots that the settings give: one request for each kind
 * in each region, and in each VPC where they have to be in one. Images are asked for one by one, with what they are made for (`imageFit.ts`).
 *
 * @param vpcOf finds the VPC of a cloud; where that fails, the failure is told elsewhere
 * @throws UserError with every id that EC2 does not have. An id that EC2 refuses to look up is a warning
 */
export async function refuseMissingIds(
    settings: StackSettings,
    optionsIn: (region: string) => pulumi.InvokeOptions,
    vpcOf: (cloud: CloudSettings) => Promise<string>,
): Promise<void> {
    const clouds = Object.values(settings.clouds);
    const vpcs = await Promise.all(clouds.map((cloud) => vpcOf(cloud).catch(() => undefined)));
    const given = clouds.flatMap((cloud, index) => idsOf(cloud, vpcs[index]));
    const batches = [...groupBy(given, ({ kind, region, vpc }) => `${kind} ${region} ${vpc}`).values()];
    const missing = (await Promise.all(batches.map((batch) => missingOf(batch, settings, optionsIn)))).flat();
    // What is in a VPC that is not there is no mistake of its own.
    const first = missing.filter(({ vpc }) => !missing.some(({ id }) => id === vpc));
    if (first.length === 0) return;
    throw new UserError(
        [...groupBy(first, ({ id, region }) => `${region} ${id}`).values()].map((same) => {
            const [{ kind, id, region, vpc }] = same as [GivenId, ...GivenId[]];
            return {
                code: "not-in-aws",
                path: showPaths(same.map(({ path }) => path)),
                value: id,
                message: `EC2 has no such ${kind} in ${vpc === undefined ? "" : `${vpc}, `}${region}`,
                fix: `correct it; aws ec2 ${questions[kind].list} --region ${region} lists what there is`,
            };
        }),
    );
}

async function missingOf(
    batch: GivenId[],
    settings: StackSettings,
    optionsIn: (region: string) => pulumi.InvokeOptions,
): Promise<GivenId[]> {
    const [{ kind, region, vpc }] = batch as [GivenId, ...GivenId[]];
    const { filter, ask } = questions[kind];
    const values = [...new Set(batch.map(({ id }) => id))].sort();
    const filters = [{ name: filter, values }, ...(vpc === undefined ? [] : [{ name: "vpc-id", values: [vpc] }])];
    try {
        const { ids } = await ask({ filters }, optionsIn(region));
        return batch.filter(({ id }) => !ids.includes(id));
    } catch (error) {
        const paths = batch.map(({ path }) => path);
        await warnUnchecked(settings, paths, `whether each ${kind} is there is not checked`, awsReason(error));
        return [];
    }
}

/** @param vpc of the cloud */
function idsOf({ id: cloud, region, network, templates, explicit }: CloudSettings, vpc: string | undefined): GivenId[] {
    const inNetwork: Path = explicit.includes("network") ? ["clouds", cloud, "network"] : ["network"];
    const given = (kind: Kind, list: readonly unknown[] | undefined, path: Path, within?: string): GivenId[] =>
        (list ?? []).flatMap((id, position) =>
            typeof id === "string" ? [{ kind, id, region, path: [...path, position], vpc: within }] : [],
        );
    const { subnets, securityGroups, ingress } = network;
    // Without a group of the stack and without a named VPC, agents may be in any.
    const agentsVpc = network.makeSecurityGroup || network.vpc.id !== undefined ? vpc : undefined;
    return [
        ...(network.vpc.id === undefined
            ? []
            : [{ kind: "VPC" as const, id: network.vpc.id, region, path: [...inNetwork, "vpc", "id"] }]),
        ...given("subnet", subnets.ids, [...inNetwork, "subnets", "ids"], agentsVpc),
        ...given("security group", securityGroups, [...inNetwork, "securityGroups"], agentsVpc),
        // Those that are let in may be in a peered VPC.
        ...given("security group", ingress.securityGroups, [...inNetwork, "ingress", "securityGroups"]),
        ...given("prefix list", ingress.prefixLists, [...inNetwork, "ingress", "prefixLists"]),
        ...Object.values(templates).flatMap((template) => {
            const path: Path = ["clouds", cloud, "templates", template.key];
            const snapshots = template.blockDevices.map(({ snapshot }) => snapshot);
            return [
                ...given("subnet", template.subnets, [...path, "subnets"], agentsVpc),
                ...given("security group", template.securityGroups, [...path, "securityGroups"], agentsVpc),
                ...given("snapshot", snapshots, [...path, "blockDevices"]).map((each) => ({
                    ...each,
                    path: [...each.path, "snapshot"],
                })),
            ];
        }),
    ];
}
