import { describe, expect, it } from "vitest";
import { added, busyTimes, byHourOf, mostAtOnce, percentile, useOf } from "../../../../cli/inventory/use";

const hour = 3_600_000;

describe("the use of agents", () => {
    it("is peak, 95th percentile, mean and the part of the hours with nothing; finer figures count for the peak", () => {
        const hours = [...Array<number>(80).fill(0), ...Array<number>(17).fill(2), 5, 6, 7];
        expect(useOf(hours, [9])).toEqual({ peak: 9, percentile95: 2, mean: 0.52, idle: 0.8, hours: 100 });
    });

    it("is nothing where nothing is known", () => {
        expect(useOf([])).toEqual({ peak: 0, percentile95: 0, mean: 0, idle: 0, hours: 0 });
    });

    it("takes the percentile by nearest rank, whatever the order", () => {
        expect(percentile([3, 1, 2, 5, 4], 0.95)).toBe(5);
        expect(
            percentile(
                Array.from({ length: 100 }, (_, index) => index + 1),
                0.95,
            ),
        ).toBe(95);
        expect(percentile([7], 0.95)).toBe(7);
    });

    it("adds series moment by moment, of which some do not reach as far back", () => {
        expect(added([[1, 2, 3], [10]])).toEqual([11, 2, 3]);
        expect(added([])).toEqual([]);
    });

    it("spreads a build over the hours that it ran in", () => {
        const build = { age: 2.5 * hour, duration: 2 * hour };
        expect(byHourOf([build], 4)).toEqual([0.5, 1, 0.5, 0]);
    });

    it("leaves out what ran before the hours that are asked for, and what a running build has yet to do", () => {
        expect(byHourOf([{ age: 5 * hour, duration: 4 * hour }], 2)).toEqual([0, 1]);
        expect(byHourOf([{ age: hour, duration: 9 * hour }], 2)).toEqual([1, 0]);
    });

    it("takes builds of an agent that overlap as one time in which it was busy", () => {
        const builds = [
            { age: 5, duration: 1 },
            { age: 10, duration: 4 },
            { age: 9, duration: 1 },
            { age: 7, duration: 2 },
        ];
        expect(busyTimes(builds)).toEqual([{ age: 10, duration: 6 }]);
        expect(
            busyTimes([
                { age: 3, duration: 1 },
                { age: 10, duration: 2 },
            ]),
        ).toEqual([
            { age: 10, duration: 2 },
            { age: 3, duration: 1 },
        ]);
    });

    it("counts builds at one moment; one that begins as another ends does not run beside it", () => {
        expect(
            mostAtOnce([
                { age: 10, duration: 5 },
                { age: 5, duration: 5 },
            ]),
        ).toBe(1);
        expect(
            mostAtOnce([
                { age: 10, duration: 6 },
                { age: 5, duration: 5 },
                { age: 9, duration: 1 },
            ]),
        ).toBe(2);
        expect(mostAtOnce([])).toBe(0);
    });
});
