import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import {
    startController,
    stopController,
    type ControllerOptions,
    type RunningController,
} from "../../../playground/controller/controller";
import { newest } from "../../../playground/controller/generations";

const started: RunningController[] = [];

// At the top of the module, so that it belongs to the file: a hook that is registered while a hook runs is never called.
afterAll(async () => {
    await Promise.all(started.map(stopController));
    for (const { home } of started) rmSync(home, { recursive: true, force: true });
});

/** Starts a stand-in controller, in a folder of its own unless one is given; both are gone after the file's tests. */
export async function start(options: Partial<ControllerOptions> = {}): Promise<RunningController> {
    const home = options.home ?? mkdtempSync(join(tmpdir(), "controller-home-"));
    const controller = await startController({ name: "test", plugin: newest, detached: false, ...options, home });
    started.push(controller);
    return controller;
}

export const basic = (user: string, secret: string) => `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}`;

/** A request with the administrator's API token, unless the headers say otherwise. Redirects are not followed. */
export function request(controller: RunningController, path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(new URL(path, controller.url), {
        redirect: "manual",
        ...init,
        headers: {
            authorization: basic(controller.user, controller.token),
            ...(init.headers as Record<string, string>),
        },
    });
}

export async function json(controller: RunningController, path: string): Promise<any> {
    const answer = await request(controller, path);
    return JSON.parse(await answer.text());
}

/** What a script prints, whatever it does: an exception is in the text. */
export async function script(controller: RunningController, text: string): Promise<string> {
    const answer = await request(controller, "scriptText", {
        method: "POST",
        body: new URLSearchParams({ script: text }),
    });
    if (answer.status !== 200) throw new Error(`scriptText answered ${answer.status}`);
    return answer.text();
}

/** What a script prints as JSON. */
export async function scriptJson(controller: RunningController, text: string): Promise<any> {
    const printed = await script(controller, text);
    try {
        return JSON.parse(printed);
    } catch {
        throw new Error(`The script printed no JSON:\n${printed}`);
    }
}
