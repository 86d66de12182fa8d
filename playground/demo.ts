// The demo: a real `pulumi up` of this program against an emulated AWS and a stand-in Jenkins controller.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { obtainEngine } from "./engine/obtain";
import { showMagic } from "./magic";
import { duration, Progress } from "./progress";
import type { PulumiStack } from "./stack";
import { addStaticAgents } from "./staticAgents";
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
const usage =
    "npm run demo [-- [--quick] [--once] [--controllers N] [--static-agents] | --stop | --status | --shell | --help]";
const help = `Usage: ${usage}

Runs this program by a real Pulumi engine against an emulated AWS and stand-in Jenkins controllers on this machine.

  (no option)      starts the playground, or goes on with it; pulumi up; a build that starts an agent
  --controllers N  so many controllers, each with the cloud of Pulumi.dev.yaml (default: 1)
  --static-agents  permanent agents, jobs and their use on each controller, to try inventory and switch on; no build
  --quick          without the build
  --once           removes everything afterwards
  --stop           ends the playground
  --status         addresses, tokens and outputs as JSON
  --shell          for eval: a shell in which pulumi is the playground's
  --help           this text
`;

async function openDemoStack(world: World, engine: Parameters<typeof openStack>[1]): Promise<PulumiStack> {
    return openStack(world, engine, { stack: "dev", configFile: stackFile });
}

interface DemoOptions {
    once: boolean;
    quick: boolean;
    /** How many stand-in controllers. */
    controllers: number;
    /** Whether each has permanent agents as well. */
    staticAgents: boolean;
}

/** playground, playground-2, … */
const controllerIds = (count: number) =>
    Array.from({ length: count }, (_, index) => (index === 0 ? "playground" : `playground-${index + 1}`));

/** Gives the cloud of the stack's file to the further controllers too, with the first one's settings. */
async function addControllers(stack: PulumiStack, ids: string[]): Promise<void> {
    for (const [index, id] of ids.entries()) {
        if (index === 0) continue;
        for (const step of ["install", "restart"]) {
            await stack.configure(`jenkins-ec2-agents:controllers.${id}.plugin.${step}`, "true");
        }
        await stack.configure(`jenkins-ec2-agents:clouds.agents.controllers[${index}]`, id);
    }
}

async function demo({ once, quick, controllers, staticAgents }: DemoOptions): Promise<void> {
    const progress = new Progress();
    const parts = await obtainParts(progress);
    console.error(`  engine: ${parts.engine.reason}\n  engine: ${parts.engine.provider}`);
    const running = await runningWorld(directory);
    if (running && (externalController() !== undefined) !== (running.standIns.length === 0)) {
        throw new Error("The playground runs with another controller. Stop it first: npm run demo -- --stop");
    }
    if (running && running.standIns.length > 0 && running.standIns.length !== controllers) {
        const count = running.standIns.length;
        throw new Error(`The playground runs with controllers: ${count}. Stop it first: npm run demo -- --stop`);
    }
    const world =
        running ??
        (await progress.step("playground", async (report) => {
            const left = recordedWorld(directory);
            if (left) await stopWorld(left);
            report("starting an AWS emulator (moto), and stand-in Jenkins controllers without the ec2 plugin");
            const each = controllerIds(controllers).map((id) => [id, { plugin: undefined, minuteSeconds }]);
            const started = await startWorld(parts, {
                directory,
                region: "eu-central-1",
                controllers: Object.fromEntries(each) as Record<string, { plugin: undefined; minuteSeconds: number }>,
            });
            if (staticAgents) {
                for (const one of started.standIns) await addStaticAgents(one, { agents: 7, days: 14, builds: 500 });
            }
            return started;
        }));
    const stack = await progress.step("stack dev", async () => {
        const opened = await openDemoStack(world, parts.engine);
        await addControllers(
            opened,
            world.controllers.map(({ id }) => id),
        );
        await configureControllers(opened, world.controllers);
        return opened;
    });
    const echo = (text: string) => process.stdout.write(text);
    await progress.step("pulumi up", () => stack.up({ echo, preview: true, flags: ["--suppress-outputs"] }), {
        talks: true,
    });
    const [standIn] = world.standIns;
    // A real controller could not reach an emulated instance, and permanent agents would take the build.
    if (standIn && !quick && !staticAgents)
        await progress.step("a build", (report) => showMagic(standIn, report), { talks: true });
    show(world, progress);
    if (staticAgents) {
        const onStack = `-- --stack dev --config-file '${stack.options.configFile}'`;
        console.log("\nIn that shell, in this folder; --back undoes the switch:");
        console.log(`  npm run -s jenkins -- inventory ${onStack}`);
        console.log(`  npm run -s jenkins -- switch --label docker ${onStack}`);
    }
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
    for (const line of stack.shell()) console.log(line);
    console.log(`# pulumi preview --stack dev --config-file '${stack.options.configFile}'`);
}

async function main(args: string[]): Promise<void> {
    const { values } = parseArgs({
        args,
        options: {
            once: { type: "boolean", default: false },
            quick: { type: "boolean", default: false },
            controllers: { type: "string", default: "1" },
            "static-agents": { type: "boolean", default: false },
            stop: { type: "boolean" },
            status: { type: "boolean" },
            shell: { type: "boolean" },
            help: { type: "boolean", short: "h" },
        },
    });
    const { once, quick } = values;
    if (values.help) return void process.stdout.write(help);
    const others = { stop, status, shell };
    const chosen = Object.entries(others).filter(([name]) => values[name as keyof typeof others]);
    if (chosen.length > 0) {
        if (args.length > 1) throw new Error(`These options do not go together: ${args.join(" ")}. Usage: ${usage}`);
        return chosen[0]![1]();
    }
    const controllers = Number(values.controllers);
    if (!Number.isInteger(controllers) || controllers < 1 || controllers > 20) {
        throw new Error(`--controllers ${values.controllers}: allowed are whole numbers from 1 to 20`);
    }
    return demo({ once, quick, controllers, staticAgents: values["static-agents"] });
}

main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
