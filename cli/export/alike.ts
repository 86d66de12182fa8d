import { isDeepStrictEqual } from "node:util";
import { isMap } from "../../settings/collections";
import { masked, type PluginValue } from "../../settings/schema/codec";
import { instanceTypeOf } from "../../settings/schema/template/instanceType";

/** A parameter that differs, by its path within a cloud or a template. */
export interface Change {
    path: string;
    before: string;
    after: string;
}

/**
 * What differs in a parameter, apart from its form. The forms that the plugin treats alike are the same as those that a controller's
 * script knows (jenkins/groovy/alike.groovy). A secret is not in an export and counts as the same.
 */
export function changesIn(parameter: string, before: PluginValue, after: PluginValue, path = parameter): Change[] {
    if (before === masked) return [];
    if (isMap(before) && isMap(after)) {
        // A live object has its class also where the parameter's type names it.
        const keys = [...Object.keys(before), ...Object.keys(after)].filter((key) => key !== "$class" || key in after);
        return [...new Set(keys)].flatMap((key) =>
            changesIn(key, before[key] ?? "", after[key] ?? "", `${path}.${key}`),
        );
    }
    if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
        const [olds, news] = [sorted(parameter, before), sorted(parameter, after)];
        return olds.flatMap((old, index) => changesIn(parameter, old, news[index]!, `${path}[${index}]`));
    }
    if (isDeepStrictEqual(sameForAll(parameter, before), sameForAll(parameter, after))) return [];
    return [{ path, before: asText(before), after: asText(after) }];
}

const asText = (value: PluginValue): string => (typeof value === "string" ? value : JSON.stringify(value));

/** What tells the items of a list apart whose order means nothing. */
const keysOfItems: Record<string, string> = {
    tags: "name",
    amiFilters: "name",
    env: "key",
    locations: "key",
    nodeProperties: "$class",
};

function sorted(parameter: string, items: readonly PluginValue[]): readonly PluginValue[] {
    const key = keysOfItems[parameter];
    if (key === undefined) return items;
    const keyOf = (item: PluginValue) => (isMap(item) ? asText((item[key] ?? "") as PluginValue) : "");
    return items.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

const wordsIn = (text: string, separator: RegExp) => text.split(separator).filter((word) => word !== "");

/** One value for all texts that mean the same, by the parameter's name. */
const forms: Record<string, (text: string) => unknown> = {
    $class: (text) => text.replace(/^.*\./, ""),
    amiOwners: (text) => wordsIn(text, /[\s,;]+/),
    amiUsers: (text) => wordsIn(text, /[\s,;]+/),
    instanceCapStr: (text) => (text === "2147483647" || text === "0" ? "" : text),
    javaPath: (text) => text || "java",
    labelString: (text) => new Set(wordsIn(text, /\s+/)),
    launchTimeoutStr: (text) => (/^(-\d+|0+)$/.test(text) ? "" : text),
    maxTotalUses: (text) => (/^0?$/.test(text) ? "-1" : text),
    minimumNoInstancesActiveTimeRangeFrom: ofClock,
    minimumNoInstancesActiveTimeRangeTo: ofClock,
    securityGroups: (text) => new Set(text.split(",").map((group) => group.trim())),
    spotMaxBidPrice: (text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : text),
    sshPort: (text) => text || "22",
    subnetId: (text) => wordsIn(text, /[\s,;]+/),
    type: instanceTypeOf,
    zone: (text) => wordsIn(text, /[\s,;]+/),
};

/** Of a number or a switch, which has no form of its own above, empty is the same as zero and false. */
function sameForAll(parameter: string, value: PluginValue): unknown {
    if (typeof value !== "string") return value.length === 0 ? "" : value;
    const form = forms[parameter];
    if (form !== undefined) return form(value);
    return value === "0" || value === "false" ? "" : value.trim();
}

/** The plugin takes `1:00 PM` as well as `13:00`. */
function ofClock(text: string): string {
    const [, hour = "", minute = "", half = ""] = /^(\d{1,2}):(\d{2}) ?([AP]M)?$/i.exec(text) ?? [];
    if (hour === "") return text;
    const hours = half === "" ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === "PM" ? 12 : 0);
    return `${hours}:${minute}`;
}
