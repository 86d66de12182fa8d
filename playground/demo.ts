// The demo: a real `pulumi up` of this program against an emulated AWS and a stand-in Jenkins controller.
import { delimiter, dirname, join } from "node:path";
import { obtainEngine } from "./engine/obtain";
import { showMagic } from "./magic";
import { duration, Progress } from "./progress";
import type { PulumiStack } from "./stack";
import {
    configureControllers,
    externalController,
    obtainParts,
    openStack,
    projectFolder,
    recordedWorld,
    runningWorld,
    startWorld,
    stopWorld,
    type World,
} from "./world";

const directory = join(projectFolder, ".playground", "demo");
const stackFile = join(projectFolder, "Pulumi.dev.yaml");
/** So that nobody waits for the five minutes that an agent may be idle. */
const minuteSeconds = 1;
const usage = "npm run demo [-- [--quick] [--once] | --stop | --status | --shell]";

async function openDemoStack(world: World, engine: Parameters<typeof openStack>[1]): Promise<PulumiStack> {
    return openStack(world, engine, { stack: "dev", configFile: stackFile });
}

async function demo({ once, quick }: { once: boolean; quick: boolean }): Promise<void> {
    const progress = new Progress();
    const parts = await obtainParts(progress);
    console.error(`  engine: ${parts.engine.reason}\n  engine: ${parts.engine.provider}`);
    const running = await runningWorld(directory);
    if (running && (externalController() !== undefined) !== (running.standIns.length === 0)) {
        throw new Error("The playground runs with another controller. Stop it first: npm run demo -- --stop");
    }
    const world =
        running ??
        (await progress.step("playground", async (report) => {
            const left = recordedWorld(directory);
            if (left) await stopWorld(left);
            report("starting an AWS emulator (moto) and a stand-in Jenkins controller without the ec2 plugin");
            return startWorld(parts, {
                directory,
                region: "eu-central-1",
                controllers: { playground: { plugin: undefined, minuteSeconds } },
            });
        }));
    const stack = await progress.step("stack dev", async () => {
        const opened = await openDemoStack(world, parts.engine);
        await configureControllers(opened, world.controllers);
        return opened;
    });
    const echo = (text: string) => process.stdout.write(text);
    await progress.step("pulumi up", () => stack.up({ echo, preview: true }), { talks: true });
    const [standIn] = world.standIns;
    // A real controller could not reach an emulated instance.
    if (standIn && !quick) await progress.step("a build", (report) => showMagic(standIn, report), { talks: true });
    show(world, progress);
    if (once) {
        await progress.step("pulumi destroy", () => stack.destroy({ echo }), { talks: true });
        await progress.step("stop", () => stopWorld(world));
    }
}

function show(world: World, progress: Progress): void {
    const width = Math.max(...progress.times.map(({ name }) => name.length));
    console.log("\nTimes");
    for (const { name, seconds } of progress.times) console.log(`  ${name.padEnd(width)}  ${duration(seconds)}`);
    console.log("\nLook at");
    for (const { id, url, user } of world.controllers) console.log(`  ${id}: ${url} as ${user}`);
    console.log("  Tokens, endpoints and outputs as JSON: npm run -s demo -- --status");
    console.log('  A shell with this pulumi:              eval "$(npm run -s demo -- --shell)"');
    console.log("\nAgain: npm run demo (an update)    Stop: npm run demo -- --stop");
}

async function stop(): Promise<void> {
    const world = recordedWorld(directory);
    if (!world) {
        console.log("Nothing runs.");
        return;
    }
    const progress = new Progress();
    if (world.standIns.length === 0) {
        // The controller is a real one: what was put there does not go with the playground.
        const stack = await openDemoStack(world, await obtainEngine(() => undefined));
        await progress.step("pulumi destroy", () => stack.destroy());
    }
    await progress.step("stop", () => stopWorld(world));
}

async function status(): Promise<void> {
    const world = await runningWorld(directory);
    if (!world) {
        console.log(JSON.stringify({ running: false }));
        return;
    }
    const engine = await obtainEngine(() => undefined);
    const stack = await openDemoStack(world, engine);
    const { kind, version, reason, provider } = engine;
    console.log(
        JSON.stringify(
            {
                running: true,
                engine: { kind, version, reason, provider },
                aws: { endpoint: world.emulator.endpoint, region: world.region },
                controllers: world.controllers,
                outputs: await stack.outputs(),
            },
            null,
            2,
        ),
    );
}

/** For `eval`: a shell in which `pulumi` is the playground's, on the playground's stack. */
async function shell(): Promise<void> {
    const world = await runningWorld(directory);
    if (!world) throw new Error("The playground does not run. Start it: npm run demo");
    const engine = await obtainEngine(() => undefined);
    const stack = await openDemoStack(world, engine);
    const path = [dirname(engine.command), engine.environment.PATH ?? process.env.PATH].join(delimiter);
    for (const [name, value] of Object.entries({ ...stack.environment, PATH: path })) {
        console.log(`export ${name}='${value.replaceAll("'", "'\\''")}'`);
    }
    console.log(`# pulumi preview --stack dev --config-file '${stack.options.configFile}'`);
}

async function main(flags: string[]): Promise<void> {
    const [flag, ...more] = flags;
    if (flags.every((one) => one === "--once" || one === "--quick")) {
        return demo({ once: flags.includes("--once"), quick: flags.includes("--quick") });
    }
    if (more.length > 0) throw new Error(`These options do not go together: ${flags.join(" ")}. Usage: ${usage}`);
    switch (flag) {
        case "--stop":
            return stop();
        case "--status":
            return status();
        case "--shell":
            return shell();
        default:
            throw new Error(`Unknown option '${flag}'. Usage: ${usage}`);
    }
}

main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
