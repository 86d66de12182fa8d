import type { Instance as Ec2Instance } from "@aws-sdk/client-ec2";
import { configuredLogin, ec2Client } from "../../iam/clients";
import { livingInstances } from "../../jenkins/push/instances";
import { agentTag } from "../../settings/naming";
import type { StackConfiguration } from "../stackSettings";

/** An instance as EC2 has it. */
export interface Instance {
    id: string;
    region: string;
    type: string;
    state: "pending" | "running" | "stopping" | "stopped";
    /** When it was started last, as ISO 8601 in UTC. */
    launched: string;
    spot: boolean;
    /** Empty where it was not asked for by a Spot request. */
    spotRequestId: string;
    /** `PROJECT/STACK/CONTROLLER`; empty without the tag. */
    controller: string;
    /** Description of the template that it was launched for; empty without the plugin's tag. */
    template: string;
}

/** What one region answered. */
export interface RegionAnswer {
    region: string;
    instances: Instance[];
    /** Why it could not be asked; what is known then is nothing. */
    problem?: string;
}

/** Which instances: by the stack's tag, and those that agents have, whatever their tags. */
export interface Wanted {
    /** `PROJECT/STACK` of each component. */
    owners: string[];
    instanceIds: string[];
}

/** The tag of the plugin: `demand_TEMPLATE` or `spot_TEMPLATE` (EC2Tag, SlaveTemplate.updateRemoteTags). */
const PLUGIN_TAG = "jenkins_slave_type";
/** More values than this EC2 takes in no filter. */
const VALUES = 200;

/** The instances of the stack in each region that have not ended; each region for itself. */
export function findInstances(
    regions: readonly string[],
    wanted: Wanted,
    configuration: StackConfiguration,
): Promise<RegionAnswer[]> {
    return Promise.all(
        regions.map(async (region) => {
            try {
                return { region, instances: await inRegion(region, wanted, configuration) };
            } catch (error) {
                return { region, instances: [], problem: reason(error) };
            }
        }),
    );
}

async function inRegion(region: string, wanted: Wanted, configuration: StackConfiguration): Promise<Instance[]> {
    const client = await ec2Client({ ...configuredLogin(configuration), region });
    try {
        const tagged = await livingInstances(client, [
            { Name: `tag:${agentTag}`, Values: wanted.owners.map((owner) => `${owner}/*`) },
        ]);
        const others = wanted.instanceIds.filter((id) => !tagged.some(({ InstanceId }) => InstanceId === id));
        const batches = Array.from({ length: Math.ceil(others.length / VALUES) }, (_, index) =>
            others.slice(index * VALUES, (index + 1) * VALUES),
        );
        const named = await Promise.all(
            batches.map((ids) => livingInstances(client, [{ Name: "instance-id", Values: ids }])),
        );
        return [...tagged, ...named.flat()].map((each) => instance(region, each));
    } finally {
        client.destroy();
    }
}

function instance(region: string, found: Ec2Instance): Instance {
    const tag = (key: string) => found.Tags?.find(({ Key }) => Key === key)?.Value ?? "";
    return {
        id: found.InstanceId ?? "",
        region,
        type: found.InstanceType ?? "",
        state: (found.State?.Name ?? "running") as Instance["state"],
        launched: (found.LaunchTime ?? new Date(0)).toISOString(),
        spot: found.InstanceLifecycle === "spot",
        spotRequestId: found.SpotInstanceRequestId ?? "",
        controller: tag(agentTag),
        template: tag(PLUGIN_TAG).replace(/^(demand|spot)_/, ""),
    };
}

/**
 * Ends instances of one region.
 *
 * @throws where EC2 refuses: then none of them is ended
 */
export async function endInstances(region: string, ids: string[], configuration: StackConfiguration): Promise<void> {
    const { TerminateInstancesCommand } = await import("@aws-sdk/client-ec2");
    const client = await ec2Client({ ...configuredLogin(configuration), region });
    try {
        await client.send(new TerminateInstancesCommand({ InstanceIds: ids }));
    } catch (error) {
        throw new Error(reason(error), { cause: error });
    } finally {
        client.destroy();
    }
}

/** The name of an error of the SDK tells what its text sometimes does not. */
function reason(error: unknown): string {
    if (!(error instanceof Error)) return String(error);
    return error.name === "Error" || error.message.includes(error.name)
        ? error.message
        : `${error.name}: ${error.message}`;
}
