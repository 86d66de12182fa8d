import { Findings } from "../read/findings";
import { suggestion } from "../nearest";
import { StackSettings } from "../schema/stack";

/** The canaries are controllers of this stack, and a smoke run has something to ask for. */
export function checkRollout({ rollout, controllers, clouds }: StackSettings, findings: Findings): void {
    const ids = Object.keys(controllers);
    rollout.canary.forEach((id, index) => {
        if (!ids.includes(id)) {
            findings.problem(
                "unknown-name",
                ["rollout", "canary", index],
                `there is no controller ${id}: ${suggestion(id, ids)}`,
            );
        }
    });
    const { smoke } = rollout;
    if (smoke === undefined) return;
    if (rollout.canary.length === 0) {
        findings.problem("no-effect", ["rollout", "smoke"], "is for canaries: name them in rollout.canary");
        return;
    }
    const known = Object.values(clouds)
        .filter((cloud) => cloud.controllers.some((id) => rollout.canary.includes(id)))
        .flatMap((cloud) => Object.values(cloud.templates).flatMap(({ labels }) => labels));
    if (!known.includes(smoke.label)) {
        findings.problem(
            "unknown-name",
            ["rollout", "smoke", "label"],
            `no template on the canaries has it: ${suggestion(smoke.label, [...new Set(known)])}`,
        );
    }
}
