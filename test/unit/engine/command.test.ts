import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, startPlugin, type Plugin } from "./plugin";

// The stand-in of the command provider, asked as the Pulumi engine asks it. What is expected is what pulumi-command 1.2.1 does.

type Properties = Record<string, JavaScriptValue>;

const urn = "urn:pulumi:dev::project::command:local:Command::push";
const secret = (value: string) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });

let folder: string;
let plugin: Plugin | undefined;
let client: ResourceProviderClient;

beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "command-")));
    plugin = await startPlugin("command", folder, { OUTSIDE: "seen" });
    client = plugin.client;
    await call<provider.ConfigureResponse>((done) => client.configure(new provider.ConfigureRequest(), done));
});

afterAll(() => {
    plugin?.stop();
    if (folder) rmSync(folder, { recursive: true });
});

const properties = (response: { getProperties(): Struct | undefined }) => response.getProperties()!.toJavaScript();

async function create(inputs: Properties, { preview = false } = {}) {
    const request = new provider.CreateRequest();
    request.setUrn(urn);
    request.setProperties(Struct.fromJavaScript(inputs));
    request.setPreview(preview);
    const response = await call<provider.CreateResponse>((done) => client.create(request, done));
    return { id: response.getId(), state: properties(response) };
}

async function update(state: Properties, inputs: Properties) {
    const request = new provider.UpdateRequest();
    request.setUrn(urn);
    request.setOlds(Struct.fromJavaScript(state));
    request.setNews(Struct.fromJavaScript(inputs));
    return properties(await call<provider.UpdateResponse>((done) => client.update(request, done)));
}

async function remove(state: Properties) {
    const request = new provider.DeleteRequest();
    request.setUrn(urn);
    request.setProperties(Struct.fromJavaScript(state));
    await call<Empty>((done) => client.delete(request, done));
}

async function diff(before: Properties, after: Properties) {
    const request = new provider.DiffRequest();
    request.setUrn(urn);
    request.setOldInputs(Struct.fromJavaScript(before));
    request.setNews(Struct.fromJavaScript(after));
    const response = await call<provider.DiffResponse>((done) => client.diff(request, done));
    return { paths: [...response.getDetaileddiffMap().keys()], replaces: response.getReplacesList() };
}

async function check(inputs: Properties) {
    const request = new provider.CheckRequest();
    request.setUrn(urn);
    request.setNews(Struct.fromJavaScript(inputs));
    const response = await call<provider.CheckResponse>((done) => client.check(request, done));
    return response.getFailuresList().map((failure) => `${failure.getProperty()}: ${failure.getReason()}`);
}

describe("a create", () => {
    test("runs the command in the provider's folder, with the environment, and keeps what it printed", async () => {
        const inputs = {
            create: "pwd; echo $OUTSIDE $INSIDE; cat; echo problem >&2",
            environment: { INSIDE: "too" },
            stdin: "typed in",
        };
        const { id, state } = await create(inputs);
        expect(state).toEqual({ ...inputs, stdout: `${folder}\nseen too\ntyped in`, stderr: "problem" });
        expect(id).toMatch(/^push[0-9a-f]{8}$/);
    });

    test("follows dir and interpreter", async () => {
        const { state } = await create({
            create: "process.stdout.write(process.cwd())",
            dir: "/",
            interpreter: ["node", "-e"],
        });
        expect(state.stdout).toBe("/");
    });

    test("in a preview runs nothing: what it will print is unknown", async () => {
        const { state } = await create({ create: `touch '${folder}/made'` }, { preview: true });
        expect(state.stdout).toBe("04da6b54-80e4-46f7-96ec-b56ff0331ba9"); // Pulumi's mark of an unknown string
        expect(existsSync(join(folder, "made"))).toBe(false);
    });

    test("with one secret input has secret outputs, and the other inputs stay readable", async () => {
        const { state } = await create({ create: "cat", stdin: secret("token") });
        expect(state).toEqual({ create: "cat", stdin: secret("token"), stdout: secret("token"), stderr: secret("") });
    });

    test("that fails is an error with the code, the command and all that it printed, also beside secrets", async () => {
        const inputs = { create: "echo out; echo why >&2; exit 3", stdin: secret("token") };
        await expect(create(inputs)).rejects.toThrow(
            'exit status 3: running "echo out; echo why >&2; exit 3":\nout\nwhy\n',
        );
    });
});

describe("an update", () => {
    const previous = { create: "old", stdout: "before", stderr: "warned" };

    test("runs update with what was printed last", async () => {
        const inputs = { create: "exit 1", update: "echo $PULUMI_COMMAND_STDOUT, $PULUMI_COMMAND_STDERR" };
        expect((await update(previous, inputs)).stdout).toBe("before, warned");
    });

    test("runs create where there is no update", async () => {
        expect((await update(previous, { create: "echo again" })).stdout).toBe("again");
    });

    test("does not hand over what was printed last when told not to", async () => {
        const inputs = { create: "echo [$PULUMI_COMMAND_STDOUT]", addPreviousOutputInEnv: false };
        expect((await update(previous, inputs)).stdout).toBe("[]");
    });
});

test("a delete runs with what the state holds", async () => {
    const file = join(folder, "deleted");
    await remove({
        create: "true",
        delete: `cat > '${file}'; echo $NAME >> '${file}'`,
        stdin: "state ",
        environment: { NAME: "kept" },
    });
    expect(readFileSync(file, "utf8")).toBe("state kept\n");
});

describe("a difference", () => {
    test("is an update in place, named by its path", async () => {
        const before = { create: "a", environment: { A: "1", B: "1" }, triggers: ["x"] };
        expect(await diff(before, { ...before, environment: { A: "2", B: "1" } })).toEqual({
            paths: ["environment.A"],
            replaces: [],
        });
    });

    test("of triggers, and only that, replaces", async () => {
        const changed = await diff({ create: "a", triggers: ["x"] }, { create: "b", triggers: ["y"] });
        expect(changed.paths.sort()).toEqual(["create", "triggers[0]"]);
        expect(changed.replaces).toEqual(["triggers[0]"]);
    });

    test("is none between equal inputs", async () => {
        const inputs = { create: "a", stdin: secret("s"), environment: { A: "1" } };
        expect(await diff(inputs, inputs)).toEqual({ paths: [], replaces: [] });
    });
});

test("inputs are checked, all at once", async () => {
    expect(await check({ create: "true", logging: "loud", environment: { A: 1 }, assetPaths: ["*"] })).toEqual([
        "assetPaths: not a property that this stand-in of the command provider has",
        "environment: expected a map of strings, got object",
        "logging: expected one of stdout, stderr, stdoutAndStderr, none, got string",
    ]);
    expect(await check({ create: "true", logging: "none", environment: { A: secret("1") }, triggers: [1] })).toEqual(
        [],
    );
});

test("Cancel ends the command that runs, and the provider works again afterwards", async () => {
    const file = join(folder, "started");
    const running = create({ create: `exec sh -c "touch '${file}'; exec sleep 600"` });
    running.catch(() => undefined);
    while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 10));
    await call<Empty>((done) => client.cancel(new Empty(), done));
    await expect(running).rejects.toThrow("signal: killed");
    await call<provider.ConfigureResponse>((done) => client.configure(new provider.ConfigureRequest(), done));
    expect((await create({ create: "echo back" })).state.stdout).toBe("back");
});
