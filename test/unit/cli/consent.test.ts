import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { consent } from "../../../cli/orphans";

async function asked(typed: string) {
    const input = new PassThrough();
    const output = new PassThrough();
    const answer = consent("End 2 instances?", { input, output });
    input.end(typed);
    return { isConsent: await answer, said: String(output.read()) };
}

describe("a question before something is ended", () => {
    it.each(["y\n", "Y\n", " yes \n"])("is answered with consent by %j", async (typed) => {
        expect(await asked(typed)).toEqual({ isConsent: true, said: "End 2 instances? [y/N] " });
    });

    it.each(["\n", "n\n", "yesterday\n", "no\ny\n", ""])(
        "is not by %j, or by a terminal that is closed",
        async (typed) => {
            expect((await asked(typed)).isConsent).toBe(false);
        },
    );
});
