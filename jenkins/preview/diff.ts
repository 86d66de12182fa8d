import * as pulumi from "@pulumi/pulumi";
import pLimit from "p-limit";
import type { StackSettings } from "../../settings";
import { mapValues } from "../../settings/collections";
import { knownValues } from "../../settings/read/known";
import { printable } from "../../settings/printable";
import type { CloudReferences } from "../payload/references";
import { PushError } from "../push/errors";
import type { PushRequest, SecretNames } from "../push/request";
import { withShortTimeouts } from "../push/session";
import type { PlannedPush } from "../requests";
import { agentNotes, javaNotes, removals, removalText, type Deployed } from "./agents";
import { isSame, plan } from "./compare";
import { quietDown, type Preflight, type Preflights } from "./controllerState";
import { isWatching, writePlanFile, type CloudDiff, type CloudDiffs } from "./planFile";
import { changedNames, renderPlans } from "./render";

/**
 * Asks every controller what each push would change, and logs it: a preview shows the Jenkins side this way, and finds edits that
 * were made in Jenkins. Changes nothing.
 *
 * This is the second question to a controller; the first is the preflight. One question is not enough: the preflight must refuse
 * before the first resource is registered, and only after that are ids of AMIs and groups and the keys known. Without those an
 * edited credential and a changed AMI cannot be seen. A controller that did not answer the preflight is not asked again.
 *
 * @param deployed the stack's outputs after its last update
 */
export async function diffClouds(
    pushes: PlannedPush[],
    settings: StackSettings,
    preflights: Preflights,
    deployed: Deployed,
): Promise<CloudDiffs> {
    if (!isWatching(settings)) return {};
    const limit = pLimit(settings.parallel);
    const entries = await Promise.all(
        pushes.map((push) =>
            limit(async () => {
                const { controller, cloud } = push;
                const former = deployed.controllers?.[controller.id]?.clouds[cloud.id];
                const diff = await diffCloud(push, preflights[controller.id]!, former?.secret);
                const mayStay = settings.watch === "report" && former !== undefined && pulumi.runtime.isDryRun();
                return [push.name, mayStay ? withNote(diff) : diff] as const;
            }),
        ),
    );
    const gone = removals(pushes, settings, deployed, preflights);
    const compared: CloudDiffs = Object.fromEntries(entries);
    // Under one name both, where a cloud gets another name in Jenkins.
    const diffs = { ...compared, ...mapValues(gone, (removal, name): CloudDiff => ({ ...compared[name], removal })) };
    await log(Object.values(diffs));
    writePlanFile(diffs);
    return diffs;
}

async function diffCloud(
    push: PlannedPush,
    { state, code = "request-failed", unanswered }: Preflight,
    former?: SecretNames,
): Promise<CloudDiff> {
    try {
        if (unanswered) throw new PushError(code, push.controller.id, unanswered);
        const request = push.request((await knownValues(push.references)) as CloudReferences);
        const found = await plan(withShortTimeouts(alsoSecret(request, former)), () => undefined, {
            known: state?.installed,
        });
        const agents = state?.clouds.find(({ name }) => name === found.cloud)?.agents ?? [];
        const quiet = state?.quietingDown ? [quietDown] : [];
        return {
            plan: { ...found, notes: [...found.notes, ...javaNotes(found), ...agentNotes(found, agents), ...quiet] },
        };
    } catch (error) {
        return {
            problem: `${push.name}: not compared with Jenkins: ${error instanceof Error ? error.message : String(error)}`,
        };
    }
}

/** Only Pulumi knows whether a setting has changed since the last push. */
function withNote(diff: CloudDiff): CloudDiff {
    const { plan: found } = diff;
    if (found === undefined || isSame(found)) return diff;
    const note = "watch: report: up pushes this only if a setting has changed";
    return { ...diff, plan: { ...found, notes: [...found.notes, note] } };
}

async function log(diffs: CloudDiff[]): Promise<void> {
    for (const { problem } of diffs) if (problem !== undefined) await pulumi.log.warn(problem);
    const plans = diffs.flatMap(({ plan: found }) => found ?? []);
    const changed = plans.filter((each) => !isSame(each) || each.notes.length > 0);
    const blocks = [
        ...(changed.length === 0 ? [] : [renderPlans(changed)]),
        ...diffs.flatMap(({ removal }) => (removal === undefined ? [] : [printable(removalText(removal))])),
    ];
    if (blocks.length > 0) await pulumi.log.info(blocks.join("\n"));
}

/**
 * Whether a cloud still differs after its push, as `watch: report` has Pulumi push only changed settings. Asks a controller only
 * where the cloud differed before.
 */
export async function stillDiffers(
    push: PlannedPush,
    diff: CloudDiff | undefined,
    { watch }: StackSettings,
): Promise<boolean> {
    if (watch !== "report" || !diff?.plan || isSame(diff.plan)) return false;
    const { plan: now } = await diffCloud(push, {});
    return now !== undefined && !isSame(now);
}

/** What a push puts in order with `watch: heal`, by name; undefined where nothing differs. Pulumi sees no change of a setting there. */
export function healed(diff: CloudDiff | undefined, { watch }: StackSettings): string[] | undefined {
    return watch !== "heal" || !diff?.plan || isSame(diff.plan) ? undefined : changedNames(diff.plan);
}

/**
 * The request of a comparison in which those parameters are secret too: Jenkins still has what the last push gave it, and the settings
 * may no longer show that it is a secret.
 */
export function alsoSecret(request: PushRequest, former: SecretNames = {}): PushRequest {
    const { cloud } = request;
    const both = (secret: string[], name: string) => [...new Set([...secret, ...(former[name] ?? [])])];
    const templates = cloud.templates.map((template) => ({
        ...template,
        secret: both(template.secret, String(template.parameters.description)),
    }));
    return { ...request, cloud: { ...cloud, secret: both(cloud.secret, ""), templates } };
}
