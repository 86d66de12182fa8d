import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it, vi } from "vitest";
import { settingsOf } from "../../../settings/read/arguments";
import { runProgram } from "../pulumi-mocks";

const unknownVpc = () => {
    const id = new (pulumi.Output as any)(
        [],
        Promise.resolve("vpc-1"),
        Promise.resolve(false),
        Promise.resolve(false),
        Promise.resolve([]),
    ) as pulumi.Output<string>;
    return { vpc: { id } };
};
const read = (isDeployed: boolean) =>
    runProgram(() =>
        settingsOf("builders", { controllers: {}, clouds: {}, network: unknownVpc() } as any, () =>
            Promise.resolve(isDeployed),
        ).catch((error: Error) => error.message),
    );

describe("an argument of a component that is not known before the update", () => {
    it("fails the preview of a deployed stack, which would show everything as deleted", async () => {
        const { result } = await read(true);
        expect(result).toMatch(/^This preview cannot show what will happen\./);
        expect(result).toContain("builders: network.vpc.id\n    is known only after the update\n");
        expect(result).toContain("pulumi up --target URN");
    });

    it("is a warning in the first preview, which has nothing to delete", async () => {
        const warn = vi.spyOn(pulumi.log, "warn").mockImplementation(() => Promise.resolve());
        expect((await read(false)).result).toBeUndefined();
        expect(warn).toHaveBeenCalledWith(expect.stringContaining("this first preview leaves the component out"));
    });
});
