import { isDeepStrictEqual } from "node:util";
import { groupBy, mapValues } from "../../settings/collections";
import { freeName, without } from "./data";
import type { Cloud, Settings } from "./fold";

/** Clouds that start from common sets say only what is their own. */
export interface FoldedClouds {
    cloudSets: Record<string, Cloud>;
    /** Those that start from a set, by id. */
    starting: Record<string, Settings>;
    /** Those that stay as they are, by id. */
    whole: Record<string, Cloud>;
}

/**
 * Says once what clouds with the same templates say alike, as one cloud for each zone or region does. Whatever differs stays with
 * its cloud: a set says only what all of its clouds say, and all of their templates, so that their order stays.
 */
export function foldClouds(clouds: Record<string, Cloud>): FoldedClouds {
    const folded: FoldedClouds = { cloudSets: {}, starting: {}, whole: {} };
    const groups = groupBy(Object.entries(clouds), ([, { templates }]) => JSON.stringify(Object.keys(templates)));
    for (const group of groups.values()) {
        const set = sharedByAll(group.map(([, cloud]) => cloud));
        const own = group.map(([id, cloud]) => [id, ownOf(cloud, set)] as const);
        if (group.length < 2 || own.some(([, rest]) => size(rest) >= size(set))) {
            Object.assign(folded.whole, Object.fromEntries(group));
            continue;
        }
        const name = setName(
            group.map(([id]) => id),
            folded.cloudSets,
        );
        folded.cloudSets[name] = set;
        for (const [id, rest] of own) folded.starting[id] = { extends: name, ...rest };
    }
    return folded;
}

function sharedByAll(clouds: Cloud[]): Cloud {
    const [first] = clouds as [Cloud, ...Cloud[]];
    const { templates, ...rest } = first;
    const defaults = shared(clouds.map((cloud) => cloud.defaults ?? {}));
    return {
        ...shared([rest, ...clouds.slice(1)]),
        ...(Object.keys(defaults).length === 0 ? {} : { defaults }),
        templates: mapValues(templates, (_, id) => shared(clouds.map((cloud) => cloud.templates[id]!))),
    };
}

/** The values that all say alike. */
function shared([first = {}, ...others]: Settings[]): Settings {
    return Object.fromEntries(
        Object.entries(first).filter(([key, value]) => others.every((other) => isDeepStrictEqual(other[key], value))),
    );
}

/** What a cloud says beyond its set. */
function ownOf({ defaults = {}, templates, ...rest }: Cloud, set: Cloud): Settings {
    const ownDefaults = without(defaults, Object.keys(set.defaults ?? {}));
    const ownTemplates = Object.entries(templates)
        .map(([id, settings]) => [id, without(settings, Object.keys(set.templates[id]!))] as const)
        .filter(([, settings]) => Object.keys(settings).length > 0);
    return {
        ...without(rest, Object.keys(set)),
        ...(Object.keys(ownDefaults).length === 0 ? {} : { defaults: ownDefaults }),
        ...(ownTemplates.length === 0 ? {} : { templates: Object.fromEntries(ownTemplates) }),
    };
}

/** How many values a reader has before them. */
function size(value: unknown): number {
    if (typeof value !== "object" || value === null) return 1;
    return Object.values(value).reduce((sum: number, one) => sum + size(one), 0);
}

/** By what the clouds' ids begin with alike; else numbered. */
function setName(ids: string[], taken: object): string {
    const [first = "", ...others] = ids;
    const length = [...first].findIndex((character, position) => others.some((id) => id[position] !== character));
    const common = first.slice(0, length === -1 ? undefined : length).replace(/[-_]+$/, "") || "common";
    return freeName(common, (name) => Object.hasOwn(taken, name));
}
