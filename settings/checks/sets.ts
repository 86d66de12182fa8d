import { Findings } from "../read/findings";
import { silenceable } from "../messages";
import type { WarningCode } from "../messages/settingsMessages";
import { suggestion } from "../nearest";
import { Path } from "../path";
import { extended, Sets } from "../read/resolve/sets";
import { WrittenStack } from "../read/shape";

/** Sets that are extended are there, and do not come back to themselves; one that nothing starts from is probably misspelt somewhere. */
export function checkSets({ clouds, cloudSets, templateSets }: WrittenStack, findings: Findings): void {
    const cloudUses = [...usesIn(clouds, ["clouds"]), ...usesIn(cloudSets, ["cloudSets"])];
    checkKind(
        { key: "cloudSets", kind: "cloud set", unused: "unused-cloud-set", by: "cloud" },
        cloudSets,
        cloudUses,
        findings,
    );
    const templateUses = [
        ...[...templatesIn(clouds, ["clouds"]), ...templatesIn(cloudSets, ["cloudSets"])],
        ...usesIn(templateSets, ["templateSets"]),
    ];
    const templateKind = {
        key: "templateSets",
        kind: "template set",
        unused: "unused-template-set",
        by: "template",
    } as const;
    checkKind(templateKind, templateSets, templateUses, findings);
}

/** An `extends`, and what has it. */
interface Use {
    path: Path;
    names: string[];
}

function usesIn(written: Sets | null | undefined, path: Path): Use[] {
    return Object.entries(written ?? {}).map(([id, one]) => ({ path: [...path, id], names: extended(one?.extends) }));
}

function templatesIn(clouds: Sets, path: Path): Use[] {
    return Object.entries(clouds).flatMap(([id, cloud]) => [
        ...usesIn(cloud["templates"] as Sets | null, [...path, id, "templates"]),
        ...usesIn({ defaults: (cloud["defaults"] ?? {}) as Sets[string] }, [...path, id]),
    ]);
}

interface Kind {
    key: string;
    kind: string;
    unused: WarningCode;
    by: string;
}

function checkKind({ key, kind, unused, by }: Kind, sets: Sets, uses: Use[], findings: Findings): void {
    for (const { path, names } of uses) {
        for (const name of names.filter((one) => !Object.hasOwn(sets, one))) {
            findings.problem(
                "unknown-name",
                [...path, "extends"],
                `there is no ${kind} ${name}: ${suggestion(name, Object.keys(sets))}`,
            );
        }
    }
    const used = uses.flatMap(({ names }) => names);
    for (const name of Object.keys(sets)) {
        const round = roundOf(name, sets);
        if (round !== undefined) {
            findings.problem("wrong-form", [key, name, "extends"], `extends itself: ${round.join(" extends ")}`);
        } else if (!used.includes(name)) findings.warn(unused, [key, name], `no ${by} uses it in extends`);
    }
}

/** The way from a set back to itself; undefined where there is none. */
function roundOf(name: string, sets: Sets, way: string[] = [name]): string[] | undefined {
    for (const next of extended(sets[way.at(-1)!]?.extends)) {
        if (next === name) return [...way, next];
        const round = way.includes(next) ? undefined : roundOf(name, sets, [...way, next]);
        if (round !== undefined) return round;
    }
    return undefined;
}

/** A warning and a fault of the plugin are silenced by their names; a misspelt one would silence nothing. */
export function checkSilence({ silence }: WrittenStack, findings: Findings): void {
    silence.forEach((name, position) => {
        if (!silenceable.includes(name))
            findings.problem(
                "unknown-name",
                ["silence", position],
                `is not a warning: ${suggestion(name, silenceable)}`,
            );
    });
}
