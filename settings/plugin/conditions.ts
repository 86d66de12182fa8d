import type { CloudSettings } from "../schema/cloud";
import { inOrder, type HotSpareSettings } from "../schema/hotSpares";
import type { TemplateSettings } from "../schema/template";
import { fitsLabels } from "./labelExpression";

/** Whether Jenkins logs in over SSH. */
export const viaSsh = ({ platform }: TemplateSettings) => platform !== "windows";

/** Whether a host key is looked for in the instance's console output. */
export const checksConsole = (template: TemplateSettings) =>
    viaSsh(template) && template.hostKeyVerification.startsWith("CHECK_NEW");

/** Whether Spot instances are asked for with a price: RequestSpotInstances, else RunInstances. */
export const bids = ({ spot }: TemplateSettings) => spot?.maxPricePerHour !== undefined;

/** Whether a number bounds the template's instances. */
export const isCapped = (template: TemplateSettings, cloud: CloudSettings) =>
    template.cap !== undefined || cloud.cap !== undefined;

/** Templates of the cloud that the same builds can run on: with a label in common, or like this one without any. */
export function alternatives(template: TemplateSettings, cloud: CloudSettings): TemplateSettings[] {
    return others(template, cloud).filter(
        ({ labels }) =>
            labels.some((label) => template.labels.includes(label)) ||
            (labels.length === 0 && template.labels.length === 0),
    );
}

/** Those of the alternatives that Jenkins tries after this one. */
export function laterAlternatives(template: TemplateSettings, cloud: CloudSettings): TemplateSettings[] {
    const ids = Object.keys(cloud.templates);
    return alternatives(template, cloud).filter(({ id }) => ids.indexOf(id) > ids.indexOf(template.id));
}

/** The cloud's other templates. */
export function others(template: TemplateSettings, { templates }: CloudSettings): TemplateSettings[] {
    return Object.values(templates).filter(({ id }) => id !== template.id);
}

/** The rule for hot spares that governs a template: the first whose label fits. */
export function ruleOf(
    { labels }: TemplateSettings,
    { hotSpares }: CloudSettings,
): [id: string, rule: HotSpareSettings] | undefined {
    return inOrder(hotSpares).find(([, { label }]) => fitsLabels(label, labels));
}
