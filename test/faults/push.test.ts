import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { apply } from "../../jenkins/push/apply";
import { remove } from "../../jenkins/push/remove";
import { plan } from "../../jenkins/preview/compare";
import { PushRequest } from "../../jenkins/push/request";
import { addFault, clearFaults, controllerState } from "../../playground/controller/controller";
import { Bench, messageOf, startBench } from "../groovy/bench";
import { planted, secrets, withSecrets } from "../secrets/request";
import { hits, stretchesOf, type Secrets } from "../secrets/search";
import { newest, oldest } from "../../playground/controller/generations";

describe("a push that meets a fault", () => {
    let bench: Bench;
    let request: PushRequest;
    const said: string[] = [];
    const report = (line: string) => void said.push(line);

    beforeAll(async () => {
        bench = await startBench({ plugin: newest });
        await bench.run("neighbours.groovy");
    });
    afterAll(() => bench?.stop());
    beforeEach(async () => {
        said.length = 0;
        request = withSecrets(bench.request());
        request.controller = { ...request.controller, clientKey: planted["client key"] };
        await bench.run("clear.groovy");
    });
    /** Whatever happened: no secret was said. */
    afterEach(async () => {
        await clearFaults(bench.controller);
        safe(said.join("\n"));
    });

    function safe(message: string): string {
        const all: Secrets = { ...secrets, token: bench.access.token!, password: bench.controller.password };
        expect(hits({ ...all, ...stretchesOf(all, 12) }, { message })).toEqual([]);
        return message;
    }

    it("succeeds although the connection is dropped before the script has run", async () => {
        await addFault(bench.controller, { path: "scriptText", drop: "before" });
        await apply(request, report);
        expect((await bench.observe()).clouds).toHaveLength(3);
    });

    it("succeeds although the answer of the script is lost, and changes things once", async () => {
        const { saves } = await controllerState(bench.controller);
        await addFault(bench.controller, { path: "scriptText", drop: "after" });
        await apply(request, report);
        expect((await controllerState(bench.controller)).saves).toBe(saves + 1);
        expect(said.at(-1)).toBe("cloud agents: nothing differs");
    });

    it("waits for a Jenkins that is starting", async () => {
        const body = "Please wait while Jenkins is getting ready to work ...";
        await addFault(bench.controller, { status: 503, body, count: 3 });
        await apply(request, report);
        expect((await bench.observe()).clouds).toHaveLength(3);
    });

    it("fetches its crumb again when that has become stale", async () => {
        const { token: _, ...access } = bench.access;
        request.controller = { ...access, password: bench.controller.password };
        const staleAfterPlugins = {
            path: "scriptText",
            status: 403,
            body: "No valid crumb was included in the request",
        };
        await addFault(bench.controller, staleAfterPlugins);
        await apply(request, report);
        expect((await bench.observe()).clouds).toHaveLength(3);
    });

    it("needs the crumb's session with a password, and none with a token", async () => {
        const { token: _, ...access } = bench.access;
        request.controller = { ...access, password: bench.controller.password };
        await addFault(bench.controller, { expireCrumbs: true });
        await apply(request, report);
        await plan(request, report);
        expect((await bench.observe()).clouds).toHaveLength(3);
    });

    it("puts everything back when the clouds cannot be saved", async () => {
        await apply(request, report);
        const before = await bench.observe();
        request.cloud.templates[0].parameters.labelString = "changed";
        const [aws, ssh] = request.cloud.credentials;
        request.cloud.credentials = [
            { ...aws, kind: "aws", accessKey: "AKIASECOND", secretKey: "second-secret-key" },
            ssh,
        ];
        await addFault(bench.controller, { failSave: "No space left on device" });
        const message = safe(await messageOf(apply(request, report)));
        expect(message).toBe(
            "controller team-a: the change failed (IOException: No space left on device); what was there before is in place again",
        );
        const after = await bench.observe();
        expect(after.clouds).toEqual(before.clouds);
        expect(after.credentials).toEqual(before.credentials);
        await apply(request, report);
        expect((await bench.observe()).credentials["agents-aws"].secret).toBe("second-secret-key");
    });

    it("puts everything back when the credentials cannot be saved", async () => {
        const before = await bench.observe();
        await addFault(bench.controller, { failCredentialsSave: "No space left on device" });
        expect(safe(await messageOf(apply(request, report)))).toContain(
            "the change failed (IOException: No space left on device)",
        );
        const after = await bench.observe();
        expect(after.clouds).toEqual(before.clouds);
        expect(after.credentials).toEqual(before.credentials);
    });

    it("names the user and the remedy for a wrong token and a missing permission", async () => {
        request.controller = { ...bench.access, token: "wrong-token-value" };
        expect(safe(await messageOf(apply(request, report)))).toMatch(/refused user "\w+" with this token \(401\)/);
        const { user, token } = bench.controller.viewer;
        request.controller = { ...bench.access, user, token };
        expect(safe(await messageOf(apply(request, report)))).toMatch(
            /"viewer" lacks the permission Overall\/Administer/,
        );
    });

    it("names the controller when nothing listens there, and then completes once it is back", async () => {
        const down = {
            ...bench.access,
            url: "http://127.0.0.1:9/",
            timeouts: { ...bench.access.timeouts, connectSeconds: 1, totalSeconds: 3 },
        };
        expect(safe(await messageOf(apply({ ...request, controller: down }, report)))).toMatch(
            /^controller team-a: http:\/\/127.0.0.1:9\/ cannot be reached: nothing listens there/,
        );
        await apply(request, report);
    });

    it("takes a page in between for what it is", async () => {
        await addFault(bench.controller, {
            path: "scriptText",
            status: 200,
            body: "Corporate proxy: blocked",
        });
        expect(safe(await messageOf(apply(request, report)))).toMatch(
            /answered a script with: .*Corporate proxy: blocked/,
        );
    });

    it("leaves a removal to be repeated when its answer is lost", async () => {
        await apply(request, report);
        await addFault(bench.controller, { path: "scriptText", drop: "after" });
        await remove(request, report);
        expect((await bench.observe()).clouds).toHaveLength(2);
    });

    it.each(Object.entries(secrets))(
        "says no part of a secret that an error of Jenkins quotes: %s",
        async (_, secret) => {
            const quoted = `${"word ".repeat(54)}${secret} and so on`; // cut within the secret, after 300 characters
            await addFault(bench.controller, { failSave: quoted });
            expect(safe(await messageOf(apply(request, report)))).toContain("the change failed");
        },
    );

    it("keeps secrets out of standard output and standard error of the command, whatever happens", async () => {
        const template = request.cloud.templates[1].parameters;
        const runs: (() => Promise<void>)[] = [
            async () => undefined,
            async () => void (template.maxTotalUses = planted["Windows password"]),
            async () => addFault(bench.controller, { failSave: `cannot write ${planted["access key"]}` }),
            async () => addFault(bench.controller, { path: "scriptText", status: 500, body: JSON.stringify(request) }),
            async () => addFault(bench.controller, { path: "plugin", status: 401, body: JSON.stringify(request) }),
        ];
        for (const arrange of runs) {
            await arrange();
            const { output, errors } = await command("apply", request);
            safe(output);
            safe(errors);
            delete template.maxTotalUses;
            await clearFaults(bench.controller);
            await bench.run("clear.groovy");
        }
    });
});

/** Runs the program as the command resource does. */
async function command(operation: string, request: PushRequest) {
    const project = join(__dirname, "..", "..");
    const child = spawn("node", ["-e", "require('jenkins-ec2-agents/push')", operation], { cwd: project });
    child.stdin.end(JSON.stringify(request));
    const [output, errors, code] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        new Promise<number | null>((resolve) => child.once("close", resolve)),
    ]);
    return { output, errors, code };
}

describe("the command", () => {
    let bench: Bench;
    beforeAll(async () => {
        bench = await startBench({ plugin: newest, contextPath: "/team-a" });
    });
    afterAll(() => bench?.stop());

    it("prints one line of JSON that is the same each time, and progress elsewhere", async () => {
        const first = await command("apply", bench.request());
        const second = await command("apply", bench.request());
        expect([first.code, second.code]).toEqual([0, 0]);
        expect(first.output).toBe(second.output);
        expect(first.output.trimEnd().split("\n")).toHaveLength(1);
        expect(JSON.parse(first.output)).toMatchObject({ controller: "team-a", cloud: "agents", plugin: newest });
        expect(first.errors).toContain("cloud agents: put in place");
    });

    it("ends with 1 and one message on an error", async () => {
        const request = bench.request();
        request.controller = { ...request.controller, token: "wrong-token-value" };
        const { output, errors, code } = await command("apply", request);
        expect([output, code]).toEqual(["", 1]);
        // Jenkins answers so while it starts, too: the push waits some seconds before it believes the answer.
        expect(errors).toMatch(/^waiting for .*\ncontroller team-a: .*\n {2}see docs\/messages\.md#token-refused\n$/);
    });
});

describe("a controller without a usable plugin", () => {
    it("gets the pinned version if the settings allow, with a restart that is waited for", async () => {
        const bench = await startBench({ plugin: oldest });
        try {
            const request = bench.request();
            request.plugin = { version: newest, minimum: "1688", install: true, restart: true };
            expect((await apply(request, () => undefined)).plugin).toBe(newest);
        } finally {
            await bench.stop();
        }
    });

    it("is told to have one otherwise, and is not changed", async () => {
        const bench = await startBench();
        try {
            const request = bench.request();
            const message = await messageOf(apply(request, () => undefined));
            expect(message).toContain("the ec2 plugin is not installed");
            expect(message).toContain(`jenkins-plugin-cli --plugins ec2:${request.plugin.version}`);
        } finally {
            await bench.stop();
        }
    });
});
