// npm run bench: compares two ways of the same thing in one run, in turn, so that a machine that changes its pace meets both.
// Prints medians and their ratio. What it prints holds for the machine that it ran on.
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { Progress } from "../playground/progress";
import type { PulumiStack } from "../playground/stack";
import {
    configureControllers,
    obtainParts,
    openStack,
    projectFolder,
    startWorld,
    stopWorld,
} from "../playground/world";

interface Pair {
    name: string;
    one: { name: string; run: () => Promise<unknown> };
    other: { name: string; run: () => Promise<unknown> };
}

const watch = (stack: PulumiStack, value: string) => stack.configure("jenkins-ec2-agents:watch", value);

function pairs(stack: PulumiStack): Pair[] {
    const noOp = { name: "up, nothing to do", run: () => stack.up() };
    return [
        {
            name: "what comparing with Jenkins costs, one controller",
            one: { name: "watch: report", run: () => watch(stack, "report").then(noOp.run) },
            other: { name: "watch: off", run: () => watch(stack, "off").then(noOp.run) },
        },
        {
            name: "what a preview before the update costs",
            one: { name: "preview, then up", run: () => stack.preview().then(noOp.run) },
            other: { name: "up --skip-preview", run: noOp.run },
        },
    ];
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1000;
}

const median = (values: number[]) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;

async function compare({ name, one, other }: Pair, rounds: number): Promise<void> {
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round <= rounds; round++) {
        const measured = [await seconds(one.run), await seconds(other.run)] as const;
        if (round === 0) continue; // warm-up
        measured.forEach((value, side) => times[side]!.push(value));
    }
    const [first, second] = times.map(median) as [number, number];
    console.log(`${name} (median of ${rounds})`);
    console.log(`  ${one.name.padEnd(20)} ${first.toFixed(2)} s`);
    console.log(`  ${other.name.padEnd(20)} ${second.toFixed(2)} s`);
    console.log(`  ratio                ${(first / second).toFixed(2)}`);
}

async function main(): Promise<void> {
    const rounds = Number(process.argv[2] ?? 5);
    const progress = new Progress();
    const parts = await obtainParts(progress);
    const world = await startWorld(parts, {
        directory: join(projectFolder, ".playground", "bench"),
        region: "eu-central-1",
        controllers: { playground: { plugin: "2059.v05f9d511d7e5" } },
    });
    try {
        const stack = await openStack(world, parts.engine, {
            stack: "dev",
            configFile: join(projectFolder, "Pulumi.dev.yaml"),
        });
        await configureControllers(stack, world.controllers);
        console.log(`first up: ${(await seconds(() => stack.up())).toFixed(2)} s (once)`);
        for (const pair of pairs(stack)) await compare(pair, rounds);
        console.log(`destroy: ${(await seconds(() => stack.destroy())).toFixed(2)} s (once)`);
    } finally {
        await stopWorld(world);
    }
}

main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
});
