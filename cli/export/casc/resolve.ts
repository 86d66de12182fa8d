import { mapValues } from "../../../settings/collections";
import { namesSecret } from "../../../settings/looksSecret";
import { masked, type PluginObject, type PluginValue } from "../../../settings/schema/codec";
import type { CascMap, CascValue } from "./files";
import { resolveVariables, type VariableSources } from "./variables";

/** A value without variables, and whether all of it is there. */
interface Resolved<Value> {
    value: Value;
    /** False where a part was left out, because it has a variable whose value is not known. */
    isWhole: boolean;
}

/**
 * Resolves the variables of Configuration as Code values. A value with an unknown variable is left out: it is neither taken
 * literally nor made empty. Secrets are masked, whatever variables they have. Null is left out, as it is the same as absent.
 */
export class Resolver {
    /** Places that have the variable, by the name of the unknown variable. */
    public readonly unknown = new Map<string, string[]>();

    constructor(private readonly sources: VariableSources) {}

    /** A text; undefined where it has an unknown variable. */
    public text(text: string, place: string): string | undefined {
        let resolved;
        try {
            resolved = resolveVariables(text, this.sources);
        } catch (error) {
            throw new Error(`${place}: ${(error as Error).message}.`, { cause: error });
        }
        for (const name of resolved.unknown) this.unknown.set(name, [...(this.unknown.get(name) ?? []), place]);
        return resolved.unknown.length === 0 ? resolved.text : undefined;
    }

    public map(map: CascMap, place: string): PluginObject {
        return this.wholeMap(map, place).value;
    }

    private wholeMap(map: CascMap, place: string): Resolved<PluginObject> {
        const values: PluginObject = {};
        let isWhole = true;
        for (const [name, value] of Object.entries(withMaskedSecrets(map))) {
            if (value === null) continue;
            const resolved = this.value(value, `${place}.${name}`);
            if (resolved === undefined || !resolved.isWhole) isWhole = false;
            if (resolved !== undefined) values[name] = resolved.value;
        }
        return { value: values, isWhole };
    }

    private value(value: Exclude<CascValue, null>, place: string): Resolved<PluginValue> | undefined {
        if (typeof value === "string") {
            const text = this.text(value, place);
            return text === undefined ? undefined : { value: text, isWhole: true };
        }
        return Array.isArray(value) ? { value: this.list(value, place), isWhole: true } : this.wholeMap(value, place);
    }

    /** Half a tag, filter or environment variable would be another one: an item that is not whole is left out. */
    private list(list: readonly CascValue[], place: string): PluginValue[] {
        return list.flatMap((item, index) => {
            const resolved = item === null ? undefined : this.value(item, `${place}[${index}]`);
            return resolved?.isWhole === true ? [resolved.value] : [];
        });
    }
}

/** A secret is no part of an export: as the script masks them that reads a live controller (objects.groovy). */
function withMaskedSecrets(map: CascMap): CascMap {
    const { key } = map;
    const isSecretPair = typeof key === "string" && namesSecret(key);
    return mapValues(map, (value, name) => {
        const isSecret = namesSecret(name) || (isSecretPair && name === "value");
        return isSecret && typeof value === "string" && value !== "" ? masked : value;
    });
}
