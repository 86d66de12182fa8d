import { isDeepStrictEqual } from "node:util";
import { mapValues } from "../../settings/collections";
import { without } from "./data";
import type { Cloud, Settings } from "./fold";

/** Where a template's instances start. */
const place = ["zones", "subnets"];

/**
 * Says once the templates of a cloud that stand side by side and differ in nothing but their zones or subnets, like `linux-a` and
 * `linux-b`: as variants of one template, and where all templates have the same variants as the cloud's.
 */
export function foldVariants(cloud: Cloud): Cloud {
    const templates: Record<string, Settings> = {};
    const entries = Object.entries(cloud.templates);
    for (let start = 0; start < entries.length;) {
        const [[id, settings], ...after] = entries.slice(start) as [Entry, ...Entry[]];
        const alike = after.findIndex((other) => !isVariantBeside([id, settings], other));
        const run = entries.slice(start, start + 1 + (alike === -1 ? after.length : alike));
        const { base } = nameOf(id) ?? { base: id };
        const isTaken = Object.hasOwn(cloud.templates, base) || Object.hasOwn(templates, base);
        if (run.length === 1 || isTaken) Object.assign(templates, Object.fromEntries(run));
        else templates[base] = { ...without(settings, place), variants: variantsOf(run) };
        start += run.length;
    }
    return withCommonVariants({ ...cloud, templates });
}

type Entry = [id: string, settings: Settings];

/** What is before the last hyphen, and what is behind it; undefined where that is no key that keeps its place in a file. */
function nameOf(id: string): { base: string; key: string } | undefined {
    const { base, key } = /^(?<base>.+)-(?<key>[A-Za-z0-9]+)$/.exec(id)?.groups ?? {};
    return base === undefined || key === undefined || /^\d+$/.test(key) ? undefined : { base, key };
}

function isVariantBeside([id, settings]: Entry, [otherId, other]: Entry): boolean {
    const base = nameOf(id)?.base;
    return (
        base !== undefined &&
        base === nameOf(otherId)?.base &&
        // A variant's description is its id.
        settings["description"] === undefined &&
        place.some((key) => !isDeepStrictEqual(settings[key], other[key])) &&
        isDeepStrictEqual(without(settings, place), without(other, place))
    );
}

function variantsOf(run: Entry[]): Record<string, Settings> {
    return Object.fromEntries(
        run.map(([id, settings]) => [
            nameOf(id)!.key,
            without(
                settings,
                Object.keys(settings).filter((key) => !place.includes(key)),
            ),
        ]),
    );
}

/** Variants that every template has are the cloud's. */
function withCommonVariants(cloud: Cloud): Cloud {
    const [first, ...others] = Object.values(cloud.templates);
    const variants = first?.["variants"];
    if (variants === undefined || !others.every((other) => isDeepStrictEqual(other["variants"], variants)))
        return cloud;
    return {
        ...cloud,
        defaults: { ...cloud.defaults, variants },
        templates: mapValues(cloud.templates, (settings) => without(settings, ["variants"])),
    };
}
