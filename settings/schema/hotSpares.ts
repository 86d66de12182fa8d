import { z } from "zod";
import { filledText, isTrue, mapsOf, numberOf, parameterCodec, scalar, textOf, type PluginObject } from "./codec";
import { oneOf, text, wholeNumber } from "./declare";
import { grace, graceCodec } from "./grace";

/** A rule for agents without work that are ready for the builds of a label. */
export const hotSpare = z.strictObject({
    label: text().meta({
        description:
            "A label, or an expression of labels (`linux && !arm64`). The rule governs the templates whose labels fit; of several rules that fit a template, the first one.",
        examples: ["linux"],
    }),
    order: wholeNumber(0, 10_000).default(100).meta({
        description: "The plugin reads the rules in this order, the lowest first, then by id.",
    }),
    base: wholeNumber(0, 10_000).default(0).meta({
        description: "Agents without work that are always ready.",
        cost: "So many instances on each controller at all hours, beside those that work.",
    }),
    step: wholeNumber(1, 10_000).default(5).meta({
        description:
            "As soon as builds use the label, at least so many are ready. At most once a minute, so many more are started while none is ready or builds wait; while there is no need, so many fewer are kept after each idle time.",
        cost: "So many instances from the first build on.",
    }),
    maximum: wholeNumber(1, 100_000).optional().meta({
        description: "At most so many of each label that the rule governs.",
        defaultText: "as many as the caps allow",
        cost: "At most so many instances on each controller, for each label.",
    }),
    idle: z
        .strictObject({
            minutes: wholeNumber(-59, 100_000).default(15).meta({
                description:
                    "In place of the templates' `idle.minutes`, also where that is never. 0: never. Negative: before the end of a billing hour.",
            }),
        })
        .prefault({})
        .meta({ description: "When an agent goes that is no longer needed." }),
    grace: grace.optional().meta({
        description: "In place of the templates' `grace`.",
        examples: [{ minutes: 10 }],
    }),
    templatesMayOverride: z
        .array(oneOf(["idle", "grace"]))
        .default([])
        .meta({
            description:
                "What of a template goes before the rule: `idle` its `idle.minutes`, `grace` its `grace` where it has one.",
            examples: [["idle"]],
        }),
});

export type HotSpareSettings = z.output<typeof hotSpare>;

/** The rules in the plugin's order. (Pulumi keeps no order of keys.) */
export function inOrder(rules: Readonly<Record<string, HotSpareSettings>>): [id: string, rule: HotSpareSettings][] {
    return Object.entries(rules).sort(
        ([one, { order: first }], [other, { order: second }]) => first - second || (one < other ? -1 : 1),
    );
}

export const hotSparesCodec = parameterCodec<Record<string, HotSpareSettings>>(
    "hotSpareConfigsByLabel",
    (rules) => inOrder(rules).map(([, rule]) => toConfig(rule)),
    (list) => {
        const rules = mapsOf(list).map(fromConfig);
        const ids = rules.map(({ label }) =>
            label
                .replace(/[^A-Za-z0-9]+/g, "-")
                .replace(/^-|-$/g, "")
                .slice(0, 40),
        );
        return Object.fromEntries(
            rules.map((rule, index) => {
                const id = ids[index]!;
                const isId = id !== "" && !(id in Object.prototype) && ids.indexOf(id) === index;
                return [
                    isId ? id : `rule-${index + 1}`,
                    { ...rule, order: rules.length === 1 ? 100 : 10 * (index + 1) },
                ];
            }),
        );
    },
);

function toConfig({
    label,
    step,
    base,
    maximum,
    idle,
    grace: period,
    templatesMayOverride,
}: HotSpareSettings): PluginObject {
    return {
        label,
        scalingFactor: scalar(step),
        baseHotSpares: scalar(base),
        // No text becomes the Integer null.
        ...(maximum === undefined ? {} : { maxHotSpares: scalar(maximum) }),
        idleTimeoutMinutes: scalar(idle.minutes),
        ...graceCodec.to(period, undefined),
        allowTemplateIdleTimeoutOverride: scalar(templatesMayOverride.includes("idle")),
        allowTemplateGracePeriodOverride: scalar(templatesMayOverride.includes("grace")),
    };
}

function fromConfig(config: PluginObject): HotSpareSettings {
    const maximum = filledText(config["maxHotSpares"]);
    const period = graceCodec.from(config);
    return {
        label: textOf(config["label"]),
        order: 100,
        base: numberOf(config["baseHotSpares"]) ?? 0,
        // The plugin takes 0 for 1 (HotSpareDemand.growthStep).
        step: Math.max(numberOf(config["scalingFactor"]) ?? 5, 1),
        ...(maximum === undefined ? {} : { maximum: Number(maximum) }),
        idle: { minutes: numberOf(config["idleTimeoutMinutes"]) ?? 15 },
        ...(period === undefined ? {} : { grace: period }),
        templatesMayOverride: [
            ...(isTrue(config["allowTemplateIdleTimeoutOverride"]) ? (["idle"] as const) : []),
            ...(isTrue(config["allowTemplateGracePeriodOverride"]) ? (["grace"] as const) : []),
        ],
    };
}
