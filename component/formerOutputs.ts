import * as pulumi from "@pulumi/pulumi";
import type { ImageOutputs } from "../ec2/images";
import type { StackSettings } from "../settings";
import type { StackOutputs } from "./outputs";
import { readState } from "../settings/read/stateReads";

/**
 * The stack's outputs after its last update; none before its first. It reads them as a stack reads another's outputs (Pulumi:
 * `StackReference`), but its own, and without a resource. A component's are below the output of its name.
 */
export async function deployedOutputs({ component }: StackSettings): Promise<Partial<StackOutputs>> {
    const outputs = await allOutputs();
    return component === undefined ? outputs : (outputs[component] ?? {});
}

/** Whether the stack has outputs of an earlier update, of whatever is in it. */
export async function isDeployed(): Promise<boolean> {
    return Object.keys(await allOutputs()).length > 0;
}

type AllOutputs = Partial<StackOutputs> & Record<string, Partial<StackOutputs> | undefined>;

async function allOutputs(): Promise<AllOutputs> {
    const name = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
    const read = () => pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", { name });
    return ((await readState(read)) as { outputs: AllOutputs }).outputs;
}

/** The images of the last update, of clouds that are still in the same region: an image is of one region. */
export function keptImages(
    settings: Pick<StackSettings, "clouds">,
    { images = {}, clouds = {} }: Partial<StackOutputs>,
): Record<string, ImageOutputs> {
    const stays = (cloud: string) => settings.clouds[cloud]?.region === clouds[cloud]?.region;
    return Object.fromEntries(Object.entries(images).filter(([key]) => stays(key.split("/")[0]!)));
}
