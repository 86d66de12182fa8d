import type { Instance as Ec2Instance } from "@aws-sdk/client-ec2";
import { configuredLogin, ec2Client } from "../../iam/clients";
import { livingInstances, tagOf, TEMPLATE_TAG, templateIn } from "../../jenkins/push/instances";
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
        const ours = { Name: `tag:${agentTag}`, Values: wanted.owners.map((owner) => `${owner}/*`) };
        const found = await livingInstances(client, ours, wanted.instanceIds);
        return found.map((each) => instance(region, each));
    } finally {
        client.destroy();
    }
}

function instance(region: string, found: Ec2Instance): Instance {
    return {
        id: found.InstanceId ?? "",
        region,
        type: found.InstanceType ?? "",
        state: (found.State?.Name ?? "running") as Instance["state"],
        launched: (found.LaunchTime ?? new Date(0)).toISOString(),
        spot: found.InstanceLifecycle === "spot",
        spotRequestId: found.SpotInstanceRequestId ?? "",
        controller: tagOf(found, agentTag),
        template: templateIn(tagOf(found, TEMPLATE_TAG)),
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
