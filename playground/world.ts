import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emulatorRuns, obtainEmulator, startEmulator, stopEmulator, type Emulator } from "./aws/emulator";
import {
    controllerRuns,
    obtainController,
    startController,
    stopController,
    type ControllerOptions,
    type RunningController,
} from "./controller/controller";
import type { Engine } from "./engine/engine";
import { obtainEngine } from "./engine/obtain";
import type { Progress } from "./progress";
import { PulumiStack } from "./stack";

export const projectFolder = join(__dirname, "..");

/** What the playground is made of, obtained once per machine and kept in the cache. */
export interface Parts {
    engine: Engine;
    /** Folder of the AWS emulator's Python environment. */
    emulator: string;
}

/** Obtains every part, side by side: the engine is work for the processor, the others mostly wait for a registry. */
export async function obtainParts(progress: Progress): Promise<Parts> {
    const external = externalController() !== undefined;
    const [engine, emulator] = await Promise.all([
        progress.step("engine", obtainEngine),
        progress.step("AWS emulator", obtainEmulator),
        external ? undefined : progress.step("stand-in controller", obtainController),
    ]);
    return { engine, emulator };
}

/** A controller as the program needs it: one of the playground's own, or the one that the environment names. */
export interface Controller {
    id: string;
    url: string;
    user: string;
    token: string;
    /** A real controller that the environment names, not one of the playground's. */
    external?: boolean;
}

/** The real controller that JENKINS_URL, JENKINS_USER and JENKINS_TOKEN name; undefined when they do not. */
export function externalController(): Controller | undefined {
    const { JENKINS_URL: url, JENKINS_USER: user, JENKINS_TOKEN: token } = process.env;
    if (!url && !user && !token) return undefined;
    if (!url || !user || !token) {
        throw new Error("Of JENKINS_URL, JENKINS_USER and JENKINS_TOKEN either all are set, or none.");
    }
    return { id: "playground", url, user, token, external: true };
}

/** A running world: an emulated AWS, controllers, and where the Pulumi state lies. Plain data, so that it can be kept in a file. */
export interface World {
    directory: string;
    passphrase: string;
    region: string;
    emulator: Emulator;
    controllers: Controller[];
    /** The stand-in processes behind `controllers`; empty when a real controller is used. */
    standIns: RunningController[];
}

export interface WorldOptions {
    /** Folder of its own, made new. */
    directory: string;
    region: string;
    /** Ids of the stand-in controllers, each with how it is to be. */
    controllers: Record<string, Partial<ControllerOptions>>;
}

const worldFile = (directory: string) => join(directory, "world.json");

/** Starts an empty world: an AWS account with an administrator in it, and controllers without any cloud. */
export async function startWorld(parts: Parts, options: WorldOptions): Promise<World> {
    rmSync(options.directory, { recursive: true, force: true });
    mkdirSync(options.directory, { recursive: true, mode: 0o700 });
    const emulator = await startEmulator(parts.emulator, join(options.directory, "aws.log"));
    const external = externalController();
    const started = external ? [] : await Promise.allSettled(startStandIns(emulator, options));
    const standIns = started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    const failed = started.find((one) => one.status === "rejected");
    if (failed) {
        await Promise.all([stopEmulator(emulator), ...standIns.map(stopController)]);
        throw failed.reason;
    }
    const world: World = {
        directory: options.directory,
        passphrase: randomBytes(24).toString("base64url"),
        region: options.region,
        emulator,
        controllers: external
            ? [external]
            : standIns.map(({ name: id, url, user, token }) => ({ id, url, user, token })),
        standIns,
    };
    writeFileSync(worldFile(options.directory), JSON.stringify(world, null, 2), { mode: 0o600 });
    return world;
}

function startStandIns(emulator: Emulator, options: WorldOptions): Promise<RunningController>[] {
    return Object.entries(options.controllers).map(([name, how]) =>
        startController({
            name,
            home: join(options.directory, "controllers", name),
            awsEndpoint: emulator.endpoint,
            ...how,
        }),
    );
}

/** The world that an earlier run left in this folder, if all of it still runs. */
export async function runningWorld(directory: string): Promise<World | undefined> {
    const world = recordedWorld(directory);
    if (!world || !(await emulatorRuns(world.emulator))) return undefined;
    for (const standIn of world.standIns) {
        if (!(await controllerRuns(standIn))) return undefined;
    }
    return world;
}

export function recordedWorld(directory: string): World | undefined {
    if (!existsSync(worldFile(directory))) return undefined;
    return JSON.parse(readFileSync(worldFile(directory), "utf8")) as World;
}

/** Ends the processes and removes the folder: the emulated account is gone with its process, so its state has no use. */
export async function stopWorld(world: World): Promise<void> {
    await Promise.all([stopEmulator(world.emulator), ...world.standIns.map(stopController)]);
    rmSync(world.directory, { recursive: true, force: true });
}

/** The environment that points an AWS client, Pulumi's or another, at the world's account as its administrator. */
function awsEnvironment(world: World): Record<string, string> {
    return {
        AWS_ENDPOINT_URL: world.emulator.endpoint,
        AWS_ACCESS_KEY_ID: world.emulator.administrator.accessKeyId,
        AWS_SECRET_ACCESS_KEY: world.emulator.administrator.secretAccessKey,
        AWS_REGION: world.region,
        AWS_DEFAULT_REGION: world.region, // as boto3 and the AWS command line call it
        // A profile, a session or metadata of the person's own must not leak in.
        AWS_SESSION_TOKEN: "",
        AWS_PROFILE: "",
        AWS_DEFAULT_PROFILE: "",
        AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "",
        AWS_EC2_METADATA_DISABLED: "true",
    };
}

export interface WorldStack {
    /** Name of the Pulumi stack. */
    stack: string;
    /** The configuration file it starts from; it is copied. */
    configFile: string;
    /** The folder of the Pulumi project. Default: this one. */
    project?: string;
}

/** A stack in this world, with the world's controllers and region filled into its configuration. */
export async function openStack(world: World, engine: Engine, options: WorldStack): Promise<PulumiStack> {
    const copy = join(world.directory, `Pulumi.${options.stack}.yaml`);
    if (!existsSync(copy)) copyFileSync(options.configFile, copy);
    const stack = new PulumiStack({
        engine,
        project: options.project ?? projectFolder,
        stack: options.stack,
        configFile: copy,
        directory: world.directory,
        passphrase: world.passphrase,
        environment: awsEnvironment(world),
    });
    await stack.initialize();
    return stack;
}

/**
 * Fills the addresses and tokens of the world's controllers into the stack's configuration. A real controller is told where the
 * emulated AWS is, which has to be in its reach, and is not restarted.
 */
export async function configureControllers(stack: PulumiStack, controllers: Controller[]): Promise<void> {
    for (const { id, url, user, token, external } of controllers) {
        if (external) {
            const endpoint = stack.options.environment.AWS_ENDPOINT_URL!;
            await stack.configure("jenkins-ec2-agents:clouds.agents.endpoint", endpoint);
            await stack.configure(`jenkins-ec2-agents:controllers.${id}.plugin.restart`, "false");
        }
        await stack.configure(`jenkins-ec2-agents:controllers.${id}.url`, url);
        await stack.configure(`jenkins-ec2-agents:controllers.${id}.user`, user);
        await stack.configure(`jenkins-ec2-agents:secrets.tokens.${id}`, token, { secret: true });
    }
}
