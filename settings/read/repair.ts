import { z } from "zod";
import { Path, valueAt } from "../path";
import { bare } from "../schema/layer";
import { isMap } from "../collections";

/** The declaration of the value at a path, without what wraps it; undefined where the declaration knows none. */
export function schemaAt(root: z.ZodType, path: Path): z.ZodType | undefined {
    const schema = wrappedSchemaAt(root, path);
    return schema === undefined ? undefined : bare(schema);
}

/** The first example of the value at a path, if its declaration has one. */
export function exampleAt(root: z.ZodType, path: Path): unknown {
    return wrappedSchemaAt(root, path)?.meta()?.examples?.at(0);
}

/** Values without what the issues are about: wrong ones go, and needed ones that are missing get their example. */
export function repaired(schema: z.ZodType, root: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
    // From the last to the first, so that positions in lists stay right.
    return [...issues].reverse().reduce<unknown>((left, issue) => {
        if (issue.code === "unrecognized_keys") {
            return withoutKeys(left, issue.path, new Set(issue.keys));
        }
        if (valueAt(left, issue.path) !== undefined) return without(left, issue.path);
        const example = exampleAt(schema, issue.path);
        return example === undefined ? without(left, issue.path.slice(0, -1)) : withValue(left, issue.path, example);
    }, root);
}

function wrappedSchemaAt(root: z.ZodType, path: Path): z.ZodType | undefined {
    return path.reduce<z.ZodType | undefined>((schema, part) => {
        const current = schema === undefined ? undefined : bare(schema);
        if (current instanceof z.ZodObject) return current.shape[part as string] as z.ZodType | undefined;
        if (current instanceof z.ZodRecord) return current.valueType as z.ZodType;
        if (current instanceof z.ZodArray) return current.element as z.ZodType;
        if (current instanceof z.ZodUnion) {
            const options = current.options as z.ZodType[];
            return options.map((option) => wrappedSchemaAt(option, [part])).find((inner) => inner !== undefined);
        }
        return undefined;
    }, root);
}

function without(value: unknown, path: Path): unknown {
    const [first, ...rest] = path;
    if (first === undefined) return {};
    if (Array.isArray(value)) {
        return value.flatMap((one: unknown, position) =>
            position !== first ? [one] : rest.length === 0 ? [] : [without(one, rest)],
        );
    }
    if (!isMap(value)) return value;
    return Object.fromEntries(
        Object.entries(value).flatMap(([key, one]): [string, unknown][] =>
            key !== String(first) ? [[key, one]] : rest.length === 0 ? [] : [[key, without(one, rest)]],
        ),
    );
}

/** All at once: there may be very many. */
function withoutKeys(value: unknown, path: Path, keys: ReadonlySet<string>): unknown {
    const map = valueAt(value, path);
    if (!isMap(map)) return value;
    return withValue(value, path, Object.fromEntries(Object.entries(map).filter(([key]) => !keys.has(key))));
}

function withValue(value: unknown, path: Path, added: unknown): unknown {
    const [first, ...rest] = path;
    if (first === undefined) return added;
    if (Array.isArray(value))
        return value.map((one: unknown, position) => (position === first ? withValue(one, rest, added) : one));
    const map = isMap(value) ? value : {};
    const key = String(first);
    return { ...map, [key]: withValue(Object.hasOwn(map, key) ? map[key] : undefined, rest, added) };
}
