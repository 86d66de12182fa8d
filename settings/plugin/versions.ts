/**
 * Compares two versions of Jenkins or a plugin: `2.0.7` < `1688.v8c07e01d657f` < `1822.v…`. Numbers count as numbers;
 * the part after `v` is a commit and has no order.
 *
 * @returns negative, 0 or positive
 */
export function compareVersions(one: string, other: string): number {
    const [left, right] = [numbers(one), numbers(other)];
    for (let index = 0; index < Math.max(left.length, right.length); index++) {
        const difference = (left[index] ?? 0) - (right[index] ?? 0);
        if (difference !== 0) {
            return difference;
        }
    }
    return 0;
}

function numbers(version: string): number[] {
    const leading = /^\d+(\.\d+)*/.exec(version)?.[0] ?? "";
    return leading.split(".").map(Number);
}
