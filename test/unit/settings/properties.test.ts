import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSettings, UserError } from "../../../settings";
import { stack } from "../../../settings/schema/stack";
import { completeTemplate } from "../../../settings/schema/template";
import { context, smallStack } from "./support";

const keys = fc.constantFrom(
    ...Object.keys(stack.shape),
    ...Object.keys(completeTemplate.shape),
    "team-a",
    "agents",
    "linux",
    "templates",
    "__proto__",
    "",
);
const anything = fc.oneof(
    fc.anything({ key: keys, maxDepth: 5, withNullPrototype: true }),
    fc.jsonValue(),
    fc.constantFrom<unknown>("ami-0123456789abcdef0", "m7i.large", 0, -1, 1e9, NaN, "", "a\nb", null, undefined),
);

/** Sets a value somewhere within the small stack. */
function damage(root: any, choices: number[], value: unknown): void {
    let place = root;
    for (const choice of choices) {
        const inner = Object.keys(place);
        const key = inner[choice % Math.max(1, inner.length)];
        if (key === undefined || typeof place[key] !== "object" || place[key] === null) {
            if (key !== undefined) place[key] = value;
            return;
        }
        place = place[key];
    }
    place["labels"] = value;
}

function resolvesOrReports(raw: Record<string, unknown>): void {
    try {
        readSettings(raw, context());
    } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        expect((error as UserError).problems).not.toEqual([]);
    }
}

function reversed(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
        Object.entries(value)
            .reverse()
            .map(([key, inner]) => [key, reversed(inner)]),
    );
}

describe("any settings at all", () => {
    it("resolve, or are reported as a user's mistake", () => {
        fc.assert(
            fc.property(fc.dictionary(keys, anything), (raw) => resolvesOrReports(raw)),
            { numRuns: 500 },
        );
    });

    it("with one thing wrong in them resolve, or are reported", () => {
        fc.assert(
            fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 6 }), anything, (choices, value) => {
                const raw = smallStack();
                damage(raw, choices, value);
                resolvesOrReports(raw);
            }),
            { numRuns: 1000 },
        );
    });

    it("with anything in a template resolve, or are reported", () => {
        fc.assert(
            fc.property(fc.constantFrom(...Object.keys(completeTemplate.shape)), anything, (key, value) => {
                const raw = smallStack();
                raw.clouds.agents.templates.linux[key] = value;
                resolvesOrReports(raw);
            }),
            { numRuns: 1000 },
        );
    });
});

describe("the order of keys", () => {
    it("does not matter", () => {
        const raw = smallStack();
        raw.clouds.agents.templates.another = {
            image: { id: "ami-0123456789abcdef1" },
            instanceType: ["c7i.large", "c6i.large"],
            tags: { b: "1", a: "2" },
        };
        raw.clouds.more = { ...smallStack().clouds.agents, name: "more" };
        const there = JSON.stringify(readSettings(raw, context()).settings.clouds["agents"]!.templates, sortedKeys);
        const back = readSettings(reversed(raw) as Record<string, unknown>, context()).settings;
        expect(JSON.stringify(back.clouds["agents"]!.templates, sortedKeys)).toBe(there);
        expect(Object.keys(back.clouds["agents"]!.templates)).toEqual([
            "another-c7i.large",
            "another-c6i.large",
            "linux",
        ]);
        expect(Object.keys(back.clouds)).toEqual(["agents", "more"]);
    });
});

/** Within one template the order of keys has no meaning, and is evened out for the comparison. */
function sortedKeys(_: string, value: unknown): unknown {
    if (Array.isArray(value) && value.every((one) => typeof one === "string")) return [...value].sort();
    if (typeof value !== "object" || value === null || Array.isArray(value) || "linux" in value) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
