import * as aws from "../aws";
import * as pulumi from "@pulumi/pulumi";

/** Which VPC: exactly one has to match. */
export type VpcSelector = { id: string } | { tags: Record<string, string> } | { default: true };

/** Which subnets of a VPC: those named, or those that carry all the tags; only in these zones, if any are named. */
export type SubnetSelector = ({ ids: string[] } | { tags: Record<string, string> }) & { zones?: string[] };

/** The VPC's id. That none matches, or several do, is an error of the AWS provider, which says so. */
export function findVpc(selector: VpcSelector, opts: pulumi.InvokeOutputOptions): pulumi.Output<string> {
    if ("id" in selector) return pulumi.output(selector.id);
    return aws.ec2.getVpcOutput(selector, opts).id;
}

/** The subnets' ids, in an order that stays: AWS promises none, and another order would be a change of the template. */
export function findSubnets(
    selector: SubnetSelector,
    vpcId: pulumi.Input<string>,
    opts: pulumi.InvokeOutputOptions,
): pulumi.Output<string[]> {
    if ("ids" in selector && !selector.zones) return pulumi.output(selector.ids);
    const found = aws.ec2.getSubnetsOutput(
        {
            filters: [{ name: "vpc-id", values: [vpcId] }, ...subnetFilters(selector)],
            tags: "tags" in selector ? selector.tags : undefined,
        },
        opts,
    );
    return pulumi.all([found.ids, vpcId]).apply(([ids, vpc]) => {
        if (ids.length === 0) throw new Error(noSubnet(selector, vpc));
        return [...ids].sort();
    });
}

function subnetFilters(selector: SubnetSelector): { name: string; values: string[] }[] {
    return [
        ...("ids" in selector ? [{ name: "subnet-id", values: selector.ids }] : []),
        ...(selector.zones ? [{ name: "availability-zone", values: selector.zones }] : []),
    ];
}

function noSubnet(selector: SubnetSelector, vpc: string): string {
    const which = "ids" in selector ? selector.ids.join(", ") : `with the tags ${JSON.stringify(selector.tags)}`;
    const where = selector.zones ? ` in ${selector.zones.join(", ")}` : "";
    return `No subnet of ${vpc}${where} is among those asked for: ${which}. Correct network.subnets, or the template's zones.`;
}
