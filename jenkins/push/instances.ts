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
        agents.includes(id) || (name === "" ? templates.includes(templateIn(template)) : name === cloud.name);
    return found.filter(isOurs).map(({ id }) => id);
}

/**
 * Asks EC2 as the deployer: by the stack's `aws:profile` at its last update, else by this process's environment. Nothing else of the
 * stack's configuration `aws:` is known to a removal.
 *
 * @param agents ids of instances that are asked for whatever their tags
 * @throws what EC2 or the AWS SDK answers where this process may not ask
 */
export async function instancesAsDeployer(request: PushRequest, agents: readonly string[]): Promise<CloudInstance[]> {
    const { name, value } = controllerTag(request);
    const { awsProfile: profile, cloud } = request;
    const client = await ec2Client({ region: String(cloud.parameters.region), ...(profile ? { profile } : {}) });
    try {
        const ids = agents.filter((id) => id !== "");
        const found = await livingInstances(client, { Name: `tag:${name}`, Values: [value] }, ids);
        return found.map((each) => ({
            id: each.InstanceId ?? "",
            cloud: tagOf(each, "jenkins_cloud_name"),
            template: tagOf(each, TEMPLATE_TAG),
        }));
    } finally {
        client.destroy();
    }
}

/** The tag of the plugin: `demand_TEMPLATE` or `spot_TEMPLATE` (EC2Tag, SlaveTemplate.updateRemoteTags). */
export const TEMPLATE_TAG = "jenkins_slave_type";
/** The description of the template in the value of that tag. */
export const templateIn = (value: string) => value.replace(/^(demand|spot)_/, "");

/** The value of a tag; empty without it. */
export const tagOf = ({ Tags = [] }: Ec2Instance, key: string) => Tags.find(({ Key }) => Key === key)?.Value ?? "";

/** More values than this EC2 takes in no filter. */
const VALUES = 200;

/** The instances that have not ended: those with a tag, then those of the ids that lack it. */
export async function livingInstances(client: EC2Client, tag: Filter, ids: readonly string[]): Promise<Ec2Instance[]> {
    const tagged = await livingBy(client, tag);
    const others = ids.filter((id) => !tagged.some(({ InstanceId }) => InstanceId === id));
    const batches = Array.from({ length: Math.ceil(others.length / VALUES) }, (_, index) =>
        others.slice(index * VALUES, (index + 1) * VALUES),
    );
    const named = await Promise.all(batches.map((Values) => livingBy(client, { Name: "instance-id", Values })));
    return [...tagged, ...named.flat()];
}

async function livingBy(client: EC2Client, filter: Filter): Promise<Ec2Instance[]> {
    const { paginateDescribeInstances } = await import("@aws-sdk/client-ec2");
    const alive = { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] };
    const found: Ec2Instance[] = [];
    for await (const page of paginateDescribeInstances({ client }, { Filters: [filter, alive] })) {
        found.push(...(page.Reservations ?? []).flatMap(({ Instances }) => Instances ?? []));
    }
    return found;
}
