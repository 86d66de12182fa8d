import { BlockDevice, TemplateSettings } from "../../settings";
import { PluginObject } from "../push/request";
import { scalar } from "./parameters";

/**
 * The plugin's text form of volumes:
 * `DEVICE=[SNAPSHOT]:[SIZE]:[DELETE ON TERMINATION]:[TYPE]:[IOPS]:[encrypted]:[THROUGHPUT]` (DeviceMappingParser).
 */
export function deviceMapping(devices: readonly BlockDevice[]): string {
    return devices
        .map(({ device, snapshot, sizeGiB, deleteOnTermination, type, iops, encrypted, throughputMiBps }) => {
            const encryption = encrypted === undefined ? "" : encrypted ? "encrypted" : "unencrypted";
            const parts = [snapshot, sizeGiB, deleteOnTermination, type, iops, encryption, throughputMiBps].map(scalar);
            return `${device}=${parts.join(":").replace(/:+$/, "")}`;
        })
        .join(",");
}

/** The parameter `spotConfig`. */
export function spot({
    maxPricePerHour,
    fallbackToOnDemand,
    blockHours,
}: NonNullable<TemplateSettings["spot"]>): PluginObject {
    return {
        useBidPrice: scalar(maxPricePerHour !== undefined),
        spotMaxBidPrice: scalar(maxPricePerHour),
        fallbackToOndemand: scalar(fallbackToOnDemand),
        spotBlockReservationDuration: scalar(blockHours),
    };
}

const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** The parameter `minimumNumberOfInstancesTimeRangeConfig`. */
export function schedule({ from, to, days: chosen }: NonNullable<TemplateSettings["schedule"]>): PluginObject {
    return {
        minimumNoInstancesActiveTimeRangeFrom: from,
        minimumNoInstancesActiveTimeRangeTo: to,
        ...Object.fromEntries(days.map((day) => [day, scalar(chosen.includes(day))])),
    };
}
