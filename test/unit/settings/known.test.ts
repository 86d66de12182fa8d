import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import { knownValues, settled } from "../../../settings/read/known";
import { UNKNOWN } from "../../../settings/naming";
import { runProgram } from "../pulumi-mocks";
import { stubbedOutput } from "../program/stubbedOutput";

beforeAll(() => runProgram(() => undefined));

/** What AWS answers only after the preview. */
const unknown = () => pulumi.output(pulumi.unknown) as unknown as pulumi.Output<string>;
const failed = () => stubbedOutput(() => Promise.reject(new Error("the resource failed")));

describe("settled", () => {
    it("gives the value of an output, also of a secret one", async () => {
        expect(await settled(pulumi.output("there"))).toBe("there");
        expect(await settled(pulumi.secret("there"))).toBe("there");
    });

    it("gives undefined for what a preview does not know", async () => {
        expect(await settled(unknown())).toBeUndefined();
    });

    it("fails as the output's resource fails", async () => {
        await expect(settled(failed())).rejects.toThrow("the resource failed");
    });
});

describe("knownValues", () => {
    it("copies nested inputs as plain values", async () => {
        const inputs = {
            text: "plain",
            number: 3,
            none: undefined,
            output: pulumi.output({ of: ["an", pulumi.output("output")] }),
            promise: Promise.resolve(pulumi.secret("secret")),
        };
        expect(await knownValues(inputs)).toEqual({
            text: "plain",
            number: 3,
            none: undefined,
            output: { of: ["an", "output"] },
            promise: "secret",
        });
    });

    it("has a placeholder for each unknown leaf, and everything else as it is", async () => {
        const inputs = { accessKey: { id: unknown(), secret: pulumi.output("old") }, ids: ["sg-1", unknown()] };
        expect(await knownValues(inputs)).toEqual({
            accessKey: { id: UNKNOWN, secret: "old" },
            ids: ["sg-1", UNKNOWN],
        });
    });

    it("keeps an output that is known to be undefined", async () => {
        expect(await knownValues({ roleArn: pulumi.output(undefined) })).toEqual({ roleArn: undefined });
    });
});
