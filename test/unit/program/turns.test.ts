import { describe, expect, it } from "vitest";
import { takeTurn } from "../../../jenkins/cloud";
import { stubbedOutput } from "./stubbedOutput";

/** A resource under way: ends when told. */
function resource() {
    let end!: () => void;
    let fail!: (error: Error) => void;
    const made = new Promise<string>((resolve, reject) => {
        end = () => resolve("made");
        fail = reject;
    });
    return { made: () => stubbedOutput(() => made), end, fail };
}

/** Lets everything run that can. */
const pause = () => new Promise((resolve) => setImmediate(resolve));

/** Takes a turn for each resource; `begun` grows as they get it. */
function take(atATime: number, resources: ReturnType<typeof resource>[]): number[] {
    const begun: number[] = [];
    resources.forEach(({ made }, index) => void takeTurn(atATime, index, made).then((value) => begun.push(value)));
    return begun;
}

describe("turns", () => {
    it("are for so many at a time; the next begins when one has ended", async () => {
        const all = [resource(), resource(), resource()];
        const begun = take(2, all);
        await pause();
        expect(begun).toEqual([0, 1]);
        all[1]!.end();
        await pause();
        expect(begun).toEqual([0, 1, 2]);
    });

    it("end with a failure as well: one controller that is down holds up no other", async () => {
        const all = [resource(), resource()];
        const begun = take(1, all);
        await pause();
        expect(begun).toEqual([0]);
        all[0]!.fail(new Error("the controller is down"));
        await pause();
        expect(begun).toEqual([0, 1]);
    });
});
