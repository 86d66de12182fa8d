import * as pulumi from "@pulumi/pulumi";
import { stackCompute } from "../ec2/compute";
import { lookUpInAws } from "../ec2/lookUps";
import { RegionProviders } from "../ec2/providers";
import { stackImages } from "../ec2/stackImages";
import { stackAgentRoles } from "../iam/agentRoles";
import { stackAccess, stackPolicy } from "../iam/stackAccess";
import { diffClouds, stillDiffers } from "../jenkins/preview/diff";
import {
    changedInDiffs,
    changedInPreflights,
    refuseAgentsInLeavingGroups,
    refuseTooLarge,
} from "../jenkins/preview/guard";
import type { Preflights } from "../jenkins/preview/controllerState";
import { writePlanFile } from "../jenkins/preview/planFile";
import { preflight } from "../jenkins/preview/preflight";
import { sameClouds } from "../jenkins/preview/successor";
import { plannedPushes } from "../jenkins/requests";
import { makeClouds } from "../jenkins/rollout";
import { summarize } from "../jenkins/summary";
import type { StackSettings } from "../settings";
import { settingsOf } from "../settings/read/arguments";
import { allOrProblems, UserError } from "../settings/problem";
import { stackBudget } from "./budget";
import { deployedOutputs, isDeployed, keptImages } from "./formerOutputs";
import type { SettingsArgs } from "./inputs";
import type { StackOutputs } from "./outputs";
import { stackOutputs } from "./stackOutputs";
import { transformation, type Transforms } from "./transforms";

/** Every setting of docs/settings.md; any part of it may be an input of Pulumi. */
export interface JenkinsAgentsArgs extends SettingsArgs {
    /** Changes to the component's resources, by their kind. */
    transform?: Transforms;
}

type Outputs = ReturnType<typeof stackOutputs>;

/** Settings that were read elsewhere; undefined where they are not known yet. */
export type SettingsSource = () => Promise<ReadSettings | undefined> | ReadSettings;
interface ReadSettings {
    settings: StackSettings;
    /** Of the default provider. */
    region: string | undefined;
}

/**
 * EC2 agents for Jenkins controllers: the AWS side (IAM, key pair, security groups) and the clouds in Jenkins.
 *
 * It checks everything before it registers the first resource. If something is wrong, the program ends with all problems at once, and
 * this component has changed nothing. Children and names in AWS begin with the component's name, so a stack may have several
 * components. The guard `safety` reads the last state from the stack's output of the component's name, so the program exports it:
 * `export const NAME = agents.all`.
 */
export class JenkinsAgents extends pulumi.ComponentResource {
    /** All outputs, each an input: what a program exports. Fails with what is wrong with the settings. */
    public readonly all: Promise<Partial<Outputs>>;
    private readonly made: Promise<Outputs | undefined>;
    /** Whether the first resource may have been registered. */
    private registering = false;

    /** @param args the settings, or where they are read */
    constructor(name: string, args: JenkinsAgentsArgs | SettingsSource, opts: pulumi.ComponentResourceOptions = {}) {
        const { source, transform } = parts(name, args);
        const transformations = [...(opts.transformations ?? []), ...(transform ? [transformation(transform)] : [])];
        super("jenkins-ec2-agents:index:JenkinsAgents", name, {}, { ...opts, transformations });
        this.made = this.deploy(name, source, typeof args === "function");
        this.all = this.made.then((outputs) => outputs ?? {});
    }

    /** The AWS side of each cloud, by its id in the settings. */
    public get clouds(): pulumi.Output<StackOutputs["clouds"]> {
        return this.output("clouds");
    }

    /** What each controller has, by its id in the settings. */
    public get controllers(): pulumi.Output<StackOutputs["controllers"]> {
        return this.output("controllers");
    }

    /** AMIs as resolved, by `cloud/template`. */
    public get images(): pulumi.Output<StackOutputs["images"]> {
        return this.output("images");
    }

    /** ARN of the policy that the controllers' identity has; undefined where every identity is an existing role. */
    public get policyArn(): pulumi.Output<string | undefined> {
        return this.output("policyArn");
    }

    /** Name of the group of the users who have the policy; undefined where none has it by a key of its own. */
    public get groupName(): pulumi.Output<string | undefined> {
        return this.output("groupName");
    }

    /** Name of the instance profile to put on the controllers' instances; undefined where none is made. */
    public get instanceProfileName(): pulumi.Output<string | undefined> {
        return this.output("instanceProfileName");
    }

    /** Secret. The access key of each controller's user, by the controller's id. */
    public get accessKeys(): pulumi.Output<StackOutputs["accessKeys"]> {
        return this.output("accessKeys");
    }

    /** Secret. The private keys, PEM, that log in to the instances, by region. */
    public get privateKeys(): pulumi.Output<StackOutputs["privateKeys"]> {
        return this.output("privateKeys");
    }

    private output<Key extends keyof StackOutputs>(key: Key): pulumi.Output<StackOutputs[Key]> {
        const value = this.made.then((outputs) => (outputs === undefined ? pulumi.unknown : outputs[key]));
        return pulumi.output(value) as pulumi.Output<StackOutputs[Key]>;
    }

    private async deploy(
        name: string,
        source: SettingsSource,
        readsConfiguration: boolean,
    ): Promise<Outputs | undefined> {
        // Without an open call to the engine, the engine takes the program to have ended: there is none while controllers are asked.
        const end = pulumi.runtime.rpcKeepAlive();
        try {
            const read = await source();
            if (read !== undefined) return await this.children(read);
            const problem = `${name}: not compared with Jenkins: an argument is known only after the update`;
            writePlanFile({ [name]: { problem } });
            return undefined;
        } catch (error) {
            // Only a stack's own program knows that it makes nothing beside this component.
            const alone = readsConfiguration && !this.registering;
            throw error instanceof UserError && alone ? error.beforeAnyChange() : error;
        } finally {
            end();
        }
    }

    /** Data flows from top to bottom: nothing below changes what is above. */
    private async children({ settings, region }: ReadSettings): Promise<Outputs> {
        const options = { parent: this };
        const providers = new RegionProviders(region, settings, this);

        const deployed = deployedOutputs(settings);
        const deployedImages = deployed.then((outputs) => keptImages(settings, outputs));
        const asked: Promise<Preflights> = deployed.then((outputs) => preflight(settings, outputs));
        const [preflights, lookUps, before] = await allOrProblems([
            asked,
            lookUpInAws(settings, providers, deployedImages),
            deployed,
        ]);
        await refuseTooLarge(settings, before, changedInPreflights(preflights, settings));
        const same = await sameClouds(settings, before, preflights);

        const policy = stackPolicy(settings, lookUps.iam);

        this.registering = true;
        const access = stackAccess(settings, policy, lookUps.iam, options);
        const agentProfiles = stackAgentRoles(settings, lookUps.iam.partition, options);
        const compute = stackCompute(settings, lookUps.clouds, providers, before);
        const images = stackImages(settings, lookUps.newestImages, options);
        const budget = stackBudget(settings, options);

        const pushes = plannedPushes(settings, access, compute, images, agentProfiles, budget, before, same);
        const diffs = await diffClouds(pushes, settings, preflights, before);
        await refuseTooLarge(settings, before, changedInDiffs(diffs, pushes));
        await refuseAgentsInLeavingGroups(compute, before, preflights, diffs);

        const clouds = makeClouds(pushes, settings, diffs, preflights, options);
        summarize(pushes, clouds, settings, (push) => stillDiffers(push, diffs[push.name], settings));
        return stackOutputs(settings, before, access, compute, images, pushes, clouds, preflights);
    }
}

function parts(
    name: string,
    args: JenkinsAgentsArgs | SettingsSource,
): { source: SettingsSource; transform?: Transforms } {
    if (typeof args === "function") return { source: args };
    const { transform, ...settings } = args;
    return { source: () => settingsOf(name, settings, isDeployed), transform };
}
