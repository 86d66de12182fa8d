import { afterEach, beforeAll, expect, test } from "vitest";
import {
    addFault,
    clearFaults,
    controllerState,
    type RunningController,
} from "../../../playground/controller/controller";
import { request, script, start } from "./support";

let jenkins: RunningController;

beforeAll(async () => {
    jenkins = await start();
});

afterEach(() => clearFaults(jenkins));

const post = () =>
    request(jenkins, "scriptText", {
        method: "POST",
        body: new URLSearchParams({ script: "System.setProperty('ran', 'yes'); null" }),
    });
const ran = async () => (await script(jenkins, "print System.clearProperty('ran')")) === "yes";

test("the next requests of a path answer a status, with Retry-After", async () => {
    await addFault(jenkins, { path: "scriptText", status: 503, retryAfter: "7", count: 2 });
    const answers = [await post(), await post(), await post()];
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 200]);
    expect(answers[0]!.headers.get("retry-after")).toBe("7");
});

test("another path is spared", async () => {
    await addFault(jenkins, { path: "scriptText", status: 500 });
    expect((await request(jenkins, "api/json")).status).toBe(200);
    expect((await controllerState(jenkins)).pendingFaults).toBe(1);
});

test("some requests can pass first", async () => {
    await addFault(jenkins, { path: "scriptText", status: 502, skip: 1 });
    expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([200, 502, 200]);
});

test("a connection dropped before means that nothing ran", async () => {
    await ran();
    await addFault(jenkins, { path: "scriptText", drop: "before" });
    await expect(post()).rejects.toThrow("fetch failed");
    expect(await ran()).toBe(false);
});

test("a connection dropped after means that it ran", async () => {
    await ran();
    await addFault(jenkins, { path: "scriptText", drop: "after" });
    await expect(post()).rejects.toThrow("fetch failed");
    expect(await ran()).toBe(true);
});

test("a request can hang", async () => {
    await addFault(jenkins, { path: "scriptText", hangSeconds: 30 });
    const impatient = request(jenkins, "scriptText", { method: "POST", signal: AbortSignal.timeout(300) });
    await expect(impatient).rejects.toThrow(/aborted|timeout/i);
});
