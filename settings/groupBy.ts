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
