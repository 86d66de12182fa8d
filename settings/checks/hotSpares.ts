import { ruleOf } from "../plugin/conditions";
import { fitsLabels } from "../plugin/labelExpression";
import type { Findings } from "../read/findings";
import type { CloudSettings } from "../schema/cloud";
import { inOrder } from "../schema/hotSpares";

/** Rules for hot spares name labels of templates, each once, and have a limit. */
export function checkHotSpares(cloud: CloudSettings, findings: Findings): void {
    const templates = Object.values(cloud.templates);
    const seen = new Map<string, string>();
    for (const [id, { label, base, maximum, idle }] of inOrder(cloud.hotSpares)) {
        const path = ["clouds", cloud.id, "hotSpares", id];
        const governed = templates.filter(({ labels }) => fitsLabels(label, labels));
        const other = seen.get(label);
        seen.set(label, id);
        if (other !== undefined)
            findings.problem("named-twice", [...path, "label"], `is the label of ${other} already`);
        if (governed.length === 0) {
            findings.problem("unknown-name", [...path, "label"], "fits the labels of no template of this cloud");
        }
        if (maximum !== undefined && maximum < base) {
            findings.problem("conflicting-settings", [...path, "maximum"], `must be at least the base of ${base}`);
        }
        if (idle.minutes === 0) {
            findings.warn(
                "hot-spares-never-end",
                [...path, "idle", "minutes"],
                "keeps every agent of the rule for ever: set minutes other than 0",
            );
        }
    }
    checkOverriddenIdleTimes(cloud, findings);
}

function checkOverriddenIdleTimes(cloud: CloudSettings, findings: Findings): void {
    for (const template of Object.values(cloud.templates)) {
        const [id, rule] = ruleOf(template, cloud) ?? [];
        if (rule === undefined || rule.templatesMayOverride.includes("idle")) continue;
        if (!template.explicit.includes("idle.minutes") || template.idle.minutes === rule.idle.minutes) continue;
        findings.warn(
            "idle-time-of-rule",
            ["clouds", cloud.id, "templates", template.key, "idle", "minutes"],
            `has no effect: agents go after the ${rule.idle.minutes} minutes of hotSpares.${id}`,
        );
    }
}

/** Weights count only where templates take turns, and then one must be above 0. */
export function checkWeights({ id, templateOrder, templates }: CloudSettings, findings: Findings): void {
    const path = ["clouds", id];
    if (templateOrder !== "in-order") {
        if (Object.values(templates).every(({ weight }) => weight === 0)) {
            findings.problem(
                "conflicting-settings",
                [...path, "templateOrder"],
                "needs a template with a weight above 0",
            );
        }
        return;
    }
    for (const { key, weight } of Object.values(templates)) {
        if (weight === 1) continue;
        findings.problem(
            "no-effect",
            [...path, "templates", key, "weight"],
            "has an effect only with the cloud's templateOrder of by-share or by-rank",
        );
    }
}
