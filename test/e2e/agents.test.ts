import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DescribeInstancesCommand } from "@aws-sdk/client-ec2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { leftInAws } from "../acceptance/left";
import { end, live } from "../acceptance/life";
import { controllerState, scheduleBuild, type ControllerBuild } from "../../playground/controller/controller";
import type { PulumiStack } from "../../playground/stack";
import { configureControllers, externalController, openStack, projectFolder } from "../../playground/world";
import { awsSide } from "./support/aws-side";
import { readController, runScript } from "../../playground/testing/controller";
import { startTestWorld, type TestWorld } from "../../playground/testing/test-world";
import { waitFor } from "./support/wait";
import { newest } from "../../playground/controller/generations";

// Builds and agents of the stand-in: an agent of a real controller would be an instance that is paid for.
describe.skipIf(externalController())("a build runs on an agent while its cloud changes and goes", () => {
    let world: TestWorld;
    let stack: PulumiStack;
    let running: Awaited<ReturnType<typeof buildOn>>;
    const controller = () => world.world.controllers[0]!;
    const standIn = () => world.world.standIns[0]!;
    const key = (path: string) => `jenkins-ec2-agents:${path}`;
    const remove = (path: string) => {
        const { configFile, stack: name } = stack.options;
        return stack.run(["config", "rm", "--path", key(path), "--config-file", configFile, "--stack", name]);
    };
    const state = () => controllerState(standIn());
    const build = async (id: number) => (await state()).builds.find((one) => one.id === id)!;
    const clouds = async () => (await readController(controller())).clouds.map(({ name }) => name);
    /** All that makes an agent the same one, its build included. */
    const identity = async () => {
        const { agents, builds } = await state();
        return { agents, builds: builds.filter(({ state: now }) => now === "RUNNING") };
    };
    const instance = async (id: string) => {
        const { Reservations } = await world.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
        return Reservations![0]!.Instances![0]!.State!.Name;
    };
    const buildOn = async (label: string) => {
        const queued = await scheduleBuild(standIn(), { label, seconds: 3600 });
        const { agent } = await waitFor("the build to run", async () => {
            const now = await build(queued.id);
            return now.state === "RUNNING" && now;
        });
        const { instanceId } = (await state()).agents.find(({ name }) => name === agent)!;
        return { build: queued.id, agent: agent!, instanceId: instanceId! };
    };

    beforeAll(async () => {
        world = await startTestWorld({ playground: { plugin: newest } });
        stack = await openStack(world.world, world.parts.engine, {
            stack: "agents",
            configFile: join(__dirname, "stacks", "agents.yaml"),
        });
        await configureControllers(stack, world.world.controllers);
        await stack.up();
        running = await buildOn("linux");
        expect((await identity()).agents).toMatchObject([
            { cloud: "agents", template: "linux", online: true, busy: 1 },
        ]);
    });
    afterAll(() => world?.stop());

    test("a push comes after the rights, the key pair in EC2 and the rules of its own group; other clouds' do not matter", async () => {
        const { deployment } = JSON.parse(await stack.exportState()) as {
            deployment: { resources: { urn: string; dependencies?: string[] }[] };
        };
        const { dependencies = [] } = deployment.resources.find(({ urn }) =>
            urn.endsWith("Command::playground-agents"),
        )!;
        const needed = dependencies.map((urn) =>
            urn
                .split("$")
                .at(-1)!
                .replace(/^.*\/\w+:/, ""),
        );
        expect(needed).toEqual(
            expect.arrayContaining([
                "GroupPolicyAttachment::agents",
                "UserGroupMembership::agents-playground",
                "KeyPair::agents-eu-central-1",
                "SecurityGroupIngressRule::agents-in-22-10.20.0.0/24",
                "SecurityGroupEgressRule::agents-out-0.0.0.0/0",
            ]),
        );
        expect(needed.filter((name) => name.includes("spare"))).toEqual([]);
    });

    test("the init script of its template changes: agent, instance and build are the same", async () => {
        const before = await identity();
        await stack.configure(key("clouds.agents.templates.linux.initScript.inline"), "echo second");
        await stack.up();
        const cloud = (await readController(controller())).clouds.find(({ name }) => name === "agents")!;
        expect(cloud.parameters.templates[0]!.initScript).toBe("echo second");
        expect(await identity()).toEqual(before);
        expect(await instance(running.instanceId)).toBe("running");
    });

    test("its template goes: up and preview name the agent, which keeps its build; no new one like it starts", async () => {
        const before = await identity();
        const complete = readFileSync(stack.options.configFile, "utf8");
        await remove("clouds.agents.templates.linux");
        const note = `agent "${running.agent}" keeps running until it is idle for its time`;
        expect((await stack.preview()).stdout).toContain(note);
        expect((await stack.up()).stdout).toContain(note);
        expect(await identity()).toEqual(before);
        const another = await scheduleBuild(standIn(), { label: "linux", seconds: 1 });
        // A build that was asked for later and has its agent shows that this one had its chance.
        const witness = await scheduleBuild(standIn(), { label: "other", seconds: 1 });
        await waitFor("a build of another template", async () => (await build(witness.id)).state === "DONE");
        expect((await build(another.id)).state).toBe("WAITING");
        writeFileSync(stack.options.configFile, complete);
        await stack.up();
        await waitFor("the waiting build to end", async () => (await build(another.id)).state === "DONE");
        const { agents } = await state();
        expect(agents.find(({ name }) => name === running.agent)?.instanceId).toBe(running.instanceId);
        expect((await build(running.build)).agent).toBe(running.agent);
    });

    describe("its cloud gets another id, and keeps its name in Jenkins", () => {
        const rename = (from: string, to: string) => {
            const { configFile } = stack.options;
            const document = parseDocument(readFileSync(configFile, "utf8"));
            const path = ["config", key("clouds")];
            document.setIn([...path, to], document.getIn([...path, from]));
            document.setIn([...path, to, "name"], from);
            document.deleteIn([...path, from]);
            writeFileSync(configFile, String(document));
        };

        test("with an agent in its security group, which would go: preview and up refuse, and nothing changes", async () => {
            const complete = readFileSync(stack.options.configFile, "utf8");
            const [before, aws] = [await identity(), await awsSide(world)];
            rename("agents", "renamed");
            for (const run of [stack.preview({ accept: "any" }), stack.up({ accept: "any" })]) {
                const { code, stdout, stderr } = await run;
                expect(code).not.toBe(0);
                expect(stdout + stderr).toMatch(/deletes the security group sg-\w+, and agents are in it/);
                expect(stdout + stderr).toContain(running.agent);
            }
            expect(await identity()).toEqual(before);
            writeFileSync(stack.options.configFile, complete);
            await stack.up();
            expect(await identity()).toEqual(before);
            expect(await awsSide(world)).toEqual(aws);
        });

        test("of the controller's address only: it is the same resource, now and later", async () => {
            const complete = readFileSync(stack.options.configFile, "utf8");
            const before = await identity();
            const moved = controller().url.replace("127.0.0.1", "localhost");
            await stack.configure(key("controllers.playground.url"), moved);
            const { stdout } = await stack.up();
            expect(stdout).not.toMatch(/Command playground-\S+ (created|deleted|replaced)/);
            expect((await stack.up()).stdout).toMatch(/Resources:\n\s+\d+ unchanged\n/);
            writeFileSync(stack.options.configFile, complete);
            await stack.up();
            expect(await identity()).toEqual(before);
        });

        test("of nothing, by --replace of its command: preview and up refuse, and nothing is removed", async () => {
            const before = await identity();
            const { deployment } = JSON.parse(await stack.exportState()) as {
                deployment: { resources: { urn: string }[] };
            };
            const { urn } = deployment.resources.find((one) => one.urn.endsWith("Command::playground-spare"))!;
            for (const run of [stack.preview, stack.up]) {
                const { code, stdout, stderr } = await run({ flags: ["--replace", urn], accept: "any" });
                expect(code).not.toBe(0);
                expect(stdout + stderr).toContain("cloud playground-spare is not replaced");
            }
            expect(await clouds()).toEqual(expect.arrayContaining(["agents", "spare"]));
            expect(await identity()).toEqual(before);
            expect((await stack.up()).stdout).toMatch(/Resources:\n\s+\d+ unchanged\n/);
            // One that the state has lost is made again.
            await stack.run(["state", "delete", urn, "--yes", "--stack", "agents"]);
            expect((await stack.up()).stdout).toContain("Command playground-spare created");
        });

        test("without one: it is the same resource and the same cloud", async () => {
            const complete = readFileSync(stack.options.configFile, "utf8");
            rename("spare", "renamed");
            const { stdout } = await stack.up();
            expect(stdout).toContain("command:local:Command playground-renamed updated");
            expect(stdout).not.toMatch(/Command playground-\S+ (created|deleted)/);
            expect(await clouds()).toEqual(expect.arrayContaining(["agents", "spare"]));
            writeFileSync(stack.options.configFile, complete);
            await stack.up();
        });
    });

    describe("its cloud goes", () => {
        let complete: string;
        beforeAll(() => {
            complete = readFileSync(stack.options.configFile, "utf8");
        });
        const putBack = () => writeFileSync(stack.options.configFile, complete);

        test("by default: refused; agent, build, cloud and its AWS side stay", async () => {
            const before = await identity();
            const aws = await awsSide(world);
            await remove("clouds.agents");
            const up = await stack.up({ accept: "any" });
            expect(up.code).not.toBe(0);
            const output = up.stdout + up.stderr;
            expect(output).toContain(`agent "${running.agent}" is busy`);
            expect(output).toContain('cloud "agents" was not removed: wait, or set busyAgents: drain');
            expect(await identity()).toEqual(before);
            expect(await clouds()).toEqual(expect.arrayContaining(["agents", "spare"]));
            expect(await instance(running.instanceId)).toBe("running");
            expect(await awsSide(world)).toEqual(aws);
        });

        test("by default the whole stack's too: destroy is refused, and all of AWS stays", async () => {
            putBack();
            const aws = await awsSide(world);
            const destroy = await stack.destroy({ accept: "any" });
            expect(destroy.code).not.toBe(0);
            expect(destroy.stdout + destroy.stderr).toContain(`agent "${running.agent}" is busy`);
            expect(await awsSide(world)).toEqual(aws);
            expect(await instance(running.instanceId)).toBe("running");
        });

        test("the settings put back: the next up finds everything in place", async () => {
            const before = await identity();
            putBack();
            await stack.up();
            const { stdout } = await stack.up();
            expect(stdout).toMatch(/Resources:\n\s+\d+ unchanged\n/);
            expect(await identity()).toEqual(before);
        });

        test("busyAgents: drain, known since the last up: waits for the build, takes no other, then ends the agent", async () => {
            const before = await identity();
            await stack.configure(key("clouds.agents.busyAgents"), "drain");
            await stack.up();
            expect(await identity()).toEqual(before);
            complete = readFileSync(stack.options.configFile, "utf8");
            const aws = await awsSide(world);
            await remove("clouds.agents");
            let output = "";
            const up = stack.up({ echo: (text) => (output += text) });
            await waitFor("up to wait", async () => output.includes(`waiting for the builds on ${running.agent}`));
            const late = await scheduleBuild(standIn(), { label: "linux", seconds: 1 });
            expect(await identity()).toMatchObject({ builds: [{ id: running.build, agent: running.agent }] });
            expect(await awsSide(world)).toEqual(aws);
            await endBuild(running.build);
            await up;
            expect((await build(running.build)).state).toBe("DONE");
            expect((await build(late.id)).state).toBe("WAITING");
            expect(await instance(running.instanceId)).toMatch(/shutting-down|terminated/);
            expect(await clouds()).toEqual(["spare"]);
            expect((await state()).agents).toEqual([]);
        });

        test("busyAgents: force: says which build it cuts, and ends the instance", async () => {
            putBack();
            await stack.configure(key("clouds.agents.busyAgents"), "force");
            await stack.up();
            running = await buildOn("other");
            const { stdout } = await stack.destroy();
            expect(stdout).toContain(`agent "${running.agent}" is ended with its build running (busyAgents: force)`);
            expect(before(stdout, "command:local:Command playground-agents deleted").join()).not.toContain("aws:");
            expect((await build(running.build)).state).toBe("FAILURE" satisfies ControllerBuild["state"]);
            expect(await instance(running.instanceId)).toMatch(/shutting-down|terminated/);
            expect(await clouds()).toEqual([]);
            expect((await state()).agents).toEqual([]);
        });
    });

    test("acceptance/: the life that its workflow tries on a real account ends with nothing left", async () => {
        const acceptance = await openStack(world.world, world.parts.engine, {
            stack: "acceptance",
            configFile: join(projectFolder, "test", "acceptance", "Pulumi.acceptance.yaml"),
        });
        await configureControllers(acceptance, [{ ...controller(), id: "acceptance" }]);
        // The emulator takes the conditions of `scoped` for a refusal.
        await acceptance.configure(key("access.policy"), "broad");
        // The plugin counts the agents of all clouds of a controller towards the cap.
        await acceptance.configure(key("clouds.acceptance.cap"), "10");
        const onAgent = async (label: string) => {
            const { id } = await scheduleBuild(standIn(), { label, seconds: 1 });
            await waitFor("the build", async () => (await build(id)).state === "DONE");
        };
        const place = { stack: acceptance, build: onAgent, left: () => leftInAws(world) };
        const said: string[] = [];
        await live(place, (line) => said.push(line));
        expect(said.at(-1)).toBe("nothing is left");

        // As after a run that was broken off: what is there is named, and ends.
        await acceptance.up();
        expect((await place.left()).map((each) => each.replace(/ \S+$/, "")).sort()).toEqual([
            "group",
            "key pair",
            "policy",
            "security group",
            "user",
        ]);
        expect(await end(place, () => undefined)).toEqual([]);
    });

    /** The lines of Pulumi's progress above one of them, as `type name what`. */
    function before(output: string, line: string): string[] {
        const lines = output.split("\n").map((each) => /[\w-]+:[\w/-]+:\w+ \S+ \w+/.exec(each)?.[0] ?? "");
        const end = lines.indexOf(line);
        expect(end, line).toBeGreaterThan(0);
        return lines.slice(0, end).filter((each) => /(creat|delet)(ed|ing)$/.test(each));
    }

    /** The build comes to its end now. */
    async function endBuild(id: number): Promise<void> {
        const script = `jenkins.model.Jenkins.get().queue.builds().find { it.id == ${id} }.@endsAtMillis = 1; null`;
        expect((await runScript(controller(), script)).trim()).toBe("");
    }
});
