import type { EC2Client, Filter, Instance as Ec2Instance } from "@aws-sdk/client-ec2";
import { ec2Client } from "../../iam/clients";
import { agentTag } from "../../settings/naming";
import type { PushRequest } from "./request";

/** An instance that has not ended, by the tags that the plugin gives it. */
export interface CloudInstance {
    id: string;
    /** `jenkins_cloud_name`, which the plugin sets from ec2 2007 on; else empty. */
    cloud: string;
    /** `jenkins_slave_type`: `demand_TEMPLATE` or `spot_TEMPLATE`. */
    template: string;
}

/** The tag of the instances that a controller starts for this stack. */
export const controllerTag = ({ owner, controller }: PushRequest) => ({
    name: agentTag,
    value: `${owner}/${controller.id}`,
});

/** Which of a controller's instances are the cloud's. Two clouds of a controller give their instances the same tag of the stack. */
export function ofCloud({ cloud }: PushRequest, found: CloudInstance[], agents: readonly string[]): string[] {
    const templates = cloud.templates.map(({ parameters }) => String(parameters.description));
    const isOurs = ({ id, cloud: name, template }: CloudInstance) =>
        agents.includes(id) ||
        (name === "" ? templates.includes(template.replace(/^(demand|spot)_/, "")) : name === cloud.name);
    return found.filter(isOurs).map(({ id }) => id);
}

/**
 * Asks EC2 as this process is logged in to AWS: by its environment and AWS's own files, not by the stack's configuration `aws:`, which a
 * removal does not know.
 *
 * @param agents ids of instances that are asked for whatever their tags
 * @throws what EC2 or the AWS SDK answers where this process may not ask
 */
export async function instancesAsDeployer(request: PushRequest, agents: readonly string[]): Promise<CloudInstance[]> {
    const { name, value } = controllerTag(request);
    const client = await ec2Client({ region: String(request.cloud.parameters.region) });
    try {
        const tagged = await livingInstances(client, [{ Name: `tag:${name}`, Values: [value] }]);
        const ids = agents.filter((id) => id !== "");
        const named = ids.length === 0 ? [] : await livingInstances(client, [{ Name: "instance-id", Values: ids }]);
        return [...tagged, ...named].map(({ InstanceId = "", Tags = [] }) => {
            const tag = (key: string) => Tags.find(({ Key }) => Key === key)?.Value ?? "";
            return { id: InstanceId, cloud: tag("jenkins_cloud_name"), template: tag("jenkins_slave_type") };
        });
    } finally {
        client.destroy();
    }
}

/** The instances that have not ended. */
export async function livingInstances(client: EC2Client, filters: Filter[]): Promise<Ec2Instance[]> {
    const { paginateDescribeInstances } = await import("@aws-sdk/client-ec2");
    const alive = { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] };
    const found: Ec2Instance[] = [];
    for await (const page of paginateDescribeInstances({ client }, { Filters: [...filters, alive] })) {
        found.push(...(page.Reservations ?? []).flatMap(({ Instances }) => Instances ?? []));
    }
    return found;
}
