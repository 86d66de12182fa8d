import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import type { StackSettings } from "../settings";
import { groupBy } from "../settings/collections";
import { UserError } from "../settings/problem";
import { nearestOf } from "../settings/nearest";
import { showPaths, type Path } from "../settings/path";
import { warnUnchecked } from "../iam/lookUp";
import { awsReason } from "../settings/messages/awsAnswers";

/** What EC2 in one region reports of the instance types that the settings use there. */
export interface InstanceTypes {
    /** Those that it has not. */
    unknown: string[];
    /** Names that it has for each of them, nearest first. */
    near: Record<string, string[]>;
    /** Those with ARM processors: they start images of `arm64`, and all others none. */
    arm: Set<string>;
}

/**
 * Asks EC2 in a region for the instance types in use: two requests, whatever their number, and a third for the names there are where
 * one is not known.
 *
 * @returns undefined where EC2 does not answer: then nothing is known of them, which is a warning
 */
export async function findInstanceTypes(
    settings: StackSettings,
    region: string,
    opts: pulumi.InvokeOptions,
): Promise<InstanceTypes | undefined> {
    const used = typesIn(settings, region);
    const inUse = { name: "instance-type", values: [...used.keys()].sort() };
    const armOnly = { name: "processor-info.supported-architecture", values: ["arm64"] };
    try {
        // One after the other: a provider that logs what EC2 refuses does so once.
        const known = await ask([inUse], opts);
        const arm = await ask([inUse, armOnly], opts);
        const unknown = inUse.values.filter((name) => !known.includes(name));
        const all = unknown.length === 0 ? [] : await ask([], opts);
        const near = Object.fromEntries(unknown.map((name) => [name, nearestOf(name, all, 3)]));
        return { unknown, near, arm: new Set(arm) };
    } catch (error) {
        await warnUnchecked(
            settings,
            [...used.values()].flat(),
            "the instance types are not checked",
            awsReason(error),
        );
        return undefined;
    }
}

/** @throws UserError with every instance type that EC2 does not know in the cloud's region */
export async function refuseUnknownTypes(
    settings: StackSettings,
    found: Promise<Record<string, InstanceTypes | undefined>>,
): Promise<void> {
    const problems = Object.entries(await found).flatMap(([region, types]) =>
        (types?.unknown ?? []).map((name) => {
            const near = types?.near[name] ?? [];
            return {
                code: "not-in-aws",
                path: showPaths(typesIn(settings, region).get(name)!),
                value: name,
                message: `EC2 has no such instance type in ${region}${near.length > 0 ? `; near to it: ${near.join(", ")}` : ""}`,
                fix: "correct it; aws ec2 describe-instance-type-offerings lists what a region has",
            };
        }),
    );
    if (problems.length > 0) throw new UserError(problems);
}

/** The settings that name each of a region's instance types. */
function typesIn({ clouds }: StackSettings, region: string): Map<string, Path[]> {
    const uses = Object.values(clouds)
        .filter((cloud) => cloud.region === region)
        .flatMap((cloud) =>
            Object.values(cloud.templates).map(({ key, instanceType }) => ({
                instanceType,
                path: ["clouds", cloud.id, "templates", key, "instanceType"],
            })),
        );
    const groups = groupBy(uses, ({ instanceType }) => instanceType);
    return new Map([...groups].map(([name, group]) => [name, group.map(({ path }) => path)]));
}

async function ask(filters: { name: string; values: string[] }[], opts: pulumi.InvokeOptions): Promise<string[]> {
    const { instanceTypes } = await ec2.getInstanceTypes({ filters }, opts);
    return instanceTypes;
}
