import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { UserError } from "../settings/problem";
import { lookUp, type Sought } from "../iam/lookUp";

/** Which VPC: exactly one has to match. */
export type VpcSelector = { id: string } | { tags: Record<string, string> } | { default: true };

/** Which subnets of a VPC: those named, or those that carry all the tags; only in these zones, if any are named. */
export type SubnetSelector = ({ ids: string[] } | { tags: Record<string, string> }) & { zones?: string[] };

/**
 * The VPC's id.
 *
 * @param setting path of the setting of the selector, for messages
 * @throws UserError where none matches, or several do
 */
export async function findVpc(selector: VpcSelector, setting: string, opts: pulumi.InvokeOptions): Promise<string> {
    if ("id" in selector) return selector.id;
    const isDefault = "default" in selector;
    const found = await lookUp(ec2.getVpc(selector, opts), {
        setting,
        value: isDefault ? "(the default VPC)" : JSON.stringify(selector.tags),
        none: isDefault ? "the region has no default VPC" : "not exactly one VPC of the region has these tags",
        fix: "name the VPC, { id: vpc-… }, or tags that exactly one has",
    });
    return found.id;
}

/**
 * The subnets' ids, in an order that stays: AWS promises none, and another order would be a change of the template.
 *
 * @param setting path of the setting of the selector, for messages
 * @throws UserError where there is none
 */
export async function findSubnets(
    selector: SubnetSelector,
    vpcId: string,
    setting: string,
    opts: pulumi.InvokeOptions,
): Promise<string[]> {
    if ("ids" in selector && !selector.zones) return selector.ids;
    const problem = noSubnet(selector, vpcId, setting);
    const query = {
        filters: [{ name: "vpc-id", values: [vpcId] }, ...subnetFilters(selector)],
        tags: "tags" in selector ? selector.tags : undefined,
    };
    const { ids } = await lookUp(ec2.getSubnets(query, opts), problem);
    if (ids.length === 0)
        throw new UserError([
            { code: "not-in-aws", path: setting, value: problem.value, message: problem.none, fix: problem.fix },
        ]);
    return [...ids].sort();
}

function subnetFilters(selector: SubnetSelector): { name: string; values: string[] }[] {
    return [
        ...("ids" in selector ? [{ name: "subnet-id", values: selector.ids }] : []),
        ...(selector.zones ? [{ name: "availability-zone", values: selector.zones }] : []),
    ];
}

function noSubnet(selector: SubnetSelector, vpc: string, setting: string): Sought {
    const { zones } = selector;
    const where = zones ? ` in ${zones.join(", ")}` : "";
    const which =
        "ids" in selector
            ? ` is one of ${selector.ids.join(", ")}`
            : Object.keys(selector.tags).length === 0
              ? ""
              : ` has the tags ${JSON.stringify(selector.tags)}`;
    return {
        setting,
        value: zones && JSON.stringify(zones),
        none: which === "" ? `${vpc} has no subnet${where}` : `no subnet of ${vpc}${where}${which}`,
        fix: "correct the template's zones, or network.subnets",
    };
}
