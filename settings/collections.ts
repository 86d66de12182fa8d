/** The items by a key of each, in the order in which the keys first appear. (`Map.groupBy` came with Node 21.) */
export function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
    const groups = new Map<Key, Item[]>();
    for (const item of items) {
        const key = keyOf(item);
        const group = groups.get(key);
        // Not copied: a fleet has a hundred thousand places that meet one fault.
        if (group) group.push(item);
        else groups.set(key, [item]);
    }
    return groups;
}

/** The same keys, each with what `map` makes of its value. */
export function mapValues<V, W>(record: Record<string, V>, map: (value: V, key: string) => W): Record<string, W> {
    return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}

/** Whether a value is a map of the settings: no list, no single value. */
export function isMap(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
