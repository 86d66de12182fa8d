// npm run bench: compares the program with the floor (floor.ts), both in turn in one run, and prints medians.
//   --controllers 1,30   numbers of controllers. Default: 1,10,30,100
//   --rounds 3           rounds that count, after one that does not. Default: 3
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse, stringify } from "yaml";
import { readRequest } from "../../jenkins/push/requestText";
import { Progress } from "../../playground/progress";
import type { PulumiStack } from "../../playground/stack";
import { startMany } from "../../playground/testing/many";
import { projectFolder } from "../../playground/world";
import { openCanned } from "./canned";
import { table, type Figure } from "./figures";
import { openFloor } from "./floor";
import { compare, Meter, processorOf, run, type Used } from "./measure";

type Many = Awaited<ReturnType<typeof startMany>>;

const phases = ["first up", "change", "no-op", "destroy"] as const;
/** At most this much of the floor's processor time. */
const goals: Record<(typeof phases)[number], number> = { "first up": 1.2, change: 1.2, "no-op": 1, destroy: 1.3 };
/** The setting that a change is of. */
const LABEL = "jenkins-ec2-agents:clouds.agents.templates.linux.labels[0]";

/** The same stack, and a meter of what its engine and all that this starts use. */
function measured({ world, stack }: Many): Meter {
    const meter = new Meter(world.world.directory, stack.options.engine.command);
    stack.options.engine = { ...stack.options.engine, command: meter.command };
    return meter;
}

/** A life of a stack of so many controllers, beside the floor's. */
async function life(controllers: number, rounds: number, progress: Progress): Promise<Figure[]> {
    const many = await progress.step(`${controllers} controllers`, () => startMany(controllers));
    try {
        const { world, stack } = many;
        const meter = measured(many);
        const floor = await openFloor(stack, controllers);
        const { pid } = world.world.standIns[0]!;
        const label = (round: number, phase: string) => `${phase}-${round}`;
        const perform = async (which: PulumiStack, key: string, phase: (typeof phases)[number], round: number) => {
            if (phase === "destroy") return meter.of(() => which.destroy());
            if (phase === "change") await which.configure(key, label(round, "changed"));
            return meter.of(() => which.up());
        };
        const figures: Figure[] = [];
        const found = new Map<string, { ours: Used; floor: Used; controllers: number }[]>();
        for (let round = 0; round <= rounds; round++) {
            for (const phase of phases) {
                const name = `${controllers} controllers, round ${round}: ${phase}`;
                const one = await progress.step(name, async () => {
                    const before = processorOf(pid);
                    const ours = await perform(stack, LABEL, phase, round);
                    const used = processorOf(pid) - before;
                    return { ours, floor: await perform(floor, "floor:label", phase, round), controllers: used };
                });
                if (round > 0) found.set(phase, [...(found.get(phase) ?? []), one]);
            }
        }
        for (const phase of phases) {
            const taken = found.get(phase)!;
            const own = taken.map((one) => one.controllers).sort((one, other) => one - other);
            figures.push({
                name: `${phase}, ${controllers} ${controllers === 1 ? "controller" : "controllers"}`,
                goal: { processor: goals[phase] },
                compared: compare(taken),
                controllers: own[Math.floor(own.length / 2)],
            });
        }
        return figures;
    } finally {
        await many.world.stop();
    }
}

/** A change on controllers whose answers take no time, against the floor's. */
async function withoutControllers(controllers: number, rounds: number): Promise<Figure> {
    const many = await startMany(controllers);
    const { world, stack } = many;
    const canned = await openCanned(Object.fromEntries(world.world.controllers.map(({ id, url }) => [id, url])));
    try {
        const { configFile } = stack.options;
        const file = parse(readFileSync(configFile, "utf8")) as {
            config: Record<string, Record<string, { url: string }>>;
        };
        const configured = file.config["jenkins-ec2-agents:controllers"]!;
        for (const [id, each] of Object.entries(configured)) each.url = canned.url(id);
        writeFileSync(configFile, stringify(file, { aliasDuplicateObjects: false }));
        const meter = measured(many);
        const floor = await openFloor(stack, controllers);
        await stack.up();
        await floor.up();
        await stack.configure(LABEL, "recorded");
        await stack.up();
        canned.replay();
        const taken = [];
        for (let round = 0; round <= rounds; round++) {
            await stack.configure(LABEL, `changed-${round}`);
            await floor.configure("floor:label", `changed-${round}`);
            taken.push({ ours: await meter.of(() => stack.up()), floor: await meter.of(() => floor.up()) });
        }
        const compared = compare(taken.slice(1));
        return { name: `change, ${controllers} controllers that answer at once`, goal: { wall: 1.3 }, compared };
    } finally {
        await canned.stop();
        await world.stop();
    }
}

/** A push that finds nothing to do, against Node alone. */
async function push(rounds: number): Promise<Figure> {
    const { world, stack } = await startMany(1);
    try {
        await stack.up();
        const { stdout } = await stack.run(["stack", "export", "--show-secrets", "--stack", stack.options.stack]);
        const { deployment } = JSON.parse(stdout) as {
            deployment: { resources: { type: string; inputs: { stdin: { plaintext: string } } }[] };
        };
        const command = deployment.resources.find(({ type }) => type === "command:local:Command")!;
        const request = JSON.stringify(readRequest(JSON.parse(command.inputs.stdin.plaintext) as string));
        const folder = join(world.world.directory, "node");
        mkdirSync(folder);
        const meter = new Meter(folder, process.execPath);
        const node = (...args: string[]) => meter.of(() => run(meter.command, args, request, projectFolder));
        const taken = [];
        for (let round = 0; round <= rounds * 5; round++) {
            const ours = await node("-e", "require('jenkins-ec2-agents/push')", "apply");
            taken.push({ ours, floor: await node("-e", "0") });
        }
        return {
            name: "push that finds nothing to do / bare node",
            goal: { processor: 1.5 },
            compared: compare(taken.slice(1)),
        };
    } finally {
        await world.stop();
    }
}

/** A no-op with 1,000 templates, against one with 10. */
async function templates(rounds: number): Promise<Figure> {
    const [large, small] = [await startMany(1, 1000), await startMany(1, 10)];
    try {
        const [largeMeter, smallMeter] = [measured(large), measured(small)];
        const taken = [];
        await Promise.all([large.stack.up(), small.stack.up()]);
        for (let round = 0; round <= rounds; round++) {
            const ours = await largeMeter.of(() => large.stack.up());
            taken.push({ ours, floor: await smallMeter.of(() => small.stack.up()) });
        }
        return { name: "no-op, 1,000 templates / 10", goal: { processor: 1.4 }, compared: compare(taken.slice(1)) };
    } finally {
        await Promise.all([large.world.stop(), small.world.stop()]);
    }
}

async function main(): Promise<void> {
    const { values } = parseArgs({
        options: { controllers: { type: "string", default: "1,10,30,100" }, rounds: { type: "string", default: "3" } },
    });
    const rounds = Number(values.rounds);
    // Node reads the certificates of this variable at each start, for longer than the rest of its start takes.
    delete process.env.NODE_EXTRA_CA_CERTS;
    const progress = new Progress();
    const figures = [
        await progress.step("push", () => push(rounds)),
        await progress.step("templates", () => templates(rounds)),
        await progress.step("without controllers", () => withoutControllers(30, rounds)),
    ];
    for (const size of values.controllers.split(",")) figures.push(...(await life(Number(size), rounds, progress)));
    console.log(table(figures));
}

void main();
