import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { accessTo, writeAccess } from "../controller/access";
import { startControllers } from "../controller/controller";
import { openStack, type World } from "../world";
import type { PulumiStack } from "../stack";
import { startTestWorld, type TestWorld } from "./test-world";
import { newest } from "../controller/generations";

const namespace = "jenkins-ec2-agents:";

/** Ids of the controllers: c001, c002, … */
export function controllerIds(count: number): string[] {
    return Array.from({ length: count }, (_, index) => `c${String(index + 1).padStart(3, "0")}`);
}

/**
 * A world with many controllers in one JVM, with one token, and a stack that gives all of them one cloud. Its first template is
 * in the configuration, where tests change it; more than one are in a fleet file: a configuration that large would not reach
 * the program.
 */
export async function startMany(count: number, templates = 1): Promise<{ world: TestWorld; stack: PulumiStack }> {
    const world = await startTestWorld({});
    const { directory } = world.world;
    await addControllers(world.world, controllerIds(count), templates);
    const configFile = join(directory, "many.yaml");
    const fleetFile = join(directory, "fleet.yaml");
    writeFileSync(fleetFile, templates > 1 ? stringify(moreTemplates(templates - 1)) : "");
    const config = { ...configuration(world, count), [`${namespace}fleet`]: fleetFile };
    writeFileSync(configFile, stringify({ config }));
    const stack = await openStack(world.world, world.parts.engine, { stack: "many", configFile });
    await configureTokens(stack, world);
    return { world, stack };
}

/** Starts controllers of these ids in one JVM, with one token. */
export async function addControllers(world: World, ids: string[], templates = 1): Promise<void> {
    const { directory, emulator } = world;
    const access = accessTo(join(directory, "controllers", "any"));
    world.standIns = await startControllers(
        ids.map((name) => {
            const home = join(directory, "controllers", name);
            mkdirSync(home, { recursive: true, mode: 0o700 });
            writeAccess(home, { ...access });
            return { name, home, plugin: newest, awsEndpoint: emulator.endpoint };
        }),
        { templates },
    );
    world.controllers = world.standIns.map(({ name: id, url, user, token }) => ({ id, url, user, token }));
}

/** Encrypts the token once for all: a call for each would take longer than the pushes. */
async function configureTokens(stack: PulumiStack, { world }: TestWorld): Promise<void> {
    const { configFile } = stack.options;
    const [first] = world.controllers;
    await stack.configure(`${namespace}secrets.tokens.${first!.id}`, first!.token, { secret: true });
    const file = parse(readFileSync(configFile, "utf8")) as {
        config: Record<string, { tokens: Record<string, unknown> }>;
    };
    const { tokens } = file.config[`${namespace}secrets`]!;
    for (const { id } of world.controllers) tokens[id] = tokens[first!.id];
    writeFileSync(configFile, stringify(file, { aliasDuplicateObjects: false }));
}

function configuration({ world }: TestWorld, count: number): Record<string, unknown> {
    // Short, as some are down in the test.
    const timeouts = { connectSeconds: 2, totalSeconds: count > 50 ? 60 : 20 };
    return {
        "aws:region": world.region,
        [`${namespace}parallel`]: 10,
        [`${namespace}network`]: { ingress: { cidrs: ["10.20.0.0/24"] } },
        [`${namespace}controllers`]: Object.fromEntries(
            world.controllers.map(({ id, url, user }) => [id, { url, user, timeouts }]),
        ),
        [`${namespace}clouds`]: {
            agents: {
                controllers: world.controllers.map(({ id }) => id),
                cap: 10,
                templates: { linux: { ...template("linux"), order: 1 } },
            },
        },
    };
}

const template = (label: string) => ({
    image: { ssm: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64" },
    instanceType: "t3.medium",
    labels: [label],
});

/** A fleet file with templates that differ in their labels only. */
function moreTemplates(count: number): Record<string, unknown> {
    const labels = Array.from({ length: count }, (_, index) => `linux-${index + 2}`);
    const templates = Object.fromEntries(labels.map((label) => [label, template(label)]));
    return { clouds: { agents: { templates } } };
}
