import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { CreateAccessKeyCommand, DeleteAccessKeyCommand, ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { isSame, plan } from "../../../jenkins/preview/compare";
import type { PushRequest } from "../../../jenkins/push/request";
import { projectFolder } from "../../../playground/world";
import type { Campaign } from "../campaign";
import { random } from "../random";
import { differences, inJenkins, readState, requestsIn } from "./inventory";
import { outcome, type Case } from "./outcome";
import { processTree, signal } from "./processes";
import { cleared } from "./strike";
import { isPush } from "./victims";
import { initScript, first, startCrashWorld, type CrashWorld } from "./world";

type Verb = "apply" | "remove";

interface Operation {
    name: string;
    verb: Verb;
    /** The request to push, from that of before. */
    next(world: CrashWorld, before: PushRequest): Promise<PushRequest>;
}

/** In an order in which each finds what it needs. */
const operations: Operation[] = [
    { name: "first push", verb: "apply", next: async (_, before) => before },
    { name: "update", verb: "apply", next: async (_, before) => withInitScript(before) },
    { name: "rotation", verb: "apply", next: withAnotherKey },
    { name: "removal", verb: "remove", next: async (_, before) => before },
];

const victims = ["node of the push", "shell of the push", "controller"] as const;

/**
 * The push alone, as the command resource runs it, without an engine: many more moments of it in the same time. What mends it is the
 * same push again, which the next `up` makes.
 */
export const pushes: Campaign = async ({ cases, seed, say, enough }) => {
    const draw = random(seed);
    const done: Case[] = [];
    const world = await startCrashWorld();
    try {
        world.configure(first);
        await world.stack.up();
        const { resources = [] } = await readState(world.stack);
        let request = requestsIn(resources).find(({ cloud }) => cloud.name === "agents")!;
        await pushed("remove", request);
        const lives: Record<string, number> = {};
        for (const { name, verb, next } of operations) {
            request = await next(world, request);
            const begin = performance.now();
            await pushed(verb, request);
            lives[name] = performance.now() - begin;
        }
        for (let index = 0; done.length < cases * victims.length && !enough.aborted; index++) {
            const { name, verb, next } = operations[index % operations.length]!;
            const victim = victims[(index + Math.floor(index / operations.length)) % victims.length]!;
            request = await next(world, request);
            const moment = Math.round(draw() * lives[name]!);
            const lived = await struck(world, verb, request, victim, moment);
            if (lived !== undefined) lives[name] = lived; // the machine has another pace by now
            const again = await pushed(verb, request);
            const wrong = again === 0 ? await compared(world, verb, request) : [`the same again ended with ${again}`];
            if (lived === undefined) done.push({ victim, operation: name, steps: ["the same again"], wrong });
            const late = lived === undefined ? "" : " (it had ended before)";
            say(
                `${done.length} ${name}, ${victim} after ${moment} ms${late}${wrong.map((line) => `\n    WRONG ${line}`).join("")}`,
            );
        }
    } finally {
        await world.stop();
    }
    return victims.map((victim) => outcome("nothing twice, lost or left, no staged credential", victim, done));
};

/** Runs a push to its end; answers its exit code. */
async function pushed(verb: Verb, request: PushRequest): Promise<number> {
    const shell = start(verb, request);
    const [code] = (await once(shell, "close")) as [number | null];
    return code ?? 1;
}

/** Strikes the victim of a push at the moment; answers how many milliseconds the push took where it had ended by then. */
async function struck(
    world: CrashWorld,
    verb: Verb,
    request: PushRequest,
    victim: (typeof victims)[number],
    milliseconds: number,
): Promise<number | undefined> {
    const begin = performance.now();
    const shell = start(verb, request);
    const closed = once(shell, "close");
    await Promise.race([sleep(milliseconds), closed]);
    const tree = await processTree(shell.pid!);
    const pid = {
        "node of the push": tree.find(isPush)?.pid,
        "shell of the push": tree[0]?.pid,
        controller: world.world.standIns[0]!.pid,
    }[victim];
    if (shell.exitCode !== null || pid === undefined) {
        await closed;
        return performance.now() - begin;
    }
    signal(pid, "SIGKILL");
    if (victim === "controller") await world.startControllerAgain();
    await closed;
    await cleared(tree);
    return undefined;
}

/** As the command provider does it: through a shell, which gets the request on standard input. */
function start(verb: Verb, request: PushRequest): ChildProcess {
    const shell = spawn("/bin/sh", ["-c", `node -e "require('jenkins-ec2-agents/push')" ${verb}`], {
        cwd: projectFolder,
        stdio: ["pipe", "ignore", "ignore"],
    });
    shell.stdin.on("error", () => undefined); // it may be dead before it has read all
    shell.stdin.end(JSON.stringify(request));
    return shell;
}

async function compared(world: CrashWorld, verb: Verb, request: PushRequest): Promise<string[]> {
    const own = ["cloud agents", "credential agents-aws", "credential agents-ssh"];
    const others = [
        "cloud by-hand",
        "credential by-hand",
        "cloud extra",
        "credential extra-aws",
        "credential extra-ssh",
    ];
    const there = (await inJenkins(world)).filter((line) => !line.includes(" with "));
    const wrong = differences(there, verb === "apply" ? [...others, ...own] : others, "Jenkins");
    if (verb === "remove") return wrong;
    const found = await plan(request, () => undefined);
    return isSame(found) ? wrong : [...wrong, "Jenkins: the cloud is not as the request says"];
}

async function withInitScript(before: PushRequest): Promise<PushRequest> {
    const request = structuredClone(before);
    request.cloud.templates[0]!.parameters.initScript = initScript(Date.now());
    return request;
}

/** AWS takes two keys of a user: the one that is not in use goes. */
async function withAnotherKey({ iam, world }: CrashWorld, before: PushRequest): Promise<PushRequest> {
    const request = structuredClone(before);
    const key = request.cloud.credentials.find((one) => one.kind === "aws")!;
    const UserName = `jenkins-aws-${world.controllers[0]!.id}`;
    const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
    for (const { AccessKeyId } of AccessKeyMetadata) {
        if (AccessKeyId !== key.accessKey) await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    }
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    Object.assign(key, { accessKey: AccessKey!.AccessKeyId, secretKey: AccessKey!.SecretAccessKey });
    return request;
}
