import { describe, expect, it } from "vitest";
import { readState } from "../../../settings/read/stateReads";

/** A reader that fails with these errors, one at each attempt, and then has the state. */
function reader(...errors: string[]) {
    const attempts = { count: 0 };
    const read = () => {
        const error = errors[attempts.count++];
        return error === undefined ? Promise.resolve("state") : Promise.reject(new Error(error));
    };
    return { attempts, read };
}

describe("a state that the engine is writing", () => {
    it("is read again", async () => {
        const { attempts, read } = reader("failed to load checkpoint: EOF", "unexpected end of JSON input");
        expect(await readState(read, 0)).toBe("state");
        expect(attempts.count).toBe(3);
    });

    it("is given up after five attempts", async () => {
        const { attempts, read } = reader(...Array<string>(9).fill("failed to load checkpoint: EOF"));
        await expect(readState(read, 0)).rejects.toThrow("EOF");
        expect(attempts.count).toBe(5);
    });

    it("is not what another error is about", async () => {
        const { attempts, read } = reader("no stack named 'prod' found");
        await expect(readState(read, 0)).rejects.toThrow("no stack named");
        expect(attempts.count).toBe(1);
    });
});
