import { isMap } from "../../collections";

/** A value as it is written, with where: what the stack's configuration and the fleet files are merged from. */
export type Written =
    | { kind: "map"; place: Place; entries: Map<string, Written> }
    | { kind: "list"; place: Place; elements: Written[] }
    | { kind: "value"; place: Place; value: unknown };

/** Where something is written. */
export interface Place {
    /** Whether it can be named by file, line and column. */
    inFile: boolean;
    /** `fleets/prod.yaml:12:7`, or what stands for it. Asked for only where there is something to report. */
    show(): string;
}

const configuration: Place = { inFile: false, show: () => "the stack's configuration" };

/** What the stack's configuration has. Pulumi keeps no order of keys, so they are in the order of the alphabet. */
export function fromConfiguration(value: unknown): Written {
    if (Array.isArray(value)) {
        return { kind: "list", place: configuration, elements: value.map(fromConfiguration) };
    }
    if (!isMap(value)) return { kind: "value", place: configuration, value };
    const entries = Object.keys(value)
        .sort()
        .map((key): [string, Written] => [key, fromConfiguration(value[key])]);
    return { kind: "map", place: configuration, entries: new Map(entries) };
}

/** The bare value. */
export function valueOf(written: Written): unknown {
    if (written.kind === "value") return written.value;
    if (written.kind === "list") return written.elements.map(valueOf);
    return Object.fromEntries([...written.entries].map(([key, inner]) => [key, valueOf(inner)]));
}

/** Where the path is written, or as much of it as there is; undefined where that is in no file. */
export function placeOf(root: Written, path: readonly PropertyKey[]): string | undefined {
    let at = root;
    for (const part of path) {
        const next =
            at.kind === "map"
                ? at.entries.get(String(part))
                : at.kind === "list"
                  ? at.elements[Number(part)]
                  : undefined;
        if (next === undefined) break;
        at = next;
    }
    return at.place.inFile ? at.place.show() : undefined;
}
