import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { startController } from "../../../playground/controller/controller";
import { commandLine } from "../../../playground/processes";
import type { PulumiStack } from "../../../playground/stack";
import { configureControllers, openStack, projectFolder } from "../../../playground/world";
import { addForeignCloud } from "../../../playground/testing/controller";
import { startTestWorld, type TestWorld } from "../../../playground/testing/test-world";
import { newest } from "../../../playground/controller/generations";

const namespace = "jenkins-ec2-agents:";
const plugin = newest;

/** What the operations change of the stack's settings. */
export interface Wanted {
    /** A second cloud, with a security group of its own. */
    extra: boolean;
    /** Goes into an init script and an address that may log in. */
    revision: number;
    accessKeySerial: number;
}

/** What the settings say at first. */
export const first: Wanted = { extra: true, revision: 1, accessKeySerial: 1 };

/** A world, and the stack in it that everything happens to. A cloud made by hand is beside it. */
export interface CrashWorld extends TestWorld {
    stack: PulumiStack;
    configure(wanted: Wanted): void;
    /** Starts the controller again after it was killed. */
    startControllerAgain(): Promise<void>;
}

export async function startCrashWorld(): Promise<CrashWorld> {
    const world = await startTestWorld({ playground: { plugin } });
    const stack = await openStack(world.world, world.parts.engine, {
        stack: `crashes-${randomUUID().slice(0, 4)}`,
        configFile: join(projectFolder, "Pulumi.dev.yaml"),
    });
    await configureControllers(stack, world.world.controllers);
    await addForeignCloud(world.world.controllers[0]!);
    const given = readFileSync(stack.options.configFile, "utf8");
    return {
        ...world,
        stack,
        configure: (wanted) => writeFileSync(stack.options.configFile, configured(given, wanted)),
        startControllerAgain: async () => {
            const { home, url, pid } = world.world.standIns[0]!;
            while ((await commandLine(pid)) !== undefined) await sleep(20); // as long as it dies it has the port
            const awsEndpoint = world.world.emulator.endpoint;
            const again = await startController({ name: "playground", home, plugin, awsEndpoint });
            if (again.url !== url) throw new Error(`The controller came back as ${again.url}, and was ${url}.`);
            world.world.standIns[0] = again;
        },
    };
}

/** The clouds of these settings, in their order. */
export const cloudsOf = ({ extra }: Wanted) => ["agents", ...(extra ? ["extra"] : [])];

export const initScript = (revision: number) => `#!/bin/sh\necho ${revision}\n`;

interface StackFile {
    config: Record<string, unknown>;
}

interface Cloud {
    templates: { linux: { initScript: unknown } };
}

function configured(given: string, { extra, revision, accessKeySerial }: Wanted): string {
    const file = parse(given) as StackFile;
    const set = (key: string, value: unknown) => (file.config[namespace + key] = value);
    const { agents } = file.config[`${namespace}clouds`] as { agents: Cloud };
    const { linux } = agents.templates;
    linux.initScript = { inline: initScript(revision) };
    set("clouds", { agents, ...(extra ? { extra: { ...agents, templates: { linux } } } : {}) });
    set("network", { ingress: { cidrs: ["10.20.0.0/24", `10.21.${revision % 256}.0/24`] } });
    set("access", { accessKeySerial });
    set("keyPair", { bits: 2048 }); // a shorter key is made sooner, and no matter here
    set("watch", "heal"); // so that a preview has changes wherever Jenkins is not as the settings say
    return stringify(file, { aliasDuplicateObjects: false });
}
