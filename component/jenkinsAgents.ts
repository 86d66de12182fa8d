import * as pulumi from "@pulumi/pulumi";
import { stackCompute } from "../ec2/compute";
import { lookUpInAws } from "../ec2/lookUps";
import { RegionProviders } from "../ec2/providers";
import { stackImages } from "../ec2/stackImages";
import { stackAccess } from "../iam/stackAccess";
import { Cloud } from "../jenkins/cloud";
import { deployedInventory, deployedOutputs } from "./formerOutputs";
import { changedInLooks, changedInObservations, refuseTooLarge } from "../jenkins/preview/guard";
import { lookAtControllers } from "../jenkins/preview/preflight";
import { driftMark, observe } from "../jenkins/preview/diff";
import type { CloudReferences } from "../jenkins/payload/references";
import { plannedPushes } from "../jenkins/requests";
import { rollOut } from "../jenkins/rollout";
import { summarize } from "../jenkins/summary";
import type { StackOutputs } from "./outputs";
import { stackOutputs } from "./stackOutputs";
import type { StackSettings } from "../settings";
import { settingsOf, type SettingsInputs } from "../settings/read/arguments";
import { allOrUnfit } from "../settings/read/mistake";
import { transformation, type Transforms } from "./transforms";

/** What a component is to give to its controllers: every setting of docs/settings.md, any part of it an input of Pulumi. */
export type JenkinsAgentsArgs = SettingsInputs & {
    /** Changes to the resources that the component makes, by their kind. */
    transform?: Transforms;
};

type Outputs = ReturnType<typeof stackOutputs>;

/** Settings that were read elsewhere; undefined where they are not known yet. */
export type SettingsSource = () => Promise<ReadSettings | undefined> | ReadSettings;
interface ReadSettings {
    settings: StackSettings;
    /** Of the provider that is used where nothing else is said. */
    region: string | undefined;
}

/**
 * EC2 agents for Jenkins controllers: the AWS side (IAM, key pair, security groups) and the clouds in Jenkins. The way: settings
 * -> what is there already, in Jenkins and AWS -> access -> compute -> controllers -> outputs.
 *
 * Everything is checked before the first resource is registered; with settings that can't be, the program ends with all that is
 * wrong, and nothing has been changed. Children and names in AWS begin with the component's name, so that a stack may have
 * several. The guard `safety` knows the state before from the stack's output of the component's name:
 * `export const NAME = agents.all`.
 */
export class JenkinsAgents extends pulumi.ComponentResource {
    /** All outputs, each an input: what a program exports. Fails with what is wrong with the settings. */
    public readonly all: Promise<Partial<Outputs>>;
    private readonly made: Promise<Outputs | undefined>;

    /** @param args the settings, or where they are read */
    constructor(name: string, args: JenkinsAgentsArgs | SettingsSource, opts: pulumi.ComponentResourceOptions = {}) {
        const { source, transform } = parts(name, args);
        const transformations = [...(opts.transformations ?? []), ...(transform ? [transformation(transform)] : [])];
        super("jenkins-ec2-agents:index:JenkinsAgents", name, {}, { ...opts, transformations });
        this.made = this.deploy(source);
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

    private async deploy(source: SettingsSource): Promise<Outputs | undefined> {
        // While controllers and AWS are asked no call to the engine is under way, and it would take the program to have ended.
        const end = pulumi.runtime.rpcKeepAlive();
        try {
            const read = await source();
            return read === undefined ? undefined : await this.children(read);
        } finally {
            end();
        }
    }

    private async children({ settings, region }: ReadSettings): Promise<Outputs> {
        const options = { parent: this };
        const providers = new RegionProviders(region, settings, this);
        const deployed = deployedOutputs(settings);
        const [looks, lookUps, outputs] = await allOrUnfit([
            lookAtControllers(settings),
            lookUpInAws(
                settings,
                providers,
                deployed.then(({ images = {} }) => images),
            ),
            deployed,
        ]);
        const before = deployedInventory(outputs);
        await refuseTooLarge(settings, before, changedInLooks(looks, settings));

        const access = stackAccess(settings, options);
        const compute = stackCompute(settings, lookUps.clouds, providers);
        const images = stackImages(settings, lookUps.newestImages, options);

        const pushes = plannedPushes(settings, access, compute, images);
        const observations = await observe(pushes, settings, looks, outputs);
        await refuseTooLarge(settings, before, changedInObservations(observations, pushes));
        const clouds = rollOut(
            pushes,
            settings,
            (push, stage) =>
                new Cloud(
                    push.name,
                    {
                        request: pulumi.output(push.references as pulumi.Input<CloudReferences>).apply(push.request),
                        url: push.controller.url,
                        cloudName: push.cloud.name,
                        prerequisites: push.prerequisites,
                        drift: driftMark(observations[push.name], settings),
                        ...stage,
                        parallel: settings.parallel,
                    },
                    options,
                ),
        );
        summarize(pushes, clouds, settings);
        return stackOutputs(settings, access, compute, images, pushes, clouds);
    }
}

function parts(
    name: string,
    args: JenkinsAgentsArgs | SettingsSource,
): { source: SettingsSource; transform?: Transforms } {
    if (typeof args === "function") return { source: args };
    const { transform, ...settings } = args;
    return { source: () => settingsOf(name, settings), transform };
}
