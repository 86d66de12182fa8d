import { z } from "zod";
import { firstVersions } from "../../plugin/firstVersions";
import {
    booleanCodec,
    isTrue,
    parameterCodec,
    textCodec,
    textOf,
    optionalWordsCodec,
    filledWords,
    type Codec,
} from "../codec";
import { matching, oneOf, tags, text } from "../declare";
import { loginShape } from "./login";

const subnetPattern = /^subnet-[0-9a-f]{8,17}$/;
const subnetForm = "a subnet id, like subnet-0123456789abcdef0";

export const subnetId = matching(subnetPattern, subnetForm);

/** What is in AWS already: by its id, or by what it is found by in the cloud's VPC. */
export type AwsReference = string | { name: string } | { tags: Record<string, string> };

/** The forms of an {@link AwsReference}; `name` tells which one has a name. */
function awsReference(pattern: RegExp, form: string, name: string) {
    const forms = `${form}, { name: … } or { tags: … }`;
    const byName = z.strictObject({
        name: text().max(255, "has at most 255 characters").meta({ description: name }),
    });
    const byTags = z.strictObject({
        tags: tags
            .refine((pairs) => Object.keys(pairs).length > 0, "must have at least one tag")
            .meta({ description: "All that have these tags." }),
    });
    return z.union([matching(pattern, forms), byName, byTags], { error: `must be ${forms}` });
}

const subnet = awsReference(subnetPattern, subnetForm, "The one whose tag `Name` has this value.");
export const securityGroup = awsReference(
    /^sg-[0-9a-f]{8,17}$/,
    "a security group id, like sg-0123456789abcdef0",
    "The one with this group name.",
);
const zone = matching(
    /^[a-z]{2}(-[a-z]+)+-\d[a-z]$|^[a-z]{2}(-[a-z]+)+-\d(-[a-z0-9]+)+$/,
    "an availability zone, like eu-central-1a",
);

/** The subnets decide the zone: with several zones the parameter would have to be the zone of whichever subnet comes next. */
const zonesCodec = parameterCodec<readonly string[] | undefined>(
    "zone",
    (zones = []) => (zones.length === 1 ? zones.join() : ""),
    filledWords,
);

/** The oldest plugins split security groups at commas only, and names may have blanks (SlaveTemplate.parseSecurityGroups, 2.0.7 to 2059). */
const securityGroupsCodec = parameterCodec<readonly AwsReference[]>(
    "securityGroups",
    (groups) => groups.join(","),
    (text) => {
        const groups = textOf(text)
            .split(",")
            .map((group) => group.trim());
        const filled = [...new Set(groups)].filter((group) => group !== "");
        return filled.map((group) => (group.startsWith("sg-") ? group : { name: group }));
    },
);

const addressStrategies = ["DEFAULT", "SUBNET", "PUBLIC_IP", "PRIVATE_IP"] as const;
const addressCodec = textCodec("associateIPStrategy");

const publicAddressCodec: Codec<string | undefined> = {
    ...addressCodec,
    former: ["associatePublicIp"],
    from: (parameters) => {
        if (isTrue(parameters["associatePublicIp"])) return "PUBLIC_IP";
        return "associateIPStrategy" in parameters ? addressCodec.from(parameters) : "DEFAULT";
    },
};

const strategyCodec = textCodec("connectionStrategy");

const connectionStrategyCodec: Codec<string | undefined> = {
    ...strategyCodec,
    former: ["connectUsingPublicIp", "usePrivateDnsName"],
    from: (parameters) => ("connectionStrategy" in parameters ? strategyCodec.from(parameters) : "PRIVATE_IP"),
};

/** Where the instance is in the network, and how Jenkins reaches it. */
export const connectionShape = {
    ...loginShape,
    subnets: z
        .array(subnet)
        .min(1, "must name at least one subnet")
        .optional()
        .meta({
            description:
                "Subnets for the instances, taken in turn: each by its id, by `{ name: … }` (its tag `Name`) or by `{ tags: … }`.",
            defaultText: "the cloud's",
            examples: [["subnet-0123456789abcdef0"], [{ name: "builds-a" }], [{ tags: { tier: "private" } }]],
            // The oldest plugins split subnets at spaces only (SlaveTemplate.chooseSubnetId).
            codec: optionalWordsCodec("subnetId"),
        }),
    zones: z
        .array(zone)
        .min(1, "must name at least one zone")
        .optional()
        .meta({
            description: "Availability zones for the instances: only the cloud's subnets in these zones are used.",
            defaultText: "all of the subnets'",
            examples: [["eu-central-1a"]],
            codec: zonesCodec,
        }),
    securityGroups: z.array(securityGroup).default([]).meta({
        description: "Security groups beside the cloud's, each in a form of `network.securityGroups`.",
        codec: securityGroupsCodec,
    }),
    publicAddress: oneOf(addressStrategies)
        .default("DEFAULT")
        .meta({
            description:
                "Whether instances get a public address: always (`PUBLIC_IP`), never (`PRIVATE_IP`), or as the subnet is configured (`SUBNET`, `DEFAULT`). With `spot.maxPricePerHour`, `DEFAULT` means never.",
            codec: publicAddressCodec,
            cost: "A public IPv4 address, by the hour.",
            since: firstVersions.associateIPStrategy,
            // The others have a counterpart in associatePublicIp.
            needs: ["PRIVATE_IP"],
        }),
    connectionStrategy: oneOf(["PRIVATE_IP", "PRIVATE_DNS", "PUBLIC_IP", "PUBLIC_DNS"]).default("PRIVATE_IP").meta({
        description: "Address under which Jenkins connects. The default is the plugin's, and needs no public address.",
        codec: connectionStrategyCodec,
    }),
    hostKeyVerification: oneOf(["CHECK_NEW_HARD", "CHECK_NEW_SOFT", "ACCEPT_NEW", "OFF"])
        .default("CHECK_NEW_SOFT")
        .meta({
            description:
                "How an agent's SSH host key is checked. `CHECK_NEW_HARD`: it must be in the instance's console output. `CHECK_NEW_SOFT`: if the console has one, it must match. `ACCEPT_NEW`: trusts the first. `OFF`: accepts any. The default is the strictest that works with images that print no host key.",
            codec: textCodec("hostKeyVerificationStrategy"),
        }),
    sshProcess: z
        .boolean()
        .default(false)
        .meta({
            description: "Connect by the controller's own `ssh` program.",
            codec: booleanCodec("connectBySSHProcess"),
        }),
};
