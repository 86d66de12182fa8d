import { isDeepStrictEqual } from "node:util";
import { valueAt } from "../path";
import { completeCloud } from "../schema/cloud";
import { defaultOf } from "../schema/layer";
import { declarations, type Declaration } from "../schema/parameters";
import { completeTemplate } from "../schema/template";
import { asPluginReads } from "./asPluginReads";
import type { JudgedSettings } from "./met";
import { leadingNumber } from "./releases";

/** A setting that is asked for, and that a release cannot do. */
export interface Lack {
    /** Path of the setting in a template or a cloud. */
    setting: string;
    /** The first release that can. */
    since: string;
}

/** The settings that the oldest release lacks, by their declarations. */
const ofTemplates = newSettings(declarations(completeTemplate.shape));
const ofClouds = newSettings(declarations(completeCloud.omit({ defaults: true, templates: true }).shape));

interface NewSetting extends Lack {
    /** Whether a template or a cloud has a value that a plugin without the setting cannot do. */
    asks(given: Given): boolean;
}

/** A template or a cloud. */
interface Given {
    explicit: readonly string[];
}

function newSettings(all: readonly Declaration[]): NewSetting[] {
    return all.flatMap(({ path, schema }): NewSetting[] => {
        const { since, needs } = schema.meta() ?? {};
        if (since === undefined) return [];
        if (typeof since === "string") return [{ setting: path, since, asks: asksFor(path, schema, needs) }];
        return Object.entries(since).map(([value, version]) => ({
            setting: path,
            since: version,
            asks: asksFor(path, schema, [value]),
        }));
    });
}

function asksFor(path: string, schema: Declaration["schema"], needs?: readonly unknown[]): NewSetting["asks"] {
    const usual = defaultOf(schema);
    return (given) => {
        const value = valueAt(given, path.split("."));
        const isUsual = isDeepStrictEqual(value, usual);
        return needs === undefined ? !isUsual : needs.includes(value) && (!isUsual || given.explicit.includes(path));
    };
}

/** The settings that are asked for and that a version cannot do, each once. A push of them would be refused. */
export function lacks(version: string, { clouds, tags }: JudgedSettings): Lack[] {
    const cloudsAsRead = Object.values(clouds).map((cloud) => asPluginReads(cloud, tags));
    const templates = cloudsAsRead.flatMap((cloud) => Object.values(cloud.templates));
    const asked = (settings: readonly NewSetting[], given: readonly Given[]) =>
        settings
            .filter(({ since, asks }) => leadingNumber(version) < leadingNumber(since) && given.some(asks))
            .map(({ setting, since }) => ({ setting, since }));
    return [...asked(ofClouds, cloudsAsRead), ...asked(ofTemplates, templates)];
}
