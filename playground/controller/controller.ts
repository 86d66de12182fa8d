import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commandLine, stopProcess } from "../processes";
import { accessTo, writeAccess, type Access } from "./access";
import { obtainController } from "./build";
import { contracts } from "./generations";
import { askPlayground } from "./observe";
import type { ControllerOptions, RunningController } from "./options";

export { obtainController, type ControllerProgram } from "./build";
export * from "./observe";
export type { ControllerOptions, RunningController } from "./options";

/** What is in the command line of every stand-in controller. */
const mark = "standin.host.Main";

/** As the script console of a real Jenkins on Java 17, and quick to start: many of these run in a test. */
const javaFlags = [
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Xshare:auto",
    "-XX:-UsePerfData",
    ...["java.lang", "java.io", "java.util", "java.util.concurrent", "java.text"].flatMap((name) => [
        "--add-opens",
        `java.base/${name}=ALL-UNNAMED`,
    ]),
];

/** Starts one stand-in controller and waits until it is ready, or, with `startSeconds`, until it answers 503. */
export async function startController(options: ControllerOptions): Promise<RunningController> {
    const [controller] = await startControllers([options]);
    return controller!;
}

/**
 * Starts several stand-in controllers in one JVM, which ends when the last one is stopped. `detached` of the first counts.
 *
 * @param size how many templates each is to hold, for the memory that the JVM may take
 */
export async function startControllers(
    all: ControllerOptions[],
    { templates }: { templates: number } = { templates: 1 },
): Promise<RunningController[]> {
    const program = await obtainController(() => undefined);
    const wanted = all.map((options) => ({ options, access: accessTo(options.home) }));
    for (const one of wanted) one.access.port = one.options.port || (await freeAgain(one.access.port));
    // What a script leaves to collect is ten times what a controller keeps, and some ten of them run at a time.
    const heapMegabytes = Math.ceil(
        160 + all.length * (12 + templates / 50) + Math.min(all.length, 10) * (templates / 5),
    );
    const log = openSync(join(all[0]!.home, "controller.log"), "a");
    const child = spawn("java", [...javaFlags, `-Xmx${heapMegabytes}m`, "-cp", program.classPath, mark], {
        detached: all[0]!.detached ?? true,
        stdio: ["pipe", "pipe", log],
    });
    closeSync(log);
    const listening = firstLine(child, all[0]!);
    const detached = all[0]!.detached ?? true;
    const document = JSON.stringify({ untilInputEnds: !detached, controllers: wanted.map(startDocument) });
    child.stdin!.write(`${document}\n`);
    const ports = JSON.parse(await listening) as { listening: { port: number }[] };
    if (detached) letGo(child);
    return Promise.all(
        wanted.map(async ({ options, access }, index) => {
            access.port = ports.listening[index]!.port;
            writeAccess(options.home, access);
            const running = describe(options, access, child.pid!);
            if (!options.startSeconds && !options.tls) await untilReady(running);
            return running;
        }),
    );
}

/** The port if nobody has taken it since, else 0. */
async function freeAgain(port: number): Promise<number> {
    if (port === 0) return 0;
    return new Promise((resolve) => {
        const server = createServer();
        server.once("error", () => resolve(0));
        server.listen(port, "127.0.0.1", () => server.close(() => resolve(port)));
    });
}

/** What the JVM reads on its standard input: secrets are in no command line. */
function startDocument({ options, access }: { options: ControllerOptions; access: Access }): object {
    const { detached: _detached, ...rest } = options;
    return {
        ...rest,
        port: access.port,
        contracts: options.contracts ?? contracts,
        user: "admin",
        password: access.password,
        token: access.token,
        viewerToken: access.viewerToken,
    };
}

function firstLine(child: ChildProcess, options: ControllerOptions): Promise<string> {
    const log = join(options.home, "controller.log");
    return new Promise((resolve, reject) => {
        let text = "";
        child.stdout!.setEncoding("utf8").on("data", (part: string) => {
            text += part;
            if (text.includes("\n")) resolve(text.slice(0, text.indexOf("\n")));
        });
        child.once("error", (problem) =>
            reject(new Error(`java does not run (${problem.message}); Java 17+ is needed`)),
        );
        child.once("exit", (code) =>
            reject(new Error(`The stand-in controller ${options.name} ended (${code}) before it listened; see ${log}`)),
        );
    });
}

/** Lets the JVM outlive this process. */
function letGo(child: ChildProcess): void {
    child.stdin!.end();
    child.stdout!.destroy();
    child.unref();
}

function describe(options: ControllerOptions, access: Access, pid: number): RunningController {
    const scheme = options.tls ? "https" : "http";
    return {
        name: options.name,
        home: options.home,
        url: `${scheme}://127.0.0.1:${access.port}${options.contextPath ?? ""}/`,
        user: "admin",
        password: access.password,
        token: access.token,
        viewer: { user: "viewer", token: access.viewerToken },
        pid,
    };
}

/** Waits until it no longer answers 503 nor refuses connections: after a start or a restart. */
export async function untilReady(controller: RunningController): Promise<void> {
    for (;;) {
        const status = await statusOf(controller);
        if (status === 200) return;
        if (status === 500 || (await commandLine(controller.pid)) === undefined) {
            throw new Error(
                `The stand-in controller ${controller.name} did not start; see ${controller.home}/controller.log`,
            );
        }
        await sleep(50);
    }
}

async function statusOf(controller: RunningController): Promise<number | undefined> {
    try {
        const answer = await fetch(new URL("login", controller.url));
        await answer.arrayBuffer();
        return answer.status;
    } catch {
        return undefined;
    }
}

/** Whether its process is there and its port answers, 503 included. */
export async function controllerRuns(controller: RunningController): Promise<boolean> {
    if (!(await commandLine(controller.pid))?.includes(mark)) return false;
    return (await statusOf(controller)) !== undefined;
}

/** Stops one controller; its JVM ends with the last of those that share it. Its home stays. */
export async function stopController(controller: RunningController): Promise<void> {
    try {
        await askPlayground(controller, "POST", "stop");
    } catch {
        // It does not answer (it is starting, or hangs on purpose): its process ends instead.
        await stopProcess(controller.pid, mark);
        return;
    }
    while ((await statusOf(controller)) !== undefined) await sleep(20);
}

/** Restarts at once, as a crash and a new start do, and waits until it is ready. What is not on disk is gone. */
export async function restartController(controller: RunningController): Promise<void> {
    await askPlayground(controller, "POST", "restart");
    while ((await statusOf(controller)) === 200) await sleep(20);
    await untilReady(controller);
}
