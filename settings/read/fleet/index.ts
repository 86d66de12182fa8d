import { RawSettings, SettingsContext } from "../context";
import { Path, showPath } from "../../path";
import { Problem } from "../../problem";
import { readDocument } from "./document";
import { fleetFiles } from "./files";
import { fromConfiguration, placeOf, valueOf, Written } from "./written";

/** The stack's configuration and its fleet files, as one. */
export interface TogetherWritten {
    /**
     * In the order in which things are written: what is in fleet files first, file by file, then what the stack's
     * configuration has, by the alphabet.
     */
    raw: RawSettings;
    /** Where a setting is written, as `fleets/prod.yaml:12:7`; undefined where it is in no fleet file. */
    placeOf(path: Path): string | undefined;
    /** What is wrong with the files themselves, and what is set twice. */
    problems: Problem[];
}

/** Merges the fleet files and the stack's configuration: maps key by key, and any other value is set once. */
export function layTogether(configuration: RawSettings, context: SettingsContext): TogetherWritten {
    const problems: Problem[] = [];
    const parts = fleetFiles(configuration["fleet"], context, problems).flatMap(({ file, text }) => {
        const written = readDocument(file, text, problems);
        return written === undefined ? [] : allowed(written, problems);
    });
    const together = [...parts, fromConfiguration(configuration)].reduce((one, other) =>
        joined(one, other, [], problems),
    );
    checkIds(together, problems);
    return { raw: valueOf(together) as RawSettings, placeOf: (path) => placeOf(together, path), problems };
}

/** A fleet file's settings without what has no place there. */
function allowed(written: Written, problems: Problem[]): Written[] {
    if (written.kind === "value" && written.value === null) return [];
    if (written.kind !== "map") {
        problems.push({
            code: "wrong-form",
            severity: "error",
            path: "fleet",
            place: written.place.show(),
            message: "a fleet file is a map of settings",
        });
        return [];
    }
    const entries = [...written.entries].filter(([key, { place }]) => {
        if (key === "secrets") {
            problems.push({
                code: "plain-text-secret",
                severity: "error",
                path: key,
                place: place.show(),
                message: "a fleet file must not contain secrets",
                fix: "remove them, and set each: pulumi config set --secret --path 'secrets.…'",
            });
        }
        if (key === "fleet") {
            const message = "is allowed in the stack's configuration only";
            problems.push({ code: "wrong-form", severity: "error", path: key, place: place.show(), message });
        }
        return key !== "secrets" && key !== "fleet";
    });
    // The root itself is in several places.
    return [{ ...written, place: { ...written.place, inFile: false }, entries: new Map(entries) }];
}

/** JavaScript puts keys that are whole numbers before all others, so one of a cloud or template would lose its place. */
function checkIds(together: Written, problems: Problem[]): void {
    const clouds = inner(together, "clouds");
    const maps: [Path, Written | undefined][] = [
        [["clouds"], clouds],
        ...keysOf(clouds).map((id): [Path, Written | undefined] => [
            ["clouds", id, "templates"],
            inner(inner(clouds, id), "templates"),
        ]),
    ];
    for (const [path, map] of maps) {
        for (const key of keysOf(map)) {
            const place = inner(map, key)!.place;
            if (!place.inFile || !/^\d+$/.test(key)) continue;
            const message = "an id in a fleet file must not be digits only, because it loses its place in the order";
            problems.push({
                code: "wrong-form",
                severity: "error",
                path: showPath([...path, key]),
                place: place.show(),
                message,
                fix: `write t${key} instead`,
            });
        }
    }
}

function inner(written: Written | undefined, key: string): Written | undefined {
    return written?.kind === "map" ? written.entries.get(key) : undefined;
}

function keysOf(written: Written | undefined): string[] {
    return written?.kind === "map" ? [...written.entries.keys()] : [];
}

function joined(one: Written, other: Written, path: Path, problems: Problem[]): Written {
    if (one.kind === "map" && other.kind === "map") {
        const entries = new Map(one.entries);
        for (const [key, inner] of other.entries) {
            const there = entries.get(key);
            entries.set(key, there === undefined ? inner : joined(there, inner, [...path, key], problems));
        }
        return { ...one, entries };
    }
    problems.push({
        code: "named-twice",
        severity: "error",
        path: showPath(path),
        place: one.place.show(),
        message: `is set twice: at ${one.place.show()}, and ${other.place.inFile ? "at" : "in"} ${other.place.show()}`,
        fix: "remove one of them: only maps are merged",
    });
    return one;
}
