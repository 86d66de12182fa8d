import type { EC2Client, Instance as Ec2Instance } from "@aws-sdk/client-ec2";
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
/** Milliseconds. A region that does not answer in time is one that could not be asked. */
const timeouts = { connectionTimeout: 5_000, requestTimeout: 20_000 };

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
    const client = await clientOf(region, configuration);
    try {
        const tagged = await described(client, [
            { Name: `tag:${agentTag}`, Values: wanted.owners.map((owner) => `${owner}/*`) },
        ]);
        const others = wanted.instanceIds.filter((id) => !tagged.some(({ InstanceId }) => InstanceId === id));
        const batches = Array.from({ length: Math.ceil(others.length / VALUES) }, (_, index) =>
            others.slice(index * VALUES, (index + 1) * VALUES),
        );
        const named = await Promise.all(
            batches.map((ids) => described(client, [{ Name: "instance-id", Values: ids }])),
        );
        return [...tagged, ...named.flat()].map((each) => instance(region, each));
    } finally {
        client.destroy();
    }
}

async function described(client: EC2Client, filters: { Name: string; Values: string[] }[]): Promise<Ec2Instance[]> {
    const { paginateDescribeInstances } = await import("@aws-sdk/client-ec2");
    const alive = { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] };
    const found: Ec2Instance[] = [];
    for await (const page of paginateDescribeInstances({ client }, { Filters: [...filters, alive] })) {
        found.push(...(page.Reservations ?? []).flatMap(({ Instances }) => Instances ?? []));
    }
    return found;
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
    const client = await clientOf(region, configuration);
    try {
        await client.send(new TerminateInstancesCommand({ InstanceIds: ids }));
    } catch (error) {
        throw new Error(reason(error), { cause: error });
    } finally {
        client.destroy();
    }
}

/** A client with the login of the AWS provider: that of the stack's configuration (`aws:`), else that of the shell. */
async function clientOf(region: string, configuration: StackConfiguration): Promise<EC2Client> {
    const said = (key: string) => configuration[`aws:${key}`];
    const unsupported = ["assumeRoles", "assumeRole", "assumeRoleWithWebIdentity"].find(
        (key) => said(key) !== undefined,
    );
    if (unsupported !== undefined) {
        throw new Error(
            `the stack's aws:${unsupported} is not followed here: a profile that assumes the role, named by aws:profile, is`,
        );
    }
    // Without this, each command prints the SDK's notice on the Node releases that it will support next year.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
    const { EC2Client } = await import("@aws-sdk/client-ec2");
    const profile = said("profile");
    const accessKeyId = said("accessKey");
    const secretAccessKey = said("secretKey");
    const hasKey = accessKeyId !== undefined && secretAccessKey !== undefined;
    return new EC2Client({
        region,
        maxAttempts: 3,
        requestHandler: timeouts,
        ...(profile === undefined ? {} : { profile }),
        ...(hasKey ? { credentials: { accessKeyId, secretAccessKey, sessionToken: said("token") } } : {}),
    });
}

/** The name of an error of the SDK says what its text sometimes does not. */
function reason(error: unknown): string {
    if (!(error instanceof Error)) return String(error);
    return error.name === "Error" || error.message.includes(error.name)
        ? error.message
        : `${error.name}: ${error.message}`;
}
