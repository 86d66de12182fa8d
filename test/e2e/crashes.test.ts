import { expect, test } from "vitest";
import { externalController } from "../../playground/world";
import { crashes } from "../reliability/crashes/crashes";

// The bounded part of `npm run reliability -- --only crashes`. A real controller is not killed.
test.skipIf(externalController())(
    "an operation that is broken off at a random moment is mended by what docs/reliability.md says",
    async () => {
        const seed = Date.now() % 1_000_000;
        console.log(`seed ${seed}`);
        const enough = new AbortController().signal;
        const outcomes = await crashes({ cases: 1, seed, say: console.log, enough });
        expect(outcomes).not.toEqual([]);
        expect(outcomes.filter(({ times, kept }) => kept < times)).toEqual([]);
    },
);
