import type * as pulumi from "@pulumi/pulumi";
import { main, type ConstructResult, type Provider } from "@pulumi/pulumi/provider";
import { runPushesFrom } from "../jenkins/pushCommand";
import { JenkinsAgents, type JenkinsAgentsArgs } from "./jenkinsAgents";
import schema from "./schema.json";

const type = "jenkins-ec2-agents:index:JenkinsAgents";

/** Makes the component for programs in any language, which give the same arguments as a program in TypeScript. */
class PluginProvider implements Provider {
    public readonly version = schema.version;
    public readonly schema = JSON.stringify(schema);

    public async construct(
        name: string,
        wanted: string,
        inputs: pulumi.Inputs,
        options: pulumi.ComponentResourceOptions,
    ): Promise<ConstructResult> {
        if (wanted !== type) throw new Error(`${schema.name} has no resource ${wanted}; it has ${type}.`);
        const agents = new JenkinsAgents(name, inputs as unknown as JenkinsAgentsArgs, options);
        // A map with a secret in it is a secret as a whole in some languages, and loses it in others (pulumi-yaml 1.38).
        const { accessKeys, privateKeys, ...all } = await agents.all; // fails with what is wrong with the settings
        const outputs = Object.keys(schema.resources[type].properties) as (keyof JenkinsAgents)[];
        const state = Object.fromEntries(outputs.map((output) => [output, agents[output]])) as pulumi.Inputs;
        return { urn: agents.urn, state: { ...state, all } };
    }
}

/**
 * Serves the Pulumi package until the engine ends it.
 *
 * @param folder absolute path of the plugin
 */
export function serve(folder: string): Promise<void> {
    runPushesFrom(folder);
    return main(new PluginProvider(), process.argv.slice(2));
}
