import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { PushError } from "../../jenkins/push/errors";
import { ControllerAccess, PushRequest } from "../../jenkins/push/request";
import {
    startControllers,
    stopController,
    untilReady,
    type ControllerOptions,
    type RunningController,
} from "../../playground/controller/controller";
import { generations } from "../../playground/controller/generations";
import { access, pushRequest } from "../push/fixtures";

const project = join(__dirname, "..", "..");

/** What observe.groovy prints. */
export interface Observed {
    clouds: Record<string, unknown>[];
    credentials: Record<string, { kind: string; scope: string; description: string; secret: string }>;
    /** When config.xml was last written, in milliseconds. */
    saved: number;
}

/** One stand-in controller of a test, and means to look at it without the push's own scripts. */
export interface Bench {
    controller: RunningController;
    access: ControllerAccess;
    /** Version of Jenkins. */
    jenkins: string;
    /** A request for this controller, without Test Connection. */
    request(): PushRequest;
    /** Runs Groovy text, as an administrator may; gives what it prints. */
    script(text: string): Promise<string>;
    /** Runs a file of this folder. */
    run(file: string): Promise<string>;
    observe(): Promise<Observed>;
    restart(): Promise<void>;
    stop(): Promise<void>;
}

/** A folder of a test's own; removed by the test. */
export function testFolder(): string {
    const folder = join(project, ".playground", `test-${randomUUID().slice(0, 8)}`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
}

export async function startBench(options: Partial<ControllerOptions> = {}): Promise<Bench> {
    const [bench] = await startBenches([options]);
    return bench!;
}

/** Controllers that share one JVM: Groovy's compiler is slow in a JVM that has just started. */
async function startBenches(all: Partial<ControllerOptions>[]): Promise<Bench[]> {
    const controllers = await startControllers(
        all.map((options) => ({ name: "team-a", home: testFolder(), detached: false, ...options })),
    );
    return Promise.all(controllers.map(benchOf));
}

/**
 * A controller with each generation of the plugin, in one JVM, for the tests of the file that calls this.
 *
 * @returns the controller of a generation; to be called in hooks and tests only
 */
export function benchOfEachGeneration(options: () => Partial<ControllerOptions> = () => ({})) {
    let benches: Bench[] = [];
    beforeAll(async () => {
        benches = await startBenches(generations.map((plugin) => ({ plugin, ...options() })));
    });
    afterAll(() => Promise.all(benches.map((bench) => bench.stop())));
    return (generation: string): Bench => benches[generations.indexOf(generation)]!;
}

async function benchOf(controller: RunningController): Promise<Bench> {
    const entry = access(controller.url, { user: controller.user, token: controller.token });
    const authorization = `Basic ${Buffer.from(`${entry.user}:${entry.token}`).toString("base64")}`;
    const send = (path: string, init: RequestInit = {}) =>
        fetch(new URL(path, entry.url), { redirect: "manual", ...init, headers: { authorization } });
    const script = async (text: string) =>
        (await send("scriptText", { method: "POST", body: new URLSearchParams({ script: text }) })).text();
    const run = (file: string) => script(readFileSync(join(__dirname, file), "utf8"));
    return {
        controller,
        access: entry,
        jenkins: String((await send("api/json")).headers.get("x-jenkins")),
        request: () => {
            const request = pushRequest(entry);
            request.policy.testConnection = false;
            return request;
        },
        script,
        run,
        observe: async () => JSON.parse(await run("observe.groovy")) as Observed,
        restart: async () => {
            await send("safeRestart", { method: "POST" });
            await gone(controller);
            await untilReady(controller);
        },
        stop: async () => {
            await stopController(controller);
            rmSync(controller.home, { recursive: true, force: true });
        },
    };
}

/** Waits until a restart has begun. */
async function gone(controller: RunningController): Promise<void> {
    for (;;) {
        const up = await fetch(new URL("login", controller.url)).then(
            (answer) => answer.ok,
            () => false,
        );
        if (!up) {
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}

/** The message of a push that has to fail. */
export async function messageOf(push: Promise<unknown>): Promise<string> {
    const outcome = await push.then(
        () => undefined,
        (error: unknown) => error,
    );
    if (!(outcome instanceof PushError)) {
        throw new Error(`The push should have been refused, but: ${outcome}`);
    }
    return outcome.message;
}
