import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PulumiStack } from "../../playground/stack";
import { configureControllers, externalController, openStack, projectFolder } from "../../playground/world";
import { startTestWorld, type TestWorld } from "../../playground/testing/test-world";

interface Step {
    commands: string;
    /** What the page says that the commands print; a line of three dots stands for lines that it leaves out. */
    output: string;
}

/** The commands of the tutorial, each with the output that the page shows next. Those of the demo itself are the world's here. */
function steps(page: string): Step[] {
    const blocks = [...page.matchAll(/^```(shell|text)\n([^]*?)^```$/gm)].map(([, kind, text]) => ({
        kind,
        text: text!,
    }));
    return blocks.flatMap(({ kind, text }, index) => {
        if (kind !== "shell" || /^npm run demo/.test(text)) return [];
        const next = blocks[index + 1];
        return [{ commands: text, output: next?.kind === "text" ? next.text : "" }];
    });
}

/** Without what another run has otherwise: numbers of ids, ports, seconds. */
const steady = (text: string, folder: string) =>
    text.replaceAll(folder, ".playground/demo").replace(/[0-9a-f]{17}|\d+(\.\d+)?s|127\.0\.0\.1:\d+/g, "#");

describe.skipIf(externalController())("docs/tutorial.md", () => {
    let world: TestWorld;
    let stack: PulumiStack;
    const page = readFileSync(join(projectFolder, "docs", "tutorial.md"), "utf8");
    const mark = "=== the next step";

    beforeAll(async () => {
        world = await startTestWorld({ playground: { plugin: undefined, minuteSeconds: 1 } });
        stack = await openStack(world.world, world.parts.engine, {
            stack: "dev",
            configFile: join(projectFolder, "Pulumi.dev.yaml"),
        });
        await configureControllers(stack, world.world.controllers);
        await stack.up();
    });
    afterAll(() => world?.stop());

    test("its commands print what it says", async () => {
        const folder = stack.options.directory.slice(projectFolder.length + 1);
        const wanted = steps(page);
        const script = wanted.map(({ commands }) => commands.replaceAll(".playground/demo", folder)).map(withoutShell);
        const { code, printed } = await bash(`set -euo pipefail\n${script.join(`echo "${mark}"\n`)}`, stack);
        const parts = printed.split(`${mark}\n`);
        expect(code, printed).toBe(0);
        expect(parts).toHaveLength(wanted.length);
        for (const [index, { commands, output }] of wanted.entries()) {
            const lines = steady(parts[index]!, folder)
                .split("\n")
                .map((line) => line.trimEnd());
            for (const line of steady(output, folder).split("\n")) {
                if (line === "...") continue;
                const cut = line.endsWith("...") ? line.slice(0, -3) : undefined;
                expect(
                    lines.some((each) => (cut === undefined ? each === line : each.startsWith(cut))),
                    `${line}\nis not what is printed by\n${commands}\nbut\n${parts[index]}`,
                ).toBe(true);
            }
        }
    });
});

/** The page's reader gets the engine from the demo, the test has it already. */
const withoutShell = (commands: string) => commands.replace(/^eval .*--shell.*\n/m, "");

function bash(script: string, { options, environment }: PulumiStack): Promise<{ code: number; printed: string }> {
    const path = [dirname(options.engine.command), process.env.PATH].join(delimiter);
    const child = spawn("bash", ["-s"], {
        cwd: projectFolder,
        env: { ...process.env, ...environment, PATH: path },
        stdio: "pipe",
    });
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (printed += text));
    child.stdin.end(script);
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) => resolve({ code: code ?? 1, printed }));
    });
}
