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

describe("the cost in a preview", () => {
    it("is one line for each cloud at its cap, with where the prices are from", () => {
        expect(lines(() => undefined)).toEqual([
            "Cost of instances in EUR: our contract, Frankfurt, 2026-11-01; volumes and traffic come on top:",
            "agents: 4.00 EUR/h at the cap of 40; each: linux 0.1000",
        ]);
    });

    it("counts the dearest templates first, each up to its own cap, on every controller", () => {
        const two = (raw: any) => {
            raw.controllers["team-b"] = { ...raw.controllers["team-a"], url: "https://other.example.com/" };
            raw.secrets.tokens["team-b"] = "x";
            raw.clouds.agents.controllers.push("team-b");
            raw.clouds.agents.templates.cheap = { ...raw.clouds.agents.templates.linux, instanceType: "c7i.large" };
            linux({ cap: 10 })(raw);
        };
        expect(lines(two)[1]).toBe("agents: 5.00 EUR/h at the cap of 80; each: cheap 0.0500, linux 0.1000");
    });

    it("has the sum of several clouds", () => {
        const found = lines(
            (raw) => (raw.clouds.more = { ...structuredClone(raw.clouds.agents), name: "more", cap: 10 }),
        );
        expect(found.at(-1)).toBe("all clouds at their caps: 5.00 EUR/h");
    });

    it("is at most the maximum price for Spot", () => {
        expect(lines(linux({ spot: { maxPricePerHour: 0.04 } }))[1]).toBe(
            "agents: 1.60 EUR/h at the cap of 40; each: linux at most 0.0400",
        );
    });

    it("is not known for a type that is not in the table, and without a cap", () => {
        expect(lines(linux({ instanceType: "x1.large" }))[1]).toBe(
            "agents: price not known; each: linux is not in the price table",
        );
        expect(lines((raw) => delete raw.clouds.agents.cap)[1]).toBe("agents: no cap; each: linux 0.1000");
    });

    it("is not the price of Linux for Windows", () => {
        expect(lines(linux({ platform: "windows-ssh", remoteFolder: "C:\\Jenkins" }))[1]).toBe(
            "agents: price not known; each: linux has no price: the table is for Linux",
        );
    });
});

describe("the cost of a template", () => {
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
