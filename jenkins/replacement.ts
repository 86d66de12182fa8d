import * as pulumi from "@pulumi/pulumi";
import { readState } from "../settings/read/stateReads";

/**
 * Refuses, in preview and up, to replace a cloud that is where the last update left it, as `pulumi up --replace` would: Pulumi would
 * remove the cloud with its idle agents and make the same one again. A command that the state has lost is made as usual.
 *
 * Pulumi calls the hook before it creates a resource, and this one only where it does not delete the old one first.
 */
export function noReplacement(name: string): pulumi.ResourceHook {
    const refuse = async ({ urn }: pulumi.ResourceHookArgs) => {
        if (!(await isInState(urn))) return;
        throw new Error(
            `cloud ${name} is not replaced: it stays as it is in Jenkins, and nothing was removed. Run it without --replace; with watch: heal, an up undoes edits made in Jenkins`,
        );
    };
    return new pulumi.ResourceHook(`jenkins:Cloud:${name}-stays`, refuse, { onDryRun: true });
}

async function isInState(urn: string): Promise<boolean> {
    const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
    const read = () => pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName });
    const { outputs } = (await readState(read)) as { outputs: Record<string, unknown> };
    return Object.hasOwn(outputs, urn);
}
