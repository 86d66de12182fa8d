import * as pulumi from "@pulumi/pulumi";
import type { StackSettings } from "../settings";
import { many } from "../settings/printable";
import { settled } from "../settings/read/known";
import type { Cloud } from "./cloud";
import type { PushResult } from "./push/request";
import type { PlannedPush } from "./requests";
import { isCanary } from "./rollout";
import { table } from "./table";

/**
 * Logs once how each push went, after all have ended, as a table. A single push logs its own result, so the table has only what that
 * does not tell: that nothing was pushed.
 *
 * @param isNotPushed whether the cloud still differs in Jenkins because `watch: report` pushes no edits
 */
export function summarize(
    pushes: PlannedPush[],
    clouds: Cloud[],
    settings: StackSettings,
    isNotPushed: (push: PlannedPush) => Promise<boolean>,
): void {
    if (pulumi.runtime.isDryRun()) return;
    void Promise.allSettled(clouds.map(({ result }) => settled(result))).then(async (results) => {
        const answers = results.map((result) => (result.status === "fulfilled" ? result.value : undefined));
        const canaryFailed = pushes.some((push, index) => isCanary(push, settings) && !answers[index]);
        const notPushed = await Promise.all(
            pushes.map(async (push, index) => answers[index] !== undefined && (await isNotPushed(push))),
        );
        if (pushes.length < 2 && !notPushed.includes(true)) return;
        const rows = pushes.map((push, index) => [
            push.controller.id,
            push.cloud.name,
            ...outcome(answers[index], {
                isNotPushed: notPushed[index]!,
                isStopped: canaryFailed && !isCanary(push, settings),
            }),
        ]);
        await pulumi.log.info(table([["controller", "cloud", "result", "", ""], ...rows]).join("\n"));
    });
}

/** Three cells: the result, its detail, and what comes next. */
function outcome(
    answer: PushResult | undefined,
    { isNotPushed, isStopped }: { isNotPushed: boolean; isStopped: boolean },
): [string, string, string] {
    if (isNotPushed) return ["differs, not pushed", "watch: report", "an up with watch: heal pushes it"];
    if (answer) return ["in place", many(answer.templates.length, "template"), `ec2 ${answer.plugin}`];
    if (isStopped) return ["not touched", "a canary failed", "the next up begins again"];
    return ["FAILED", "the error says why", "the next up tries again"];
}
