import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import { groupBy } from "../settings/collections";
import { allOrProblems, UserError } from "../settings/problem";
import { asYaml, type Path, showPaths } from "../settings/path";
import type { AwsReference } from "../settings/schema/template";
import { askedOnce, lookUp, type Once } from "../iam/lookUp";

export type Kind = "subnet" | "security group";

/** One place of the settings that names something of a VPC. */
export interface Use {
    kind: Kind;
    which: AwsReference;
    path: Path;
}

/** Ids of what a list of the settings names, in its order, each once. */
export type IdsOf = (kind: Kind, list: readonly AwsReference[]) => string[];

/**
 * Finds the subnets and security groups that the settings name by a name or by tags: one request for each of these, however many
 * templates name it.
 *
 * @param once for clouds of one region, which may ask the same
 * @throws UserError where none has the name or the tags, or several have the name, by the settings that name it
 */
export async function findSubnetsAndGroups(
    uses: Use[],
    vpcId: string,
    opts: pulumi.InvokeOptions,
    once: Once = askedOnce(),
): Promise<IdsOf> {
    const questions = [...groupBy(uses.filter(isSought), ({ kind, which }) => question(kind, which))];
    const answers = questions.map(
        async ([key, group]) => [key, await find(group as [SoughtUse, ...SoughtUse[]], vpcId, opts, once)] as const,
    );
    const found = new Map(await allOrProblems(answers));
    return (kind, list) => [
        ...new Set(list.flatMap((which) => (typeof which === "string" ? which : found.get(question(kind, which))!))),
    ];
}

type Sought = Exclude<AwsReference, string>;
type SoughtUse = Use & { which: Sought };

const isSought = (use: Use): use is SoughtUse => typeof use.which !== "string";

const question = (kind: Kind, which: Sought) => JSON.stringify([kind, which]);

async function find(
    uses: [SoughtUse, ...SoughtUse[]],
    vpcId: string,
    opts: pulumi.InvokeOptions,
    once: Once,
): Promise<string[]> {
    const [{ kind, which }] = uses;
    const path = showPaths(uses.map((use) => use.path));
    const value = asYaml(which);
    const byName = "name" in which;
    const none = `${vpcId} has no ${kind} with ${byName ? "this name" : "these tags"}`;
    const list = `aws ec2 describe-${kind.replace(" ", "-")}s --filters Name=vpc-id,Values=${vpcId} lists what there is`;
    const fix = `correct it; ${list}`;
    const answer = once([kind, which, vpcId], () => ask(kind, which, vpcId, opts));
    const ids = [...(await lookUp(answer, { setting: path, value, none, fix }))].sort();
    if (ids.length === 0) throw new UserError([{ code: "not-in-aws", path, value, message: none, fix }]);
    if (byName && ids.length > 1) {
        const message = `${ids.length} ${kind}s of ${vpcId} have this name: ${ids.join(", ")}`;
        throw new UserError([
            { code: "not-unique-in-aws", path, value, message, fix: "name the one that is meant by its id" },
        ]);
    }
    return ids;
}

async function ask(kind: Kind, which: Sought, vpcId: string, opts: pulumi.InvokeOptions): Promise<string[]> {
    const nameFilter = kind === "subnet" ? "tag:Name" : "group-name";
    const query = {
        filters: [
            { name: "vpc-id", values: [vpcId] },
            ...("name" in which ? [{ name: nameFilter, values: [literally(which.name)] }] : []),
        ],
        tags: "tags" in which ? which.tags : undefined,
    };
    const { ids } = await (kind === "subnet" ? ec2.getSubnets(query, opts) : ec2.getSecurityGroups(query, opts));
    return ids;
}

/** In EC2's filters `*` and `?` stand for others, unless a backslash is before them. */
const literally = (name: string) => name.replace(/[\\*?]/g, "\\$&");
