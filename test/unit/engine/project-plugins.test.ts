import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { obtainEngine } from "../../../playground/engine/obtain";
import { pluginPackages } from "../../../playground/engine/packages";

test("the engine finds the project's three providers, which `pulumi install` fetches", async () => {
    const { command, environment } = await obtainEngine(() => undefined);
    const listed = execFileSync(command, ["plugin", "ls", "--project", "--json"], {
        cwd: join(__dirname, "..", "..", ".."),
        env: { ...process.env, ...environment },
        encoding: "utf8",
    });
    const plugins = JSON.parse(listed) as { name: string; kind: string; version: string }[];
    const found = plugins.filter(({ kind }) => kind === "resource").map(({ name, version }) => ({ name, version }));
    expect(found).toEqual(expect.arrayContaining(pluginPackages().map(({ name, version }) => ({ name, version }))));
});
