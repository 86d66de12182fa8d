import { z } from "zod";
import { numberOf, parameterCodec, scalar, textOf } from "../codec";
import { matching, oneOf, wholeNumber } from "../declare";

export const blockDevice = z.strictObject({
    device: matching(/^(\/dev\/\w+|xvd\w+)$/, "a device name, like /dev/sdf").meta({
        description: "Name of the device.",
        examples: ["/dev/sdf"],
    }),
    sizeGiB: wholeNumber(1, 65_536).optional().meta({ description: "Size in GiB.", cost: "Per GiB and month." }),
    type: oneOf(["standard", "io1", "io2", "gp2", "gp3", "sc1", "st1"])
        .optional()
        .meta({ description: "Volume type." }),
    iops: wholeNumber(100, 256_000).optional().meta({
        description: "Provisioned operations a second.",
        cost: "Per operation and month; for gp3 those beyond the included ones.",
    }),
    throughputMiBps: wholeNumber(125, 2_000).optional().meta({
        description: "Throughput of gp3 in MiB a second.",
        cost: "Throughput beyond the included, per month.",
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

/** A volume beside or instead of the image's. */
export type BlockDevice = z.output<typeof blockDevice>;

/**
 * The plugin's text form of volumes, one behind the other with commas between them:
 * `DEVICE=[SNAPSHOT]:[SIZE]:[DELETE ON TERMINATION]:[TYPE]:[IOPS]:[encrypted]:[THROUGHPUT]` (DeviceMappingParser).
 */
export const blockDevicesCodec = parameterCodec<readonly BlockDevice[]>(
    "customDeviceMapping",
    (devices) => devices.map(mappingOf).join(","),
    (text) =>
        textOf(text)
            .split(",")
            .filter((mapping) => mapping.includes("="))
            .map(deviceOf),
);

function mappingOf(volume: BlockDevice): string {
    const { device, snapshot, sizeGiB, deleteOnTermination, type, iops, encrypted, throughputMiBps } = volume;
    const encryption = encrypted === undefined ? "" : encrypted ? "encrypted" : "unencrypted";
    const parts = [snapshot, sizeGiB, deleteOnTermination, type, iops, encryption, throughputMiBps].map(scalar);
    return `${device}=${parts.join(":").replace(/:+$/, "")}`;
}

function deviceOf(mapping: string): BlockDevice {
    const [device = "", volume = ""] = mapping.trim().split("=");
    const [snapshot, size, deleted, type, iops, encryption, throughput] = volume
        .split(":")
        .map((part) => (part === "" ? undefined : part));
    return {
        device,
        snapshot,
        sizeGiB: numberOf(size),
        deleteOnTermination: deleted !== "false",
        type: type as BlockDevice["type"],
        iops: numberOf(iops),
        encrypted: encryption === undefined ? undefined : encryption === "encrypted",
        throughputMiBps: numberOf(throughput),
    };
}
