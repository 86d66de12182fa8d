import { describe, expect, it } from "vitest";
import { costLines, templateCosts } from "../../../settings";
import { resolved } from "./support";

const table = {
    "prices.json": JSON.stringify({
        source: "our contract, Frankfurt",
        date: "2026-11-01",
        currency: "EUR",
        perHour: { "m7i.large": 0.1, "c7i.large": 0.05 },
    }),
};

function lines(change: (raw: any) => void): string[] {
    return costLines(
        resolved((raw) => {
            raw.prices = "prices.json";
            change(raw);
        }, table),
    );
}

const linux = (change: object) => (raw: any) => Object.assign(raw.clouds.agents.templates.linux, change);

describe("the cost of a template", () => {
    it("is said with where the prices are from", () => {
        expect(lines(() => undefined)).toEqual([
            "Cost of instances in EUR by a price table of 2026-11-01 (our contract, Frankfurt); volumes and traffic come on top:",
            "agents/linux: m7i.large, 0.1000 EUR/h each, 4.00 EUR/h at the cap of 40",
        ]);
    });

    it("is at the lower of the template's cap and the cloud's, on every controller", () => {
        const two = (raw: any) => {
            raw.controllers["team-b"] = { ...raw.controllers["team-a"], url: "https://other.example.com/" };
            raw.secrets.tokens["team-b"] = "x";
            raw.clouds.agents.controllers.push("team-b");
            linux({ cap: 10 })(raw);
        };
        expect(lines(two)[1]).toBe("agents/linux: m7i.large, 0.1000 EUR/h each, 2.00 EUR/h at the cap of 20");
    });

    it("is at most the maximum price for Spot", () => {
        expect(lines(linux({ spot: { maxPricePerHour: 0.04 }, cap: 2 }))[1]).toBe(
            "agents/linux: m7i.large, at most 0.0400 EUR/h each, 0.08 EUR/h at the cap of 2",
        );
        expect(lines(linux({ spot: { fallbackToOnDemand: true }, cap: 2 }))[1]).toContain("at most 0.1000 EUR/h each");
    });

    it("is unknown for a type that is not in the table, and without limit without a cap", () => {
        expect(lines(linux({ instanceType: "x1.large" }))[1]).toBe("agents/linux: x1.large: not in the price table");
        expect(lines((raw) => delete raw.clouds.agents.cap)[1]).toBe(
            "agents/linux: m7i.large, 0.1000 EUR/h each, no cap",
        );
    });

    it("is there for each of a list of types", () => {
        const costs = templateCosts(
            resolved((raw) => (raw.clouds.agents.templates.linux.instanceType = ["m7i.large", "c7i.large"])),
        );
        expect(costs.map(({ template, perHour }) => [template, perHour])).toEqual([
            ["linux-m7i.large", 0.1008],
            ["linux-c7i.large", 0.08925],
        ]);
    });
});
