import { freeName, without } from "./data";

export type Settings = Record<string, unknown>;

/** A cloud as converted: `templates` by id, and whatever else it says. */
export type Cloud = Settings & { defaults?: Settings; templates: Record<string, Settings> };

/** Clouds whose templates start from common sets. */
export interface Folded {
    templateSets: Record<string, Settings>;
    clouds: Record<string, Cloud>;
}

/** A set with fewer values than this saves nothing that a reader would thank for. */
const worthASet = 2;

/**
 * Says once what several templates say, of whichever clouds: values that just the same templates share become a template set.
 * No two sets of a template say the same key, and no set says what a cloud's `defaults` say, so nothing depends on an order.
 */
export function foldTemplates(clouds: Record<string, Cloud>): Folded {
    const groups = sharedValues(clouds).filter(({ values }) => Object.keys(values).length >= worthASet);
    const names = setNames(groups);
    const templateSets = Object.fromEntries(groups.map(({ values }, index) => [names[index]!, values]));
    const folded = Object.entries(clouds).map(([cloudId, cloud]) => {
        const templates = Object.entries(cloud.templates).map(([id, settings]) => {
            const own = groups.flatMap(({ members, values }, index) =>
                members.has(key(cloudId, id)) ? [{ name: names[index]!, values }] : [],
            );
            return [id, own.length === 0 ? settings : startingFrom(own, settings)] as const;
        });
        return [cloudId, { ...cloud, templates: Object.fromEntries(templates) }] as const;
    });
    return { templateSets, clouds: Object.fromEntries(folded) };
}

interface Group {
    /** The templates that say all of the values. */
    members: Set<string>;
    ids: string[];
    values: Settings;
}

/** The values that at least two templates say alike, in groups of those that the same templates say. */
function sharedValues(clouds: Record<string, Cloud>): Group[] {
    const byValue = new Map<string, { name: string; value: unknown; members: string[]; ids: string[] }>();
    for (const [cloudId, { templates }] of Object.entries(clouds)) {
        for (const [id, settings] of Object.entries(templates)) {
            for (const [name, value] of Object.entries(settings)) {
                if (ownToTemplate.has(name)) continue;
                const place = JSON.stringify([name, value]);
                const found = byValue.get(place) ?? { name, value, members: [], ids: [] };
                found.members.push(key(cloudId, id));
                found.ids.push(id);
                byValue.set(place, found);
            }
        }
    }
    const groups = new Map<string, Group>();
    for (const { name, value, members, ids } of byValue.values()) {
        if (members.length < 2) continue;
        const group = groups.get(members.join()) ?? { members: new Set(members), ids, values: {} };
        group.values[name] = value;
        groups.set(members.join(), group);
    }
    return [...groups.values()];
}

/** The description identifies a template in Jenkins, and the order is its place. */
const ownToTemplate = new Set(["description", "order", "extends"]);

function startingFrom(sets: { name: string; values: Settings }[], settings: Settings): Settings {
    const said = sets.flatMap(({ values }) => Object.keys(values));
    const names = sets.map(({ name }) => name);
    return {
        extends: names.length === 1 ? names[0] : names,
        ...without(settings, said),
    };
}

/** By the templates' common id where they have one, as the same template in several zones does; else numbered. */
function setNames(groups: Group[]): string[] {
    const taken = new Set<string>();
    return groups.map(({ ids }) => {
        const common = new Set(ids).size === 1 ? ids[0]! : "common";
        const name = freeName(common, (one) => taken.has(one));
        taken.add(name);
        return name;
    });
}

const key = (cloud: string, template: string) => `${cloud}/${template}`;
