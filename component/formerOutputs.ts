import * as pulumi from "@pulumi/pulumi";
import type { Inventory } from "../jenkins/preview/safety";
import type { StackSettings } from "../settings";
import { mapValues } from "../settings/collections";
import type { StackOutputs } from "./outputs";

/**
 * The stack's outputs after its last update, none before its first. Read as a stack reads another's outputs (Pulumi: `StackReference`), but of itself and without a resource.
 * A component's are below the output of its name.
 */
export async function deployedOutputs({ project, stack, component }: StackSettings): Promise<Partial<StackOutputs>> {
    const name = `${pulumi.getOrganization()}/${project}/${stack}`;
    const { outputs } = (await pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", { name })) as {
        outputs: Partial<StackOutputs> & Record<string, Partial<StackOutputs> | undefined>;
    };
    return component === undefined ? outputs : (outputs[component] ?? {});
}

/**
 * What the stack had on its controllers after its last update: of a controller or a cloud that the settings no longer name,
 * nothing else tells.
 */
export function deployedInventory(outputs: Partial<StackOutputs>): Inventory {
    return mapValues(outputs.controllers ?? {}, ({ clouds }) => mapValues(clouds, ({ templates }) => templates));
}
