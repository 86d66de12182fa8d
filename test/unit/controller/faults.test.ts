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

test("a status can be answered at once although the request goes on", async () => {
    await ran();
    await addFault(jenkins, { path: "scriptText", status: 504, goesOn: true, hangSeconds: 0.2 });
    expect((await post()).status).toBe(504);
    await expect.poll(ran).toBe(true);
});

test("saves fail as often as asked for, midway, and no more once the faults are cleared", async () => {
    const save = () => script(jenkins, "Jenkins.get().save(); print 'saved'");
    await addFault(jenkins, { failSave: "No space left on device", count: 3 });
    expect([await save(), await save()]).toEqual([
        expect.stringContaining("No space left on device"),
        expect.stringContaining("No space left on device"),
    ]);
    await clearFaults(jenkins);
    expect(await save()).toBe("saved");
});

test("something else can happen during the next save of the credentials", async () => {
    const provider = "com.cloudbees.plugins.credentials.SystemCredentialsProvider.instance";
    await addFault(jenkins, { duringCredentialsSave: "System.setProperty('ran', 'yes')" });
    expect(await ran()).toBe(false);
    await script(jenkins, `${provider}.save(); null`);
    expect(await ran()).toBe(true);
});

test("a request can hang", async () => {
    await addFault(jenkins, { path: "scriptText", hangSeconds: 30 });
    const impatient = request(jenkins, "scriptText", { method: "POST", signal: AbortSignal.timeout(300) });
    await expect(impatient).rejects.toThrow(/aborted|timeout/i);
});
