import { z } from "zod";
import { firstVersions } from "../plugin/firstVersions";
import { identity, IdentitySettings } from "./access";
import { booleanCodec, isTrue, numberOf, optionalTextCodec, parameterCodec, scalar, type Codec } from "./codec";
import { identifier, matching, oneOf, wholeNumber } from "./declare";
import { hotSpare, hotSparesCodec } from "./hotSpares";
import { existingKey, ExistingKeySettings } from "./keyPair";
import { layerOf } from "./layer";
import { network, NetworkSettings } from "./network";
import { codedSettings, parameterSources, type ParameterSources } from "./parameters";
import { completeTemplate, pluginParameters, TemplateSettings } from "./template";

export const templateLayer = layerOf(completeTemplate);

const variants = z.record(identifier, templateLayer.nullable()).nullish();

/** A template as it is written: a layer, the sets beneath it, and variants over it. */
export const template = templateLayer.extend({
    extends: z
        .union([identifier, z.array(identifier)], { error: "must be the id of a template set or a list of ids" })
        .optional()
        .meta({
            description:
                "Ids of `templateSets` from which this template starts; a later set overrides an earlier one. Sets and a cloud's `defaults` may extend sets too.",
            examples: ["docker"],
        }),
    variants: variants.meta({
        description:
            "Makes one template for each key, for example one per zone. Its settings override the template's, and its key is appended to id and description (`linux-a`). In `defaults` it applies to each template of the cloud.",
        examples: [{ a: { zones: ["eu-central-1a"] }, b: { zones: ["eu-central-1b"] } }],
    }),
});

/** What the layers of a template are merged into: a template, complete but for its variants. */
export const layeredTemplate = completeTemplate.extend({ variants });

/** Without a cap the plugin has the largest number that Java has. */
const capCodec = parameterCodec<number | undefined>("instanceCapStr", scalar, (cap) =>
    numberOf(cap) === 2 ** 31 - 1 ? undefined : numberOf(cap),
);

const templateOrders = ["in-order", "by-share", "by-rank"] as const;

/** Two switches of the plugin, of which the second does nothing without the first. */
const templateOrderCodec: Codec<(typeof templateOrders)[number]> = {
    parameters: ["roundRobinTemplatesByLabel", "saturateHighestWeightFirst"],
    to: (order) => ({
        roundRobinTemplatesByLabel: scalar(order !== "in-order"),
        saturateHighestWeightFirst: scalar(order === "by-rank"),
    }),
    from: (parameters) => {
        if (!isTrue(parameters["roundRobinTemplatesByLabel"])) return "in-order";
        return isTrue(parameters["saturateHighestWeightFirst"]) ? "by-rank" : "by-share";
    },
};

/** A cloud, complete: what is left when the sets that it extends and the cloud itself are merged. */
export const completeCloud = z.strictObject({
    name: matching(
        // Jenkins.checkGoodName.
        // eslint-disable-next-line no-control-regex -- they are what it refuses
        /^[^?*/\\%!@#$^&|<>[\]:;\s\x00-\x1f\x7f-\x9f](?:[^?*/\\%!@#$^&|<>[\]:;\x00-\x1f\x7f-\x9f]{0,98}[^?*/\\%!@#$^&|<>[\]:;\s\x00-\x1f\x7f-\x9f])?(?<!\.)$/,
        "at most 100 characters, without ? * / \\ % ! @ # $ ^ & | < > [ ] : ; and control characters, and not end with a full stop",
    )
        .optional()
        .meta({
            description: "Name in Jenkins. Running agents refer to it; if you change it, they become orphans.",
            defaultText: "the cloud's id",
            parameters: ["name"],
        }),
    controllers: z
        .array(identifier, { error: "must be a list of ids of controllers" })
        .meta({ description: "Ids of the controllers that get this cloud.", examples: [["team-a"]] }),
    region: matching(/^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region, like eu-central-1")
        .optional()
        .meta({
            description: "Region of the agents.",
            defaultText: "`aws:region`",
            codec: optionalTextCodec("region"),
        }),
    order: wholeNumber(0, 10_000).default(100).meta({
        description:
            "Jenkins asks the stack's clouds in this order, the lowest first, then by id. Other clouds keep their places.",
    }),
    cap: wholeNumber(1, 100_000).optional().meta({
        description:
            "The most instances of the cloud at a time, for each controller. Other clouds of the controller in the same account and region count too. The plugin may exceed it (docs/compatibility.md, cap-race).",
        defaultText: "unlimited",
        codec: capCodec,
    }),
    templateOrder: oneOf(templateOrders).default("in-order").meta({
        description:
            "In which order the templates of a label are asked. `in-order`: by their `order`, then by id, each time from the first one. `by-share`: they take turns, each as often as its `weight` sets. `by-rank`: always from the highest `weight`; templates of one weight take turns. A template that EC2 has no capacity for goes to the end for five minutes, but with `in-order`.",
        codec: templateOrderCodec,
        since: firstVersions.roundRobinTemplatesByLabel,
    }),
    hotSpares: z
        .record(identifier, hotSpare)
        .default({})
        .meta({
            description:
                "Agents without work that are ready for the builds of a label, by rules that grow with the demand.",
            examples: [{ linux: { label: "linux", base: 1, maximum: 10 } }],
            codec: hotSparesCodec,
            since: firstVersions.hotSpareConfigsByLabel,
            cost: "`base` instances at all hours on each controller, up to `maximum` for each label.",
        }),
    noDelayProvisioning: z
        .boolean()
        .default(false)
        .meta({
            description: "Start agents as soon as a build waits. `false`: Jenkins waits for its average load.",
            codec: booleanCodec("noDelayProvisioning"),
        }),
    cleanUpOrphanedNodes: z
        .boolean()
        .default(false)
        .meta({
            description: "The plugin terminates instances of this cloud that no Jenkins has refreshed for some hours.",
            codec: booleanCodec("cleanUpOrphanedNodes"),
            since: firstVersions.cleanUpOrphanedNodes,
        }),
    endpoint: z
        .url({ protocol: /^https?$/, error: "must be a URL, like https://ec2.eu-central-1.amazonaws.com" })
        .optional()
        .meta({
            description: "EC2 endpoint in place of the region's: a VPC endpoint, or an EC2-compatible cloud.",
            codec: optionalTextCodec("altEC2Endpoint"),
        }),
    identity: layerOf(identity)
        .nullish()
        .meta({ description: "The identity of this cloud; overrides `access.identity`." }),
    network: layerOf(network).nullish().meta({ description: "The network of this cloud; overrides `network`." }),
    keyPair: layerOf(existingKey).nullish().meta({ description: "The key of this cloud; overrides `keyPair`." }),
    adopt: z
        .boolean()
        .default(false)
        .meta({ description: "Take over a cloud or credentials of the same name that this stack did not make." }),
    busyAgents: oneOf(["refuse", "drain", "force"]).default("refuse").meta({
        description:
            "What a removal of the cloud does if agents are busy. `refuse`: stops. `drain`: waits for the builds. `force`: cuts them.",
    }),
    drainMinutes: wholeNumber(1, 1_440).default(60).meta({ description: "Minutes that `drain` waits." }),
    testConnection: z
        .boolean()
        .default(true)
        .meta({ description: "Run the plugin's Test Connection before a change." }),
    defaults: template.nullish().meta({ description: "Settings that every template of the cloud starts from." }),
    templates: z.record(identifier, template.nullable()).meta({
        description: "The templates, by id.",
        examples: [{ linux: { image: { id: "ami-0123456789abcdef0" }, instanceType: "m7i.large", labels: ["linux"] } }],
    }),
    plugin: pluginParameters,
});

/** A cloud as it is written: a layer, and the sets beneath it. */
export const cloud = layerOf(completeCloud).extend({
    extends: z
        .union([identifier, z.array(identifier)], { error: "must be the id of a cloud set or a list of ids" })
        .optional()
        .meta({
            description:
                "Ids of `cloudSets` from which this cloud starts, templates included; a later set overrides an earlier one.",
            examples: ["builders"],
        }),
});

const ownSettings = completeCloud.omit({ defaults: true, templates: true, network: true }).shape;

/** Which settings become which parameter of the plugin's cloud. */
export const cloudSources: ParameterSources = parameterSources(ownSettings);

/** The settings that become parameters of the plugin's cloud. */
export const codedCloudSettings = codedSettings(ownSettings);

/** A cloud, resolved: what the stack sets for every cloud merged beneath, defaults filled in. */
export interface CloudSettings extends Omit<z.output<typeof completeCloud>, "order" | "defaults" | "templates"> {
    id: string;
    name: string;
    region: string;
    identity: IdentitySettings;
    network: NetworkSettings;
    keyPair: ExistingKeySettings;
    /** By id, in the order in which Jenkins tries them. */
    templates: Record<string, TemplateSettings>;
    /** Keys that the user gave; the others are defaults of this program. */
    explicit: string[];
}

export const templateSets = z.record(identifier, template);

export const cloudSets = z.record(identifier, cloud);
