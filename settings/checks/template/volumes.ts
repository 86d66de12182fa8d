import type { BlockDevice } from "../../schema/template/blockDevice";
import type { TemplateCheck } from "./templateCheck";

/** What EC2 allows of a volume type (EBS user guide, "Amazon EBS volume types", 2025). */
interface VolumeLimits {
    /** Smallest and largest size in GiB. */
    sizeGiB: [number, number];
    /** Provisioned operations a second: least, most, and most for each GiB. Absent: can't be provisioned. */
    iops?: { least: number; most: number; perGiB: number };
}

/** gp3 has 3,000 operations a second at any size; the ratio holds for what is provisioned above. */
const limits: Record<NonNullable<BlockDevice["type"]>, VolumeLimits> = {
    gp3: { sizeGiB: [1, 65_536], iops: { least: 3_000, most: 80_000, perGiB: 500 } },
    io1: { sizeGiB: [4, 16_384], iops: { least: 100, most: 64_000, perGiB: 50 } },
    io2: { sizeGiB: [4, 65_536], iops: { least: 100, most: 256_000, perGiB: 1_000 } },
    gp2: { sizeGiB: [1, 16_384] },
    st1: { sizeGiB: [125, 16_384] },
    sc1: { sizeGiB: [125, 16_384] },
    standard: { sizeGiB: [1, 1_024] },
};

/** Devices are there once, and each volume is one that EC2 makes: a wrong one fails only when an instance is to start. */
export function checkVolumes({ template, problem }: TemplateCheck): void {
    const { blockDevices, ephemeralDevices } = template;
    // SlaveTemplate.getBlockDeviceMappings, from 2.0.7 to 2059: the one or the other.
    if (ephemeralDevices && blockDevices.length > 0) {
        problem(
            "conflicting-settings",
            "ephemeralDevices",
            "must be false, or blockDevices empty: with local disks the plugin makes no volumes",
        );
    }
    blockDevices.forEach((device, position) => {
        const setting = `blockDevices.${position}`;
        if (blockDevices.findIndex((other) => other.device === device.device) !== position) {
            problem("named-twice", setting, `names the device ${device.device} twice`);
        }
        for (const message of [...typeMistakes(device), ...ratioMistakes(device)])
            problem("not-possible", setting, message);
    });
}

/** Settings that only some types have. */
function typeMistakes({ type, iops, throughputMiBps }: BlockDevice): string[] {
    const provisioned = type === undefined ? undefined : limits[type].iops;
    return [
        ...(iops !== undefined && provisioned === undefined ? ["has iops, which only io1, io2 and gp3 have"] : []),
        ...(throughputMiBps !== undefined && type !== "gp3" ? ["has throughputMiBps, which only gp3 has"] : []),
        ...(iops === undefined && (type === "io1" || type === "io2") ? [`needs iops, as its type is ${type}`] : []),
    ];
}

/** Numbers that do not go together. */
function ratioMistakes({ type, sizeGiB, iops, throughputMiBps }: BlockDevice): string[] {
    if (type === undefined) return [];
    const { sizeGiB: size, iops: allowed } = limits[type];
    const mistakes: string[] = [];
    if (sizeGiB !== undefined && (sizeGiB < size[0] || sizeGiB > size[1])) {
        mistakes.push(`must have ${size[0]} to ${size[1]} GiB, as its type is ${type}`);
    }
    if (iops !== undefined && allowed !== undefined) {
        const most = sizeGiB === undefined ? allowed.most : Math.max(allowed.least, allowed.perGiB * sizeGiB);
        if (iops < allowed.least) mistakes.push(`must have ${allowed.least} iops or more, as its type is ${type}`);
        else if (iops > allowed.most) mistakes.push(`must have at most ${allowed.most} iops, as its type is ${type}`);
        else if (iops > most)
            mistakes.push(
                `must have at most ${most} iops: ${allowed.perGiB} for each GiB of ${type}, and it has ${sizeGiB}`,
            );
    }
    if (type === "gp3" && throughputMiBps !== undefined) {
        const operations = Math.max(3_000, iops ?? 0);
        if (throughputMiBps > operations / 4)
            mistakes.push(
                `must have at most ${Math.floor(operations / 4)} throughputMiBps: one for each 4 iops, and it has ${operations}`,
            );
    }
    return mistakes;
}
