/** What an instance type offers. */
interface Size {
    vcpus: number;
    memoryGiB: number;
    architecture: "x86_64" | "arm64";
}

/** Sizes of the families t3, t3a and t4g. */
const burstable: Record<string, Omit<Size, "architecture">> = {
    micro: { vcpus: 2, memoryGiB: 1 },
    small: { vcpus: 2, memoryGiB: 2 },
    medium: { vcpus: 2, memoryGiB: 4 },
    large: { vcpus: 2, memoryGiB: 8 },
    xlarge: { vcpus: 4, memoryGiB: 16 },
    "2xlarge": { vcpus: 8, memoryGiB: 32 },
};
const memoryPerVcpu: Record<string, number> = { c: 2, m: 4, r: 8 };
const vcpus: Record<string, number> = { medium: 1, large: 2, xlarge: 4 };

/** The size of an instance type by its name; undefined for a family that is not known here. */
export function sizeOf(type: string): Size | undefined {
    const [, family = "", options = "", size = ""] = /^([a-z]+)\d([a-z]*)\.(\w+)$/.exec(type) ?? [];
    const architecture = options.includes("g") ? "arm64" : "x86_64";
    if (family === "t") return burstable[size] && { ...burstable[size], architecture };
    const times = /^(\d+)xlarge$/.exec(size)?.[1];
    const count = times === undefined ? vcpus[size] : Number(times) * 4;
    const each = memoryPerVcpu[family];
    return count === undefined || each === undefined
        ? undefined
        : { vcpus: count, memoryGiB: count * each, architecture };
}

/** What an agent needs of its instance. */
export interface Need {
    architecture: "x86_64" | "arm64";
    executors: number;
    /** Undefined where nobody knows. */
    memoryGiB?: number;
}

/**
 * The cheapest type of the price table with a vCPU for each executor and the memory that the agent has today, 4 GiB where that is not
 * known. Undefined where the table has none.
 */
export function instanceTypeFor(
    { architecture, executors, memoryGiB = 4 }: Need,
    perHour: Record<string, number>,
): string | undefined {
    // A machine shows a little less memory than it is sold with.
    const least = Math.round(memoryGiB);
    return Object.entries(perHour)
        .filter(([type]) => {
            const size = sizeOf(type);
            return size?.architecture === architecture && size.vcpus >= executors && size.memoryGiB >= least;
        })
        .sort(([one, price], [other, otherPrice]) => price - otherPrice || one.localeCompare(other))[0]?.[0];
}
