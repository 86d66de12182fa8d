import { Path } from "../../path";
import { isMap } from "../../collections";

/** Sets of settings by name, which may extend one another. */
export type Sets = Record<string, { extends?: unknown; [setting: string]: unknown }>;

/** One layer of settings, and where it is set. */
export interface Layer {
    settings: Record<string, unknown>;
    path: Path;
}

/** The names of an `extends`. */
export function extended(names: unknown): string[] {
    return [names ?? []].flat() as string[];
}

/**
 * The sets that are named, each after those that it extends itself. Names that there are no sets of, and sets that come back to
 * themselves, are left out: the checks report them.
 */
export function setLayers(names: unknown, key: string, sets: Sets, above: readonly string[] = []): Layer[] {
    return extended(names).flatMap((name) => {
        if (!Object.hasOwn(sets, name) || above.includes(name)) return [];
        const { extends: further, ...settings } = sets[name]!;
        return [...setLayers(further, key, sets, [...above, name]), { settings, path: [key, name] }];
    });
}

/** A layer with the sets beneath it. */
export function layersOf(written: unknown, path: Path, key: string, sets: Sets): Layer[] {
    if (!isMap(written)) return [];
    const { extends: names, ...settings } = written;
    return [...setLayers(names, key, sets), { settings, path }];
}
