import { isDeepStrictEqual } from "node:util";
import { groupBy, mapValues } from "../../settings/collections";
import { freeName, given, without } from "./data";

export type Settings = Record<string, unknown>;

/** A cloud as converted: `templates` by id, and its other settings. */
export type Cloud = Settings & { defaults?: Settings; templates: Record<string, Settings> };

/** Clouds, and the sets that they start from. */
export interface Folded {
    templateSets?: Record<string, Settings>;
    cloudSets?: Record<string, Settings>;
    clouds: Record<string, Settings>;
}

/**
 * Moves what several clouds or templates have in common to one place. Clouds with the same templates in the same order, as one for
 * each zone has them, start from a cloud set. Values that the same templates have in common become a template set, whichever clouds
 * these are in. A set has only what all that start from it have, and no two sets of a template have the same key, so that nothing
 * depends on an order.
 */
export function fold(clouds: Record<string, Cloud>): Folded {
    const { sets, starting, whole } = cloudSets(clouds);
    // A cloud's own part lies over the templates of its set. So template sets are for the sets and for the other clouds.
    const keyOfSet = (name: string) => `set ${name}`;
    const withSets = templateSets({ ...mapKeys(sets, keyOfSet), ...whole });
    return {
        ...given({
            templateSets: unlessEmpty(withSets.sets),
            cloudSets: unlessEmpty(mapValues(sets, (_, name) => withSets.clouds[keyOfSet(name)]!)),
        }),
        clouds: mapValues(clouds, (_, id) => starting[id] ?? withSets.clouds[id]!),
    };
}

/** The values that all have. */
export function shared([first = {}, ...others]: readonly Settings[]): Settings {
    return Object.fromEntries(
        Object.entries(first).filter(([key, value]) => others.every((other) => isDeepStrictEqual(other[key], value))),
    );
}

interface CloudSets {
    sets: Record<string, Cloud>;
    /** Clouds that start from a set, by id. */
    starting: Record<string, Settings>;
    /** The others, by id. */
    whole: Record<string, Cloud>;
}

function cloudSets(clouds: Record<string, Cloud>): CloudSets {
    const result: CloudSets = { sets: {}, starting: {}, whole: {} };
    const groups = groupBy(Object.entries(clouds), ([, { templates }]) => JSON.stringify(Object.keys(templates)));
    for (const group of groups.values()) {
        const set = sharedByClouds(group.map(([, cloud]) => cloud));
        const own = group.map(([id, cloud]) => [id, ownPart(cloud, set)] as const);
        if (group.length < 2 || own.some(([, part]) => size(part) >= size(set))) {
            Object.assign(result.whole, Object.fromEntries(group));
            continue;
        }
        const ids = group.map(([id]) => id);
        const name = freeName(commonStart(ids) || "common", (one) => Object.hasOwn(result.sets, one));
        result.sets[name] = set;
        for (const [id, part] of own) result.starting[id] = { extends: name, ...part };
    }
    return result;
}

function sharedByClouds(clouds: readonly Cloud[]): Cloud {
    const { templates } = clouds[0]!;
    return {
        ...shared(clouds.map((cloud) => without(cloud, ["defaults", "templates"]))),
        ...given({ defaults: unlessEmpty(shared(clouds.map(({ defaults }) => defaults ?? {}))) }),
        templates: mapValues(templates, (_, id) => shared(clouds.map((cloud) => cloud.templates[id]!))),
    };
}

/** What a cloud has beyond its set. */
function ownPart({ defaults = {}, templates, ...rest }: Cloud, set: Cloud): Settings {
    const own = mapValues(templates, (settings, id) => without(settings, Object.keys(set.templates[id]!)));
    const changed = Object.entries(own).filter(([, settings]) => Object.keys(settings).length > 0);
    return {
        ...without(rest, Object.keys(set)),
        ...given({
            defaults: unlessEmpty(without(defaults, Object.keys(set.defaults ?? {}))),
            templates: unlessEmpty(Object.fromEntries(changed)),
        }),
    };
}

/** How many values a reader has before them. */
function size(value: unknown): number {
    if (typeof value !== "object" || value === null) return 1;
    return Object.values(value).reduce((sum: number, one) => sum + size(one), 0);
}

/** What the ids have in common at their beginning. */
function commonStart(ids: readonly string[]): string {
    const [first = "", ...others] = ids;
    const length = [...first].findIndex((character, position) => others.some((id) => id[position] !== character));
    return first.slice(0, length === -1 ? undefined : length).replace(/[-_]+$/, "");
}

/** A set of fewer values is longer than what it replaces. */
const leastValues = 2;

/** The description identifies a template in Jenkins, and the order is its place. */
const ownToTemplate = ["description", "order"];

interface TemplatePlace {
    cloud: string;
    template: string;
}

function templateSets(clouds: Record<string, Cloud>): {
    sets: Record<string, Settings>;
    clouds: Record<string, Cloud>;
} {
    const groups = commonValues(clouds).filter(({ values }) => Object.keys(values).length >= leastValues);
    const sets: Record<string, Settings> = {};
    const extended = mapValues(clouds, ({ templates }) => mapValues(templates, () => [] as string[]));
    for (const { places, values } of groups) {
        const ids = new Set(places.map(({ template }) => template));
        const name = freeName(ids.size === 1 ? [...ids][0]! : "common", (one) => Object.hasOwn(sets, one));
        sets[name] = values;
        for (const { cloud, template } of places) extended[cloud]![template]!.push(name);
    }
    const startingFrom = (names: string[], settings: Settings): Settings =>
        names.length === 0
            ? settings
            : {
                  extends: names.length === 1 ? names[0] : names,
                  ...without(
                      settings,
                      names.flatMap((name) => Object.keys(sets[name]!)),
                  ),
              };
    return {
        sets,
        clouds: mapValues(clouds, (cloud, cloudId) => ({
            ...cloud,
            templates: mapValues(cloud.templates, (settings, id) => startingFrom(extended[cloudId]![id]!, settings)),
        })),
    };
}

/** The values that at least two templates have, in groups of those that the same templates have. */
function commonValues(clouds: Record<string, Cloud>): { places: TemplatePlace[]; values: Settings }[] {
    const all = Object.entries(clouds).flatMap(([cloud, { templates }]) =>
        Object.entries(templates).flatMap(([template, settings]) =>
            Object.entries(without(settings, ownToTemplate)).map(([key, value]) => ({ cloud, template, key, value })),
        ),
    );
    const byValue = [...groupBy(all, ({ key, value }) => JSON.stringify([key, value])).values()];
    const byPlaces = groupBy(
        byValue.filter((same) => same.length > 1),
        (same) => JSON.stringify(same.map(({ cloud, template }) => [cloud, template])),
    );
    return [...byPlaces.values()].map((values) => ({
        places: values[0]!,
        values: Object.fromEntries(values.map(([first]) => [first!.key, first!.value])),
    }));
}

const unlessEmpty = <Value extends object>(map: Value): Value | undefined =>
    Object.keys(map).length === 0 ? undefined : map;

const mapKeys = <Value>(map: Record<string, Value>, rename: (key: string) => string): Record<string, Value> =>
    Object.fromEntries(Object.entries(map).map(([key, value]) => [rename(key), value]));
