import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { preProcessFile } from "typescript";
import { describe, expect, it } from "vitest";

const root = join(__dirname, "..", "..");
const rooms = ["cli", "component", "docs", "ec2", "examples", "iam", "jenkins", "playground", "settings", "test"];

/** What each source imports of the others, types included: a reader has to follow those as well. */
const imports = importsOf([
    ...readdirSync(root),
    ...rooms.flatMap((room) =>
        readdirSync(join(root, room), { recursive: true, encoding: "utf8" }).map((file) => join(room, file)),
    ),
]);

describe("imports go forward", () => {
    it.each([
        { places: "files", placeOf: (file: string) => file },
        { places: "rooms", placeOf: room },
    ])("between $places: none leads back to where it began", ({ placeOf }) => {
        expect(circles(between(placeOf)).map((circle) => circle.join(" -> "))).toEqual([]);
    });

    it("and a circle would be found", () => {
        const imports = new Map([
            ["a", new Set(["b"])],
            ["b", new Set(["c", "d"])],
            ["c", new Set(["b"])],
        ]);
        expect(circles(imports)).toEqual([["b", "c", "b"]]);
    });
});

describe("a command that reads a stack's configuration", () => {
    const readers = ["advise", "check", "inventory", "orphans", "status"].map((name) => join("cli", `${name}.ts`));

    it.each(readers)("%s does not load Pulumi's SDK before that: the SDK reads the configuration once", (command) => {
        expect(wayToSdk(command, new Set())).toBeUndefined();
    });
});

/** The files by which a file loads Pulumi's SDK as it is loaded itself; undefined where it does not. */
function wayToSdk(file: string, seen: Set<string>): string[] | undefined {
    if (seen.has(file)) return undefined;
    seen.add(file);
    const source = readFileSync(join(root, file), "utf8");
    const loaded = [...source.matchAll(/^(?:import|export) (?!type )[^;]*?from "([^"]+)";$/gm)].map(
        ([, name]) => name!,
    );
    if (loaded.some((name) => name.startsWith("@pulumi/"))) return [file];
    for (const name of loaded.filter((each) => each.startsWith("."))) {
        const path = join(dirname(file), name);
        const target = [`${path}.ts`, join(path, "index.ts")].find((each) => imports.has(each));
        const way = target === undefined ? undefined : wayToSdk(target, seen);
        if (way !== undefined) return [file, ...way];
    }
    return undefined;
}

/** The folder. Of the top level and of the tests it is the file: both import freely from the rooms. */
function room(file: string): string {
    const [first] = file.split(sep) as [string];
    return first === "test" ? file : first;
}

function importsOf(files: string[]): Map<string, Set<string>> {
    const sources = new Set(files.filter((file) => file.endsWith(".ts") && !file.includes("node_modules")));
    return new Map(
        [...sources].map((source) => {
            const { importedFiles } = preProcessFile(readFileSync(join(root, source), "utf8"));
            const targets = importedFiles.flatMap(({ fileName }) => {
                const path = join(dirname(source), fileName);
                return fileName.startsWith(".") ? [`${path}.ts`, join(path, "index.ts")] : [];
            });
            return [source, new Set(targets.filter((target) => sources.has(target)))];
        }),
    );
}

/** The imports from place to place, each place being that of all its files. */
function between(placeOf: (file: string) => string): Map<string, Set<string>> {
    const places = new Map<string, Set<string>>();
    for (const [source, targets] of imports) {
        const from = placeOf(source);
        const others = [...targets].map(placeOf).filter((to) => to !== from);
        places.set(from, new Set([...(places.get(from) ?? []), ...others]));
    }
    return places;
}

/** Each import that closes a circle, with the way to it. */
function circles(graph: Map<string, Set<string>>): string[][] {
    const found: string[][] = [];
    const done = new Set<string>();
    const visit = (place: string, way: string[]): void => {
        if (way.includes(place)) found.push([...way.slice(way.indexOf(place)), place]);
        if (way.includes(place) || done.has(place)) return;
        for (const next of graph.get(place) ?? []) visit(next, [...way, place]);
        done.add(place);
    };
    for (const place of graph.keys()) visit(place, []);
    return found;
}
