// The whole stack: settings -> what is there already, in Jenkins and AWS -> access -> compute -> controllers -> outputs.
import * as pulumi from "@pulumi/pulumi";
import { stackCompute } from "./ec2/compute";
import { lookUpInAws } from "./ec2/lookUps";
import { RegionProviders } from "./ec2/providers";
import { stackImages } from "./ec2/stackImages";
import { stackAccess } from "./iam/stackAccess";
import { Cloud } from "./jenkins/cloud";
import {
    changedInLooks,
    changedInObservations,
    deployedInventory,
    deployedOutputs,
    refuseTooLarge,
} from "./jenkins/guard";
import { lookAtControllers } from "./jenkins/look";
import { driftMark, observe } from "./jenkins/observe";
import type { CloudReferences } from "./jenkins/payload";
import { plannedPushes } from "./jenkins/requests";
import { rollOut } from "./jenkins/rollout";
import { summarize } from "./jenkins/summary";
import { Turns } from "./jenkins/turns";
import { stackOutputs } from "./outputs";
import { configuredSettings } from "./settings/configuration";
import { allOrUnfit } from "./settings/mistake";

async function program() {
    const { settings, region } = configuredSettings();
    const providers = new RegionProviders(region);
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

    const access = stackAccess(settings);
    const compute = stackCompute(settings, lookUps.clouds, providers);
    const images = stackImages(settings, lookUps.newestImages);

    const pushes = plannedPushes(settings, access, compute, images);
    const observations = await observe(pushes, settings, looks);
    await refuseTooLarge(settings, before, changedInObservations(observations, pushes));
    const turns = new Turns(settings.parallel);
    const clouds = rollOut(
        pushes,
        settings,
        (push, stage) =>
            new Cloud(push.name, {
                request: pulumi.output(push.references as pulumi.Input<CloudReferences>).apply(push.request),
                url: push.controller.url,
                cloudName: push.cloud.name,
                prerequisites: push.prerequisites,
                drift: driftMark(observations[push.name], settings),
                ...stage,
                turns,
            }),
    );
    summarize(pushes, clouds, settings);
    return stackOutputs(settings, access, compute, images, pushes, clouds);
}

export = program;
