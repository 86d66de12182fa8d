import * as pulumi from "@pulumi/pulumi";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { JenkinsAgents } from "../../../component/jenkinsAgents";
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
        expect(warn).toHaveBeenCalledWith(expect.stringContaining("this preview leaves the component out"));
    });

    it("is a problem of `plan`, which has nothing to compare then", async () => {
        vi.spyOn(pulumi.log, "warn").mockImplementation(() => Promise.resolve());
        const file = join(mkdtempSync(join(tmpdir(), "plan-")), "plan.json");
        vi.stubEnv("JENKINS_PLAN_FILE", file);
        const args = { controllers: {}, clouds: {}, network: unknownVpc() } as any;
        await runProgram(() => new JenkinsAgents("builders", args).all, { call: () => ({ outputs: {} }) });
        vi.unstubAllEnvs();
        expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
            builders: { problem: expect.stringContaining("an argument is known only after the update") as string },
        });
    });
});
