import * as pulumi from "@pulumi/pulumi";
import * as ec2 from "@pulumi/aws/ec2";
import type { CloudSettings, StackSettings } from "../settings";
import { groupBy } from "../settings/collections";
import { awsReason } from "../settings/messages/awsAnswers";
import { showPaths, type Path } from "../settings/path";
import { UserError } from "../settings/problem";
import { warnUnchecked } from "../iam/lookUp";

type Kind = "VPC" | "subnet" | "security group" | "prefix list";

/** One id that the settings give to EC2. */
interface GivenId {
    kind: Kind;
    id: string;
    region: string;
    path: Path;
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
    "prefix list": {
        filter: "prefix-list-id",
        list: "describe-managed-prefix-lists",
        ask: (query, opts) => ec2.getManagedPrefixLists(query, opts),
    },
};

/**
 * Asks EC2 for the ids of VPCs, subnets, security groups and prefix lists that the settings give: one request for each kind in each
 * region. Images are asked for one by one, with what they are made for (`imageFit.ts`).
 *
 * @throws UserError with every id that EC2 does not have. An id that EC2 refuses to look up is a warning
 */
export async function refuseMissingIds(
    settings: StackSettings,
    optionsIn: (region: string) => pulumi.InvokeOptions,
): Promise<void> {
    const batches = [...groupBy(givenIds(settings), ({ kind, region }) => `${kind} ${region}`).values()];
    const missing = (await Promise.all(batches.map((batch) => missingOf(batch, settings, optionsIn)))).flat();
    if (missing.length === 0) return;
    throw new UserError(
        [...groupBy(missing, ({ id, region }) => `${region} ${id}`).values()].map((same) => {
            const [{ kind, id, region }] = same as [GivenId, ...GivenId[]];
            return {
                code: "not-in-aws",
                path: showPaths(same.map(({ path }) => path)),
                value: id,
                message: `EC2 has no such ${kind} in ${region}`,
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
    const [{ kind, region }] = batch as [GivenId, ...GivenId[]];
    const { filter, ask } = questions[kind];
    const values = [...new Set(batch.map(({ id }) => id))].sort();
    try {
        const { ids } = await ask({ filters: [{ name: filter, values }] }, optionsIn(region));
        return batch.filter(({ id }) => !ids.includes(id));
    } catch (error) {
        const paths = batch.map(({ path }) => path);
        await warnUnchecked(settings, paths, `whether each ${kind} is there is not checked`, awsReason(error));
        return [];
    }
}

function givenIds({ clouds }: StackSettings): GivenId[] {
    return Object.values(clouds).flatMap((cloud) => idsOf(cloud));
}

function idsOf({ id: cloud, region, network, templates, explicit }: CloudSettings): GivenId[] {
    const inNetwork: Path = explicit.includes("network") ? ["clouds", cloud, "network"] : ["network"];
    const given = (kind: Kind, list: readonly unknown[] | undefined, path: Path): GivenId[] =>
        (list ?? []).flatMap((id, position) =>
            typeof id === "string" ? [{ kind, id, region, path: [...path, position] }] : [],
        );
    const { vpc, subnets, securityGroups, ingress } = network;
    return [
        ...(vpc.id === undefined
            ? []
            : [{ kind: "VPC" as const, id: vpc.id, region, path: [...inNetwork, "vpc", "id"] }]),
        ...given("subnet", subnets.ids, [...inNetwork, "subnets", "ids"]),
        ...given("security group", securityGroups, [...inNetwork, "securityGroups"]),
        ...given("security group", ingress.securityGroups, [...inNetwork, "ingress", "securityGroups"]),
        ...given("prefix list", ingress.prefixLists, [...inNetwork, "ingress", "prefixLists"]),
        ...Object.values(templates).flatMap((template) => {
            const path: Path = ["clouds", cloud, "templates", template.key];
            return [
                ...given("subnet", template.subnets, [...path, "subnets"]),
                ...given("security group", template.securityGroups, [...path, "securityGroups"]),
            ];
        }),
    ];
}
