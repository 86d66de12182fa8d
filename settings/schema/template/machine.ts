import { z } from "zod";
import { firstVersions } from "../../plugin/firstVersions";
import { agentTag } from "../../naming";
import {
    booleanCodec,
    mapsOf,
    numberCodec,
    optionalTextCodec,
    parameterCodec,
    scalar,
    sortedEntries,
    textCodec,
    textOf,
} from "../codec";
import { matching, oneOf, tags, wholeNumber } from "../declare";
import { blockDevice, blockDevicesCodec } from "./blockDevice";
import { image } from "./image";
import { instanceTypeOf } from "./instanceType";

const instanceType = matching(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "an EC2 instance type, like m7i.large");

const tagsCodec = parameterCodec<Record<string, string>>(
    "tags",
    (all) => sortedEntries(all).map(([name, value]) => ({ name, value })),
    (list) => {
        const own = mapsOf(list).filter(({ name }) => name !== agentTag);
        return Object.fromEntries(own.map(({ name, value }) => [textOf(name), textOf(value)]));
    },
);

const metadata = z
    .strictObject({
        enabled: z
            .boolean()
            .default(true)
            .meta({
                description: "Whether the instance metadata service answers.",
                codec: booleanCodec("metadataEndpointEnabled"),
            }),
        tokensRequired: z
            .boolean()
            .default(true)
            .meta({
                description:
                    "Require session tokens (IMDSv2). Without it, a job that fetches a foreign URL can read the instance profile's credentials.",
                codec: booleanCodec("metadataTokensRequired"),
            }),
        hopLimit: wholeNumber(1, 64)
            .default(1)
            .meta({
                description: "Network hops of an answer. Containers on the agent need 2.",
                codec: numberCodec("metadataHopsLimit"),
            }),
        supported: z
            .boolean()
            .default(true)
            .meta({
                description: "`false` sends no metadata options, for a region or endpoint without them.",
                codec: booleanCodec("metadataSupported"),
                since: firstVersions.metadataSupported,
                // Older plugins do what false means.
                needs: [true],
            }),
    })
    .prefault({})
    .meta({ description: "The instance metadata service." });

/** What is started. */
export const machineShape = {
    image: image.optional().meta(image.meta() ?? {}),
    instanceType: z
        .union([instanceType, z.array(instanceType).min(1, "must name at least one instance type")], {
            error: "must be an EC2 instance type, such as m7i.large, or a list of them",
        })
        .optional()
        .meta({
            description:
                "EC2 instance type. A list makes one template for each type, in this order, with the same labels. At a cap or without capacity the plugin tries the next type, but not from 2048 to 2059 (docs/compatibility.md, error-no-fallthrough).",
            examples: ["m7i.large", ["m7i.large", "m6i.large"]],
            codec: parameterCodec<string>("type", scalar, (type) => instanceTypeOf(textOf(type))),
            cost: "Per second while the instance runs, at least a minute. A preview shows the price of an hour. A Mac type needs a dedicated host, for at least 24 hours.",
        }),
    tags: tags.default({}).meta({
        description: "Tags of the instances and their volumes, added to the stack's `tags`.",
        examples: [{ team: "builds" }],
        codec: tagsCodec,
    }),
    instanceProfile: matching(
        /^([\w+=,.@-]{1,128}|arn:aws[\w-]*:iam::\d{12}:instance-profile\/[\w+=,.@/-]+)$/,
        "the name or ARN of an instance profile",
    )
        .optional()
        .meta({
            description:
                "Instance profile of the agents: what AWS allows the builds to do. The id of a role in `access.agentRoles`, or the name or ARN of an existing profile.",
            examples: ["build-agents"],
            codec: optionalTextCodec("iamInstanceProfile"),
        }),
    tenancy: oneOf(["Default", "Dedicated", "Host"])
        .default("Default")
        .meta({
            description:
                "Shared hardware, your own hardware, or a dedicated host. `Dedicated` needs exactly one zone in `zones`; otherwise the plugin does not request it.",
            codec: textCodec("tenancy"),
            cost: "`Dedicated`: a higher price, and a fee for each hour with such an instance in the region. `Host`: the whole host, from its allocation to its release.",
        }),
    encryptRootVolume: oneOf(["DEFAULT", "ENCRYPTED", "UNENCRYPTED"])
        .default("DEFAULT")
        .meta({
            description: "Encryption of the root volume. `DEFAULT`: as image and account are configured.",
            codec: textCodec("ebsEncryptRootVolume"),
        }),
    deleteRootOnTermination: z
        .boolean()
        .default(true)
        .meta({
            description: "Delete the root volume with its instance.",
            codec: booleanCodec("deleteRootOnTermination"),
            cost: "`false`: each left volume, until somebody deletes it.",
        }),
    blockDevices: z
        .array(blockDevice)
        .default([])
        .meta({
            description: "Volumes beside or instead of the image's.",
            examples: [[{ device: "/dev/xvda", sizeGiB: 100, type: "gp3" }]],
            codec: blockDevicesCodec,
            cost: "Per GiB and month while the instance exists, also stopped.",
        }),
    ephemeralDevices: z
        .boolean()
        .default(false)
        .meta({
            description: "Attach the instance type's local disks in place of `blockDevices`.",
            codec: booleanCodec("useEphemeralDevices"),
        }),
    ebsOptimized: z
        .boolean()
        .default(false)
        .meta({
            description: "Dedicated bandwidth to EBS. Current instance types always have it.",
            codec: booleanCodec("ebsOptimized"),
            cost: "Per hour, with older types.",
        }),
    detailedMonitoring: z
        .boolean()
        .default(false)
        .meta({
            description: "CloudWatch metrics each minute.",
            codec: booleanCodec("monitoring"),
            cost: "Each metric of each instance, by the hour.",
        }),
    unlimitedCpuCredits: z
        .boolean()
        .default(false)
        .meta({
            description: "Burst beyond the credits of T instances.",
            codec: booleanCodec("t2Unlimited"),
            cost: "Per vCPU hour beyond the credits that the instance earns.",
        }),
    metadata,
    enclave: z
        .boolean()
        .default(false)
        .meta({
            description: "Enable Nitro Enclaves.",
            codec: booleanCodec("enclaveEnabled"),
            since: firstVersions.enclaveEnabled,
        }),
    nestedVirtualization: z
        .boolean()
        .default(false)
        .meta({
            description: "Enable nested virtualisation, if the instance type has it.",
            codec: booleanCodec("nestedVirtualizationEnabled"),
            since: firstVersions.nestedVirtualizationEnabled,
        }),
};
