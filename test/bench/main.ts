// npm run bench: prints the table of goals. Both sides of a ratio are measured in turn in this run, so that a machine that changes
// its pace meets both. Writes results.json and plot.svg to .playground/bench-results/.
//   -- --quick     fewer rounds, at most 10 controllers and 100 templates
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { PushRequest } from "../../jenkins/push/request";
import { readRequest } from "../../jenkins/push/requestText";
import { compose, encode, formOf } from "../../jenkins/push/script";
import { Progress } from "../../playground/progress";
import { PulumiStack } from "../../playground/stack";
import {
    configureControllers,
    obtainParts,
    openStack,
    projectFolder,
    startWorld,
    stopWorld,
    type World,
} from "../../playground/world";
import { startMany } from "../../playground/testing/many";
import { table, type Figure, type Results } from "./figures";
import { inTurn, nodeProcesses, run, seconds } from "./measure";
import { plot } from "./plot";
import { scriptRatio } from "./script";
import { Terraform } from "./terraform";
import { newest } from "../../playground/controller/generations";

const results = join(projectFolder, ".playground", "bench-results");
const clouds = "jenkins-ec2-agents:clouds";

interface Plan {
    /** Numbers of controllers whose turn has not come by then are left out. */
    minutes: number;
    rounds: number;
    controllers: number[];
    templates: number[];
}

const plans: Record<"whole" | "quick", Plan> = {
    whole: { minutes: 15, rounds: 5, controllers: [1, 10, 30, 100], templates: [10, 100, 1000] },
    quick: { minutes: 10, rounds: 2, controllers: [1, 10], templates: [10, 100] },
};

/** One controller: the program's start, the push, and the same resources in Terraform. */
async function single(plan: Plan, found: Results, progress: Progress): Promise<void> {
    const parts = await obtainParts(progress);
    const world = await startWorld(parts, {
        directory: join(projectFolder, ".playground", "bench"),
        region: "eu-central-1",
        controllers: { playground: { plugin: newest } },
    });
    try {
        const stack = await openStack(world, parts.engine, {
            stack: "dev",
            configFile: join(projectFolder, "Pulumi.dev.yaml"),
        });
        await configureControllers(stack, world.controllers);
        await stack.up();
        found.figures.push(await programStart(plan, world, stack));
        found.figures.push(await idlePush(plan, stack));
        await beside(plan, world, stack, found);
    } finally {
        await stopWorld(world);
    }
}

/** Processor time of the program in a preview, against a program that does nothing but load the two packages. */
async function programStart({ rounds }: Plan, world: World, stack: PulumiStack): Promise<Figure> {
    const empty = new PulumiStack({ ...stack.options, project: emptyProject(world), stack: "empty" });
    await empty.initialize();
    const program = (one: PulumiStack) => async () => {
        const used = await nodeProcesses((environment) =>
            new PulumiStack({
                ...one.options,
                environment: { ...one.options.environment, ...environment },
            }).preview(),
        );
        return used.find(({ command }) => command.includes("cmd/run"))!.processor;
    };
    const { one, other, ratio } = await inTurn(program(stack), program(empty), rounds);
    return {
        name: "program's own time / empty program",
        goal: 1.1,
        reached: ratio,
        detail: `${one.toFixed(2)} / ${other.toFixed(2)} s of processor time`,
    };
}

function emptyProject(world: World): string {
    const folder = join(world.directory, "empty");
    mkdirSync(folder);
    symlinkSync(join(projectFolder, "node_modules"), join(folder, "node_modules"));
    writeFileSync(
        join(folder, "Pulumi.yaml"),
        stringify({ name: "empty", runtime: { name: "nodejs", options: { typescript: false } }, main: "index.js" }),
    );
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "empty", version: "1.0.0" }));
    writeFileSync(join(folder, "index.js"), 'require("@pulumi/pulumi");\nrequire("@pulumi/aws");\n');
    return folder;
}

/** Processor time of a push that finds nothing to do, against Node alone. */
async function idlePush({ rounds }: Plan, stack: PulumiStack): Promise<Figure> {
    const [request] = await pushes(stack);
    const processor = async (args: string[]) => {
        const [used] = await nodeProcesses((environment) =>
            run(process.execPath, args, { cwd: projectFolder, environment, input: JSON.stringify(request) }),
        );
        return used!.processor;
    };
    const { one, other, ratio } = await inTurn(
        () => processor(["-e", "require('jenkins-ec2-agents/push')", "apply"]),
        () => processor(["-e", "0"]),
        rounds * 3,
    );
    return {
        name: "push that finds nothing to do / bare node",
        goal: 1.6,
        reached: ratio,
        detail: `${(one * 1000).toFixed(0)} / ${(other * 1000).toFixed(0)} ms of processor time`,
    };
}

/** The requests of the pushes, from the state. They hold secrets and stay in memory. */
async function pushes(stack: PulumiStack): Promise<PushRequest[]> {
    const { stdout } = await stack.run(["stack", "export", "--show-secrets", "--stack", stack.options.stack]);
    const { deployment } = JSON.parse(stdout) as {
        deployment: { resources: { type: string; inputs: { stdin: { plaintext: string } } }[] };
    };
    return deployment.resources
        .filter(({ type }) => type === "command:local:Command")
        .map(({ inputs }) => readRequest(JSON.parse(inputs.stdin.plaintext) as string));
}

async function beside({ rounds }: Plan, world: World, stack: PulumiStack, found: Results): Promise<void> {
    const [request] = await pushes(stack);
    const folder = join(world.directory, "terraform");
    const terraform = await Terraform.open(folder, stack.options.environment, "beside", request!);
    if (!terraform) {
        found.left.push("Terraform is not on this machine");
        return;
    }
    await terraform.apply();
    const { one, other, ratio } = await inTurn(
        () => seconds(() => stack.up()),
        () => seconds(terraform.apply),
        rounds,
    );
    found.figures.push({
        name: "no-op up / Terraform no-op",
        goal: 0.7,
        reached: ratio,
        detail: `${one.toFixed(1)} / ${other.toFixed(1)} s`,
    });
    found.points.push({ series: "no-op: Terraform", size: 1, seconds: other });
    found.figures.push(await fromNothing(stack, terraform, request!, Math.ceil(rounds / 2)));
}

/** Everything anew, the push included: both find neither resources nor the cloud. */
async function fromNothing(
    stack: PulumiStack,
    terraform: Terraform,
    request: PushRequest,
    rounds: number,
): Promise<Figure> {
    const { one, other, ratio } = await inTurn(
        async () => {
            await stack.destroy();
            return seconds(() => stack.up());
        },
        async () => {
            await terraform.destroy();
            await run(process.execPath, ["-e", "require('jenkins-ec2-agents/push')", "remove"], {
                cwd: projectFolder,
                input: JSON.stringify(request),
            });
            return seconds(terraform.apply);
        },
        rounds,
    );
    return {
        name: "first up / Terraform apply, with the same push by local-exec",
        goal: 1,
        reached: ratio,
        detail: `${one.toFixed(1)} / ${other.toFixed(1)} s`,
    };
}

function isOver({ at }: Results, minutes: number): boolean {
    return Date.now() - Date.parse(at) > minutes * 60_000;
}

/** Many controllers in one JVM: the first up, one change everywhere, nothing to do. */
async function controllers({ controllers: sizes, minutes }: Plan, found: Results, progress: Progress): Promise<void> {
    const first = new Map<number, number>();
    const change = new Map<number, number>();
    for (const size of sizes) {
        if (isOver(found, minutes)) {
            found.left.push(`${size} controllers: the ${minutes} minutes of the run were over`);
            continue;
        }
        const { world, stack } = await progress.step(`${size} controllers`, () => startMany(size));
        try {
            const series = async (name: string, work: () => Promise<unknown>) => {
                const taken = await progress.step(`${size} controllers: ${name}`, () => seconds(work));
                found.points.push({ series: `controllers: ${name}`, size, seconds: taken });
                return taken;
            };
            first.set(size, await series("first up", () => stack.up()));
            await stack.configure(`${clouds}.agents.templates.linux.labels[0]`, "changed");
            change.set(size, await series("one change", () => stack.up()));
            await series("no-op", () => stack.up());
        } finally {
            await world.stop();
        }
    }
    const compare = (name: string, times: Map<number, number>, wanted: number, goal: number) => {
        const size = Math.max(...[...times.keys()].filter((one) => one <= wanted));
        const [many, single] = [times.get(size)!, times.get(1)!];
        found.figures.push({
            name: `${name}: ${size} controllers / 1`,
            goal,
            reached: many / single,
            detail: `${many.toFixed(1)} / ${single.toFixed(1)} s`,
        });
    };
    compare("one change", change, 30, 2);
    compare("first up", first, 100, 5);
}

/** Many templates of one image on one controller. */
async function templates({ templates: sizes, rounds }: Plan, found: Results, progress: Progress): Promise<void> {
    const { world, stack } = await startMany(1);
    try {
        const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
        const noOp = new Map<number, number>();
        for (const size of sizes) {
            configureTemplates(stack, size);
            await progress.step(`${size} templates: up`, () => stack.up());
            const { one } = await inTurn(
                () => seconds(() => stack.up()),
                async () => 1,
                rounds,
            );
            noOp.set(size, one);
            found.points.push({ series: "templates: no-op", size, seconds: one });
        }
        found.figures.push({
            name: `no-op: ${most} templates / ${least}`,
            goal: 1.5,
            reached: noOp.get(most)! / noOp.get(least)!,
            detail: `${noOp.get(most)!.toFixed(1)} / ${noOp.get(least)!.toFixed(1)} s`,
        });
        const { deployment } = JSON.parse(await stack.exportState()) as { deployment: { resources: unknown[] } };
        found.figures.push({
            name: `resources in the state: ${most} templates of one image`,
            goal: 20,
            reached: deployment.resources.length,
            detail: "a number",
        });
        const [request] = await pushes(stack);
        found.figures.push({
            name: `bytes of the form: ${most} templates`,
            goal: 190_000,
            reached: formOf(compose("apply", encode({ step: "prepare", ...request! }))).length,
            detail: "a number",
        });
        found.figures.push(await scriptRatio(request!, rounds));
    } finally {
        await world.stop();
    }
}

/** A list of instance types makes a template of each: so 1,000 templates fit into the configuration. */
function configureTemplates(stack: PulumiStack, count: number): void {
    const families = ["m5", "m5a", "m6i", "m6a", "m7i", "c5", "c5a", "c6i", "r5", "r6i"];
    const types = families.flatMap((family) =>
        ["large", "xlarge", "2xlarge", "4xlarge"].map((size) => `${family}.${size}`),
    );
    const file = parse(readFileSync(stack.options.configFile, "utf8")) as {
        config: Record<typeof clouds, { agents: { templates: Record<string, object> } }>;
    };
    const linux = file.config[clouds].agents.templates.linux!;
    const keys = Math.ceil(count / types.length);
    file.config[clouds].agents.templates = {
        linux,
        ...Object.fromEntries(
            Array.from({ length: keys }, (_, index) => [
                `t${index}`,
                {
                    ...linux,
                    labels: [`t${index}`],
                    instanceType: types.slice(0, Math.min(types.length, count - 1 - index * types.length)),
                },
            ]),
        ),
    };
    writeFileSync(stack.options.configFile, stringify(file, { aliasDuplicateObjects: false }));
}

async function main(): Promise<void> {
    const quick = process.argv.includes("--quick");
    const plan = plans[quick ? "quick" : "whole"];
    const progress = new Progress();
    const found: Results = {
        at: new Date().toISOString(),
        node: process.version,
        rounds: plan.rounds,
        figures: [],
        points: [],
        left: [],
    };
    for (const part of [single, templates, controllers]) {
        // One part that fails must not take the others' figures with it; the run fails all the same.
        await part(plan, found, progress).catch((error: unknown) => {
            found.left.push(`${part.name}: ${error instanceof Error ? error.message : String(error)}`);
            process.exitCode = 1;
        });
    }
    mkdirSync(results, { recursive: true });
    writeFileSync(join(results, "results.json"), JSON.stringify(found, null, 2));
    if (found.points.length > 0) writeFileSync(join(results, "plot.svg"), plot(found.points));
    console.log(table(found));
    console.log(`\nwritten to ${results}`);
}

void main();
