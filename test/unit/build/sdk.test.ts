import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";

const whole = pulumi as unknown as Record<string, unknown>;
const small = createRequire(__filename)("../../../build/sdk.cjs") as Record<string, unknown>;

it("is the same as the whole SDK in all that it has, so that there is one of each class", () => {
    const { runtime, ...others } = { ...small };
    expect(Object.keys(others)).toEqual(
        expect.arrayContaining(["Output", "Resource", "Stash", "ErrorHook", "secret", "log"]),
    );
    for (const [name, value] of Object.entries(others)) expect(value, name).toBe(whole[name]);
    for (const [name, value] of Object.entries(runtime as object)) {
        expect(value, name).toBe((pulumi.runtime as unknown as Record<string, unknown>)[name]);
    }
});

it("gives what it lacks all the same", () => {
    expect(small.automation).toBe(whole.automation);
    expect((small.runtime as Record<string, unknown>).serializeFunction).toBe(pulumi.runtime.serializeFunction);
});

it("does not load the compiler", () => {
    const loaded = "console.log(Object.keys(require.cache).filter((file) => /typescript/.test(file)).length)";
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", `require("./build/sdk.cjs"); ${loaded}`], {
        cwd: join(__dirname, "..", "..", ".."),
        encoding: "utf8",
    });
    expect(stderr + stdout).toBe("0\n");
});
