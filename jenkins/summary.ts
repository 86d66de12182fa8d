import * as pulumi from "@pulumi/pulumi";
import type { StackSettings } from "../settings";
import type { Cloud } from "./cloud";
import { settled } from "../settings/read/known";
import type { PlannedPush } from "./requests";
import { isCanary } from "./rollout";
import { table } from "./table";

/** Once every push has ended, says how each went, as a table. One push needs none: its own line is enough. */
export function summarize(pushes: PlannedPush[], clouds: Cloud[], settings: StackSettings): void {
    if (pulumi.runtime.isDryRun() || pushes.length < 2) return;
    void Promise.allSettled(clouds.map(({ result }) => settled(result))).then((results) => {
        const answers = results.map((result) => (result.status === "fulfilled" ? result.value : undefined));
        const ended = pushes.some((push, index) => isCanary(push, settings) && !answers[index]);
        const rows = pushes.map((push, index) => {
            const { controller, cloud } = push;
            const value = answers[index];
            if (value)
                return [
                    controller.id,
                    cloud.name,
                    "in place",
                    `${value.templates.length} templates`,
                    `ec2 ${value.plugin}`,
                ];
            return ended && !isCanary(push, settings)
                ? [controller.id, cloud.name, "not touched", "a canary failed", "the next up begins again"]
                : [controller.id, cloud.name, "FAILED", "the error says why", "the next up tries again"];
        });
        return pulumi.log.info(table([["controller", "cloud", "result", "", ""], ...rows]).join("\n"));
    });
}
