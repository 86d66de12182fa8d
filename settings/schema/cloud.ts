import { z } from "zod";
import { firstVersions } from "../plugin/firstVersions";
import { identity, IdentitySettings } from "./access";
import { booleanCodec, numberOf, optionalTextCodec, parameterCodec, scalar } from "./codec";
import { identifier, matching, oneOf, wholeNumber } from "./declare";
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
                "Ids of `templateSets` whose settings this one starts from; a later one goes over an earlier one. Sets may extend others, and a cloud's `defaults` may, too.",
            examples: ["docker"],
        }),
    variants: variants.meta({
        description:
            "Makes one template for each of these, like one a zone: its settings go over the template's, and its key is put behind id and description (`linux-a`). In `defaults`, each template of the cloud gets them.",
        examples: [{ a: { zones: ["eu-central-1a"] }, b: { zones: ["eu-central-1b"] } }],
    }),
});

/** What the layers of a template are laid together as: a template, complete but for its variants. */
export const layeredTemplate = completeTemplate.extend({ variants });

/** Without a cap the plugin has the largest number that Java has. */
const capCodec = parameterCodec<number | undefined>("instanceCapStr", scalar, (cap) =>
    numberOf(cap) === 2 ** 31 - 1 ? undefined : numberOf(cap),
);

/** A cloud, complete: what is left when the sets that it extends and the cloud itself are laid over one another. */
export const completeCloud = z.strictObject({
    name: matching(
        // Jenkins.checkGoodName.
        // eslint-disable-next-line no-control-regex -- they are what it refuses
        /^[^?*/\\%!@#$^&|<>[\]:;\s\x00-\x1f\x7f-\x9f](?:[^?*/\\%!@#$^&|<>[\]:;\x00-\x1f\x7f-\x9f]{0,98}[^?*/\\%!@#$^&|<>[\]:;\s\x00-\x1f\x7f-\x9f])?(?<!\.)$/,
        "at most 100 characters, without ? * / \\ % ! @ # $ ^ & | < > [ ] : ; and control characters, and not end with a full stop",
    )
        .optional()
        .meta({
            description: "Name in Jenkins. Running agents refer to it: after a change they are orphans.",
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
            "The stack's clouds stand in this order on each controller, the lowest first, then by id; Jenkins asks them in that order. Other clouds keep their places. (Pulumi keeps no order of keys.)",
    }),
    cap: wholeNumber(1, 100_000).optional().meta({
        description:
            "At most this many instances of the cloud at a time, for each controller. Other clouds of the controller in the same account and region count too; plugins from 2048 on count every 30 seconds only, so that builds that come at the same time can start more (docs/compatibility.md, cap-race).",
        defaultText: "unlimited",
        codec: capCodec,
    }),
    noDelayProvisioning: z
        .boolean()
        .default(false)
        .meta({
            description:
                "Start agents as soon as a build waits, rather than when Jenkins' average of the load says so.",
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
    identity: layerOf(identity).nullish().meta({ description: "The identity of this cloud, over `access.identity`." }),
    network: layerOf(network).nullish().meta({ description: "The network of this cloud, over `network`." }),
    keyPair: layerOf(existingKey).nullish().meta({ description: "The key of this cloud, over `keyPair`." }),
    adopt: z
        .boolean()
        .default(false)
        .meta({ description: "Take over a cloud or credentials of the same names that this stack did not make." }),
    busyAgents: oneOf(["refuse", "drain", "force"]).default("refuse").meta({
        description:
            "When the cloud is removed while its agents work: refuse, wait for the builds to end, or cut them.",
    }),
    drainMinutes: wholeNumber(1, 1_440).default(60).meta({ description: "How long `drain` waits." }),
    testConnection: z
        .boolean()
        .default(true)
        .meta({ description: "Run the plugin's Test Connection before a change is put in place." }),
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
                "Ids of `cloudSets` whose settings this one starts from, templates included; a later one goes over an earlier one. So several clouds (one a zone, subnet or region) have one list of templates.",
            examples: ["builders"],
        }),
});

const ownSettings = completeCloud.omit({ defaults: true, templates: true, network: true }).shape;

/** Which settings become which parameter of the plugin's cloud. */
export const cloudSources: ParameterSources = parameterSources(ownSettings);

/** The settings that become parameters of the plugin's cloud. */
export const codedCloudSettings = codedSettings(ownSettings);

/** A cloud, resolved: what the stack says for every cloud laid beneath, defaults filled in. */
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
