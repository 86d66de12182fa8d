import { z } from "zod";
import { firstVersions } from "../../plugin/firstVersions";
import { matching, oneOf, tags, wholeNumber } from "../declare";
import { image } from "./image";

const instanceType = matching(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "an EC2 instance type, like m7i.large");

const blockDevice = z.strictObject({
    device: matching(/^(\/dev\/\w+|xvd\w+)$/, "a device name, like /dev/sdf").meta({
        description: "Name of the device.",
        examples: ["/dev/sdf"],
    }),
    sizeGiB: wholeNumber(1, 65_536)
        .optional()
        .meta({ description: "Size in GiB.", cost: "Each of them, by the month." }),
    type: oneOf(["standard", "io1", "io2", "gp2", "gp3", "sc1", "st1"])
        .optional()
        .meta({ description: "Volume type." }),
    iops: wholeNumber(100, 256_000).optional().meta({
        description: "Provisioned operations a second.",
        cost: "Each of them, by the month; of gp3 those beyond what is included.",
    }),
    throughputMiBps: wholeNumber(125, 2_000).optional().meta({
        description: "Throughput of gp3 in MiB a second.",
        cost: "What is beyond the included, by the month.",
    }),
    encrypted: z.boolean().optional().meta({ description: "Encrypt the volume." }),
    deleteOnTermination: z.boolean().default(true).meta({
        description: "Delete the volume with its instance.",
        cost: "`false`: the volume, until somebody deletes it.",
    }),
    snapshot: matching(/^snap-[0-9a-f]{8,17}$/, "a snapshot id")
        .optional()
        .meta({ description: "Snapshot that the volume is made from." }),
});

const metadata = z
    .strictObject({
        enabled: z
            .boolean()
            .default(true)
            .meta({
                description: "Whether the instance metadata service answers.",
                parameters: ["metadataEndpointEnabled"],
            }),
        tokensRequired: z
            .boolean()
            .default(true)
            .meta({
                description:
                    "Session tokens required (IMDSv2). On by default, as in current plugins: without it a job that can be made to fetch a URL can read the instance profile's credentials.",
                parameters: ["metadataTokensRequired"],
            }),
        hopLimit: wholeNumber(1, 64)
            .default(1)
            .meta({
                description: "Network hops that an answer may travel; containers on the agent need 2.",
                parameters: ["metadataHopsLimit"],
            }),
        supported: z
            .boolean()
            .default(true)
            .meta({
                description: "Whether the region or endpoint knows metadata options at all; false sends none.",
                parameters: ["metadataSupported"],
                since: firstVersions.metadataSupported,
            }),
    })
    .prefault({})
    .meta({ description: "The instance metadata service." });

/** What is started. */
export const machineShape = {
    image: image.optional().meta(image.meta() ?? {}),
    instanceType: z
        .union([instanceType, z.array(instanceType).min(1, "must name at least one instance type")], {
            error: "must be an EC2 instance type, like m7i.large, or a list of them",
        })
        .optional()
        .meta({
            description:
                "EC2 instance type. A list makes one template for each type, in this order, with the same labels. Plugins up to 2045 try the next type when one is at its cap or EC2 has no capacity of it; 2048 to 2051 only ever the first; later ones the next at a cap only, and after a lack of capacity the first again (docs/compatibility.md, error-no-fallthrough).",
            examples: ["m7i.large", ["m7i.large", "m6i.large"]],
            parameters: ["type"],
            cost: "By the second while the instance runs, at least for a minute; a preview has the price of an hour. A Mac type runs on a dedicated host only, which is paid from its allocation to its release, at least for 24 hours.",
        }),
    tags: tags.default({}).meta({
        description: "Tags of the instances and their volumes, added to the stack's `tags`.",
        examples: [{ team: "builds" }],
        parameters: ["tags"],
    }),
    instanceProfile: matching(
        /^([\w+=,.@-]{1,128}|arn:aws[\w-]*:iam::\d{12}:instance-profile\/[\w+=,.@/-]+)$/,
        "the name or ARN of an instance profile",
    )
        .optional()
        .meta({
            description:
                "Instance profile of the agents: what AWS allows the builds to do. The name or the ARN of an existing one.",
            examples: ["build-agents"],
            parameters: ["iamInstanceProfile"],
        }),
    tenancy: oneOf(["Default", "Dedicated", "Host"])
        .default("Default")
        .meta({
            description:
                "Shared hardware, hardware of one's own, or a dedicated host. `Dedicated` needs `zones` with exactly one zone: else the plugin does not ask for it.",
            parameters: ["tenancy"],
            cost: "`Dedicated`: a higher price, and a fee for each hour in which the region has such an instance. `Host`: the whole host from its allocation to its release, whatever runs on it.",
        }),
    encryptRootVolume: oneOf(["DEFAULT", "ENCRYPTED", "UNENCRYPTED"])
        .default("DEFAULT")
        .meta({
            description: "Encryption of the root volume; `DEFAULT` is as the image and the account say.",
            parameters: ["ebsEncryptRootVolume"],
        }),
    deleteRootOnTermination: z
        .boolean()
        .default(true)
        .meta({
            description: "Delete the root volume with its instance. On by default, so that none is left behind.",
            parameters: ["deleteRootOnTermination"],
            cost: "`false`: each volume that is left behind, until somebody deletes it.",
        }),
    blockDevices: z
        .array(blockDevice)
        .default([])
        .meta({
            description: "Volumes beside or instead of the image's.",
            examples: [[{ device: "/dev/xvda", sizeGiB: 100, type: "gp3" }]],
            parameters: ["customDeviceMapping"],
            cost: "By GiB and month while the instance is there, also stopped.",
        }),
    ephemeralDevices: z
        .boolean()
        .default(false)
        .meta({
            description:
                "Attach the instance type's local disks, in place of `blockDevices`: the plugin does the one or the other.",
            parameters: ["useEphemeralDevices"],
        }),
    ebsOptimized: z
        .boolean()
        .default(false)
        .meta({
            description: "Dedicated bandwidth to EBS; current instance types have it in any case.",
            parameters: ["ebsOptimized"],
            cost: "By the hour with older types, which do not have it in any case.",
        }),
    detailedMonitoring: z
        .boolean()
        .default(false)
        .meta({
            description: "CloudWatch metrics each minute.",
            parameters: ["monitoring"],
            cost: "Each metric of each instance, by the hour.",
        }),
    unlimitedCpuCredits: z
        .boolean()
        .default(false)
        .meta({
            description: "Burst beyond the credits of T instances.",
            parameters: ["t2Unlimited"],
            cost: "Each hour of a vCPU beyond the credits that the instance earns.",
        }),
    metadata,
    enclave: z
        .boolean()
        .default(false)
        .meta({
            description: "Enable Nitro Enclaves.",
            parameters: ["enclaveEnabled"],
            since: firstVersions.enclaveEnabled,
        }),
    nestedVirtualization: z
        .boolean()
        .default(false)
        .meta({
            description: "Enable nested virtualisation where the instance type has it.",
            parameters: ["nestedVirtualizationEnabled"],
            since: firstVersions.nestedVirtualizationEnabled,
        }),
};

/** One volume of {@link machineShape}. */
export type BlockDevice = z.output<typeof blockDevice>;
