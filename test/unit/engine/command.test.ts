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

async function create(inputs: Properties, { preview = false, of = client } = {}) {
    const request = new provider.CreateRequest();
    request.setUrn(urn);
    request.setProperties(Struct.fromJavaScript(inputs));
    request.setPreview(preview);
    const response = await call<provider.CreateResponse>((done) => of.create(request, done));
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
    request.setOlds(Struct.fromJavaScript({ ...before, stdout: "printed", stderr: "" }));
    request.setNews(Struct.fromJavaScript(after));
    const response = await call<provider.DiffResponse>((done) => client.diff(request, done));
    return { paths: [...response.getDetaileddiffMap().keys()], replaces: response.getReplacesList() };
}

async function check(inputs: Properties) {
    const request = new provider.CheckRequest();
    request.setUrn(urn);
    request.setNews(Struct.fromJavaScript(inputs));
    const response = await call<provider.CheckResponse>((done) => client.check(request, done));
    return {
        failures: response.getFailuresList().map((failure) => `${failure.getProperty()}: ${failure.getReason()}`),
        inputs: response.getInputs()!.toJavaScript(),
    };
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

    test("with a secret input has plain outputs all the same: who prints a secret says additionalSecretOutputs", async () => {
        const { state } = await create({ create: "cat", stdin: secret("token") });
        expect(state).toEqual({ create: "cat", stdin: secret("token"), stdout: "token", stderr: "" });
    });

    test("that fails is an error with the code, the command and all that it printed, also beside secrets", async () => {
        const inputs = { create: "echo why >&2; exit 3", stdin: secret("token") };
        await expect(create(inputs)).rejects.toThrow('exit status 3: running "echo why >&2; exit 3":\nwhy\n');
        const printed = { create: "echo out; exit 3", stdin: secret("token") };
        await expect(create(printed)).rejects.toThrow('exit status 3: running "echo out; exit 3":\nout\n');
    });

    test("takes lines of just under 64 KiB on a stream that it logs", async () => {
        const { state } = await create({ create: "head -c 65535 /dev/zero | tr '\\0' x; echo", logging: "stdout" });
        expect(String(state.stdout)).toHaveLength(65535);
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
    const printed = { stdout: "printed", stderr: "" };
    await remove({
        ...printed,
        create: "true",
        delete: `cat > '${file}'; echo $NAME >> '${file}'`,
        stdin: "state ",
        environment: { NAME: "kept" },
    });
    expect(readFileSync(file, "utf8")).toBe("state kept\n");
    await expect(remove({ create: "true", delete: "true" })).rejects.toThrow(
        "Missing required field 'stdout' on 'local.CommandOutputs'",
    );
    await expect(remove({ ...printed, create: "true", "__pulumi-go-provider-version": "1.3.0" })).rejects.toThrow(
        "Unrecognized field '__pulumi-go-provider-version' on 'local.CommandOutputs'",
    );
});

describe("a difference", () => {
    test("is an update in place, named by its path", async () => {
        const before = { create: "a", environment: { A: "1", B: "1" }, triggers: ["x"] };
        expect(await diff(before, { ...before, environment: { A: "2", B: "1" } })).toEqual({
            paths: ["environment.A"],
            replaces: [],
        });
    });

    test("of triggers is an update too: it is the Node SDK that asks for the replacement", async () => {
        const changed = await diff({ create: "a", triggers: ["x"] }, { create: "b", triggers: ["y"] });
        expect(changed.paths.sort()).toEqual(["create", "triggers[0]"]);
        expect(changed.replaces).toEqual([]);
    });

    test("is none between equal inputs", async () => {
        const inputs = { create: "a", stdin: secret("s"), environment: { A: "1" } };
        expect(await diff(inputs, inputs)).toEqual({ paths: [], replaces: [] });
    });
});

test("inputs are checked, all at once; logging may be any text", async () => {
    expect((await check({ create: "true", environment: { A: 1 }, colour: "red" })).failures).toEqual([
        "colour: Unrecognized field 'colour' on 'local.CommandInputs'",
        "environment: Field 'environment' on 'local.CommandInputs' must be a 'map[string]string'; got 'object' instead",
    ]);
    const right = { create: "true", logging: "loud", environment: { A: secret("1") }, triggers: [1] };
    expect((await check(right)).failures).toEqual([]);
});

test("the provider's inputs have the version of its framework, a command's do not", async () => {
    const request = new provider.CheckRequest();
    request.setNews(Struct.fromJavaScript({}));
    const ofProvider = await call<provider.CheckResponse>((done) => client.checkConfig(request, done));
    expect(ofProvider.getInputs()!.toJavaScript()).toEqual({ "__pulumi-go-provider-version": "1.2.0" });
    expect((await check({ create: "true" })).inputs).toEqual({ create: "true" });
});

/** A provider of its own, which the test may leave unusable. */
async function anotherProvider(): Promise<{ other: Plugin; begin: (inputs: Properties) => Promise<unknown> }> {
    const other = await startPlugin("command", folder);
    const begin = (inputs: Properties) => {
        const running = create(inputs, { of: other.client });
        running.catch(() => undefined);
        return running;
    };
    return { other, begin };
}

async function appears(file: string) {
    while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 10));
}

test("Cancel ends the command that runs, and the provider stays cancelled", async () => {
    const { other, begin } = await anotherProvider();
    try {
        const file = join(folder, "started");
        const running = begin({ create: `exec sh -c "touch '${file}'; exec sleep 600"` });
        await appears(file);
        await call<Empty>((done) => other.client.cancel(new Empty(), done));
        await expect(running).rejects.toThrow("signal: killed");
        await call<provider.ConfigureResponse>((done) => other.client.configure(new provider.ConfigureRequest(), done));
        await expect(begin({ create: "echo back" })).rejects.toThrow("context canceled");
    } finally {
        other.stop();
    }
});

test("a line of 64 KiB on a stream that is logged blocks the command for ever, Cancel included", async () => {
    const { other, begin } = await anotherProvider();
    try {
        const [before, after] = [join(folder, "before"), join(folder, "after")];
        // The reader takes 64 KiB before it gives up, and the pipe holds 64 KiB more: once all of this is written, nobody reads on.
        const long = "head -c 131072 /dev/zero | tr '\\0' x >&2";
        const running = begin({ create: `${long}; touch '${before}'; ${long}; touch '${after}'`, logging: "stderr" });
        await appears(before);
        await call<Empty>((done) => other.client.cancel(new Empty(), done));
        const outcome = await Promise.race([
            running.then(
                () => "ended",
                () => "failed",
            ),
            new Promise((resolve) => setTimeout(() => resolve("hangs"), 1500)),
        ]);
        expect([outcome, existsSync(after)]).toEqual(["hangs", false]);
    } finally {
        other.kill();
    }
});
