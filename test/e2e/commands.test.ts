import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
    DescribeImagesCommand,
    DescribeInstancesCommand,
    DescribeSecurityGroupsCommand,
    RevokeSecurityGroupIngressCommand,
    RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CheckReport } from "../../cli/reports/checkReport";
import type { PlanReport } from "../../cli/reports/planReport";
import type { OrphansReport, StatusReport } from "../../cli/reports/statusReport";
import type { CloudDiffs } from "../../jenkins/preview/planFile";
import type { Step } from "../../cli/checkController";
import { ageInstance, orderError } from "../../playground/aws/control";
import {
    addFault,
    clearFaults,
    controllerState,
    scheduleBuild,
    startController,
    stopController,
} from "../../playground/controller/controller";
import type { PulumiStack } from "../../playground/stack";
import { configureControllers, externalController, openStack, projectFolder } from "../../playground/world";
import { reportOf } from "../unit/cli/reportOf";
import { jenkins } from "./support/command";
import { addForeignCloud, readController } from "../../playground/testing/controller";
import { editCloud } from "./support/edit";
import { secretsOf, withoutAny } from "./support/secrets";
import { startTestWorld, type TestWorld } from "../../playground/testing/test-world";
import { waitFor } from "./support/wait";
import { newest } from "../../playground/controller/generations";

// Starts agents, and makes them fail in ways that only the stand-in can be told.
describe.skipIf(externalController())("npm run jenkins", () => {
    let world: TestWorld;
    let stack: PulumiStack;
    let printed = "";
    const controller = () => world.world.controllers[0]!;
    const standIn = () => world.world.standIns[0]!;
    const key = (path: string) => `jenkins-ec2-agents:${path}`;
    const run = async (...args: string[]) => {
        const answer = await jenkins(args, stack);
        printed += answer.stdout + answer.stderr;
        return answer;
    };
    const onStack = () => ["--", "--stack", "dev", "--config-file", stack.options.configFile];
    const plan = (...flags: string[]) => run("plan", ...flags, ...onStack());
    const smoke = (...args: string[]) => run("smoke", ...args, ...onStack());
    const parsed = (stdout: string) => reportOf("plan", stdout) as PlanReport & CloudDiffs;
    const instanceStates = async () => {
        const { Reservations = [] } = await world.ec2.send(new DescribeInstancesCommand({}));
        return Reservations.flatMap(({ Instances = [] }) => Instances.map(({ State }) => State!.Name!));
    };

    beforeAll(async () => {
        const plugin = newest;
        world = await startTestWorld({ playground: { plugin }, second: { plugin } });
        stack = await openStack(world.world, world.parts.engine, {
            stack: "dev",
            configFile: join(projectFolder, "Pulumi.dev.yaml"),
        });
        await configureControllers(stack, [controller()]);
        await addForeignCloud(controller());
    });
    afterAll(() => world?.stop());

    test("advise reads the stack's settings, and asks no controller", async () => {
        const { code, stdout, stderr } = await run("advise", ...onStack());
        expect(stderr).not.toContain("error");
        expect(stdout).toMatch(/^controllers\.playground\.plugin\.version: 2063\.ve202101143b_6 suits\n/);
        expect(stdout).toContain("silenced upgrade-strands-stopped: clouds.agents.templates.linux.idle.then: ");
        expect(code).toBe(0);
    });

    describe("plan", () => {
        test("before the first up: ends with 2, and shows all as new", async () => {
            const { code, stdout } = await plan();
            expect(stdout).toContain("controller playground, cloud agents (Jenkins ");
            expect(stdout).toContain("+ cloud agents");
            expect(stdout).toContain("+ template linux-spot");
            expect(stdout).toContain("+ credential agents-aws");
            expect(code).toBe(2);
        });

        test("after an up: ends with 0", async () => {
            await stack.up();
            const { code, stdout } = await plan();
            expect(stdout).toContain("nothing differs");
            expect(code).toBe(0);
        });

        test("after an edit in Jenkins: ends with 2; with --json the differences are data", async () => {
            await editCloud(controller(), "agents", { templates: { linux: { labelString: "edited" } } });
            const { code, stdout } = await plan("--json");
            const report = parsed(stdout);
            expect(report).toMatchObject({
                changes: [{ controller: "playground", cloud: "agents", id: "linux", path: ["labelString"] }],
                summary: { pushes: 1, same: 0, different: 1, unanswered: 0 },
                errors: [],
            });
            expect(report["playground-agents"]!.plan).toMatchObject({
                controller: "playground",
                cloud: "agents",
                exists: true,
                foreign: [],
                differences: [
                    {
                        subject: "template",
                        id: "linux",
                        path: ["labelString"],
                        before: "edited",
                        after: "linux docker",
                    },
                ],
            });
            expect(code).toBe(2);
        });

        test("with watch: off it looks all the same", async () => {
            await stack.configure(key("watch"), "off");
            const { code, stdout } = await plan();
            expect(stdout).toContain("~ linux.labels: edited -> linux docker");
            expect(code).toBe(2);
            await stack.configure(key("watch"), "heal");
            await stack.up();
        });

        test("a controller that refuses: ends with 1, and says why, with --json too", async () => {
            await addFault(standIn(), { status: 403, count: 100 });
            const { code, stdout } = await plan();
            expect(stdout).toMatch(/playground-agents: not compared with Jenkins: .*403/);
            expect(code).toBe(1);
            const json = await plan("--json");
            expect(parsed(json.stdout)["playground-agents"]!.problem).toContain("403");
            expect(parsed(json.stdout).errors).toMatchObject([{ message: expect.stringContaining("403") as string }]);
            expect(json.code).toBe(1);
            await clearFaults(standIn());
        });

        test("a mistake in the settings: ends with 1, and names it", async () => {
            await stack.configure(key("clouds.agents.templates.linux.executors"), "0");
            const { code, stdout, stderr } = await plan("--json");
            expect(stderr).toContain("clouds.agents.templates.linux.executors");
            expect(stdout).toBe("");
            expect(code).toBe(1);
            await stack.configure(key("clouds.agents.templates.linux.executors"), "2");
        });

        test("an unknown option or command: ends with 1, and says what there is", async () => {
            for (const args of [["plan", "--jsn"], ["plans"]]) {
                const { code, stderr } = await run(...args);
                expect(stderr).toContain(args.at(-1));
                expect(stderr).toContain("plan [--json]");
                expect(code).toBe(1);
            }
        });
    });

    describe("check", () => {
        const check = async (environment: Record<string, string> = {}) => {
            const { code, stdout, stderr } = await jenkins(["check", "--json", ...onStack()], stack, environment);
            printed += stdout + stderr;
            return { code, report: reportOf("check", stdout) as CheckReport };
        };
        const resultsOf = (steps: Step[]) => steps.map(({ step, result }) => `${step}: ${result}`);
        const sound = [
            "address",
            "login",
            "administrator",
            "plugin",
            "clouds",
            "connection",
            "launches",
            "way to agents",
        ];

        test("every step passes: ends with 0, and says what was found", async () => {
            const { code, stdout } = await run("check", ...onStack());
            expect(stdout).toContain("  ok      engine         stack dev, with 1 cloud on controllers\n");
            expect(stdout).toContain("  ok      AWS            a preview finds all that the settings name\n");
            expect(stdout).toMatch(/ ok {6}state {10}each of the \d+ resources is there as the state has it\n/);
            expect(stdout).toContain(`controller playground\n  ok      address        Jenkins `);
            expect(stdout).toContain("cloud agents: EC2 would start an instance of 2 templates\n");
            expect(stdout).toContain(
                "  ok      connection     cloud agents, Test Connection in eu-central-1: Success\n",
            );
            expect(stdout).toMatch(/ way to agents {2}cloud agents: agents take connections from 10\.20\.0\.0\/24\n/);
            expect(stdout).toContain("warning: controllers.playground.addresses: the controller's name is 127.0.0.1");
            expect(stdout).toMatch(/\nAll 12 steps passed\.\n$/);
            expect(code).toBe(0);
        });

        test("a key that AWS does not know: ends with 2 and what to do; the controllers are checked all the same", async () => {
            const { code, report } = await check({ AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE" });
            expect(resultsOf(report.steps)).toEqual([
                "engine: passed",
                "settings: passed",
                "AWS: failed",
                "state: not tried",
            ]);
            expect(report.steps[2]!.found[0]).toContain("AWS does not know the access key here");
            expect(resultsOf(report.controllers.playground!)).toEqual(sound.map((step) => `${step}: passed`));
            expect(report.errors).toHaveLength(1);
            expect(code).toBe(2);
        });

        test("the rule of the security group deleted by hand: names it and the remedy, which works", async () => {
            const group = { Filters: [{ Name: "group-name", Values: ["*-agents"] }] };
            const { SecurityGroups } = await world.ec2.send(new DescribeSecurityGroupsCommand(group));
            const { GroupId, IpPermissions } = SecurityGroups![0]!;
            await world.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
            const { code, report } = await check();
            expect(resultsOf(report.steps).at(-1)).toBe("state: failed");
            expect(report.steps.at(-1)!.found.join("\n")).toMatch(
                /not in AWS any more: SecurityGroupIngressRule \S+ \(sgr-\w+\)[^]*pulumi refresh takes this into the state/,
            );
            expect(code).toBe(2);
            await stack.run(["refresh", "--yes", "--skip-preview", "--non-interactive", ...onStack().slice(1)]);
            await stack.up();
            expect((await check()).code).toBe(0);
        });

        test("a controller that refuses, a mistake in the settings: ends with 2, and no step after it is tried", async () => {
            await addFault(standIn(), { path: "pluginManager", status: 403, count: 100 });
            const { code, report } = await check();
            expect(resultsOf(report.controllers.playground!).slice(1, 4)).toEqual([
                "login: passed",
                "administrator: failed",
                "plugin: not tried",
            ]);
            expect(resultsOf(report.steps)).toContain("AWS: passed");
            expect(report.errors).toMatchObject([{ path: "controllers.playground" }]);
            expect(code).toBe(2);
            await clearFaults(standIn());

            await stack.configure(key("clouds.agents.templates.linux.executors"), "0");
            const wrong = await check();
            expect(resultsOf(wrong.report.steps)).toEqual([
                "engine: passed",
                "settings: failed",
                "AWS: not tried",
                "state: not tried",
            ]);
            expect(wrong.report.errors[0]!.message).toContain("clouds.agents.templates.linux.executors");
            expect(wrong.code).toBe(2);
            await stack.configure(key("clouds.agents.templates.linux.executors"), "2");
        });
    });

    describe("smoke", () => {
        test("by label: an agent comes online and is removed with its instance", async () => {
            const { code, stdout, stderr } = await smoke("--label", "docker");
            expect(code, stderr).toBe(0);
            const result = JSON.parse(stdout) as { agent: string };
            expect(result).toEqual({
                controller: "playground",
                cloud: "agents",
                template: "linux",
                agent: expect.stringMatching(/^EC2 \(agents\) - linux \(i-[0-9a-f]+\)$/) as unknown,
            });
            expect(stderr).toContain(`agent "${result.agent}" is online`);
            expect(stderr).toContain(`agent "${result.agent}" is removed`);
            expect((await readController(controller())).agents).toEqual([]);
            expect(await instanceStates()).toEqual(["terminated"]);
        });

        test("by template, named with controller and cloud", async () => {
            const args = ["--template", "linux", "--controller", "playground", "--cloud", "agents"];
            const { code, stdout } = await smoke(...args);
            expect(JSON.parse(stdout)).toMatchObject({ template: "linux" });
            expect(code).toBe(0);
        });

        test("not online in time: ends with 1, shows the agent's log, and removes it", async () => {
            const { code, stdout, stderr } = await smoke("--label", "docker", "--seconds", "0");
            expect(stderr).toMatch(/agent "EC2 \(agents\) - linux \(i-[0-9a-f]+\)" did not come online within 0 s/);
            expect(stderr).toMatch(/Launched EC2 \(agents\) - linux/); // a line of the log
            expect(stderr).toMatch(/is removed/);
            expect(stdout).toBe("");
            expect(code).toBe(1);
            expect((await readController(controller())).agents).toEqual([]);
            expect(await instanceStates()).not.toContain("running");
        });

        test("EC2 refuses the launch: ends with 1, and shows what it said", async () => {
            await orderError(world.world.emulator, {
                action: "RunInstances",
                code: "InvalidAMIID.NotFound",
                message: "The image id '[ami-00000000000000000]' does not exist",
                count: 1,
            });
            const { code, stderr } = await smoke("--label", "docker");
            expect(stderr).toContain(
                "controller playground: cloud agents: no agent of template linux was started: Jenkins answered 500",
            );
            expect(stderr).toContain("ami-00000000000000000");
            expect(code).toBe(1);
        });

        test("the cap is reached: ends with 1, and says so; the agent that is there stays", async () => {
            await editCloud(controller(), "agents", { parameters: { instanceCapStr: "1" } });
            await scheduleBuild(standIn(), { label: "docker", seconds: 300 });
            const [agent] = await waitFor("an agent", async () => {
                const { agents } = await controllerState(standIn());
                return agents.length > 0 && agents;
            });
            const { code, stderr } = await smoke("--label", "docker");
            expect(stderr).toContain("cap");
            expect(code).toBe(1);
            expect((await controllerState(standIn())).agents).toMatchObject([{ instanceId: agent!.instanceId }]);
        });

        test("what is not there: ends with 1, and says what is", async () => {
            const unknownLabel = await smoke("--label", "windows");
            expect(unknownLabel.stderr).toContain(
                'No cloud of --controller playground --cloud agents has the label "windows". There are: linux, docker, cheap.',
            );
            expect(unknownLabel.code).toBe(1);
            const unknownController = await smoke("--label", "docker", "--controller", "team-x");
            expect(unknownController.stderr).toContain("--controller playground --cloud agents");
            expect(unknownController.code).toBe(1);
            const neither = await smoke();
            expect(neither.stderr).toContain("--label LABEL");
            expect(neither.code).toBe(1);
        });
    });

    describe("status and orphans", () => {
        const status = (...flags: string[]) => run("status", ...flags, ...onStack());
        const orphans = (...flags: string[]) => run("orphans", ...flags, ...onStack());
        const statusOf = async (exit = 0) => {
            const { code, stdout } = await status("--json");
            expect(code).toBe(exit);
            return reportOf("status", stdout) as StatusReport;
        };
        /** An instance with the stack's tag that no controller has launched. */
        const strayInstance = async (minutes: number) => {
            const { Images } = await world.ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }));
            const { Instances } = await world.ec2.send(
                new RunInstancesCommand({
                    ImageId: Images![0]!.ImageId,
                    InstanceType: "t3.medium",
                    MinCount: 1,
                    MaxCount: 1,
                    TagSpecifications: [
                        {
                            ResourceType: "instance",
                            Tags: [
                                { Key: "jenkins-controller", Value: "jenkins-ec2-agents/dev/playground" },
                                { Key: "jenkins_slave_type", Value: "demand_linux" },
                            ],
                        },
                    ],
                }),
            );
            const id = Instances![0]!.InstanceId!;
            await ageInstance(world.world.emulator, id, minutes);
            return id;
        };
        const stateOf = async (id: string) => {
            const { Reservations } = await world.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
            return Reservations![0]!.Instances![0]!.State!.Name;
        };
        let agent: { name: string; instanceId: string };
        let old: string;
        let young: string;

        beforeAll(async () => {
            await configureControllers(stack, [world.world.controllers[1]!]);
            await stack.configure(key("clouds.agents.controllers[1]"), "second");
            await stack.up(); // heals as well
            await scheduleBuild(standIn(), { label: "docker", seconds: 3600 });
            await scheduleBuild(standIn(), { label: "nowhere", seconds: 1 });
            const running = await waitFor("a busy agent", async () => {
                const { agents } = await controllerState(standIn());
                return agents.some(({ busy }) => busy > 0) && agents;
            });
            agent = running[0]! as typeof agent;
            old = await strayInstance(90);
            young = await strayInstance(2);
        });

        test("status --json: the whole fleet, and instances that no controller knows", async () => {
            const report = await statusOf();
            expect(report.summary).toMatchObject({ controllers: 2, unanswered: 0, busy: 1, waiting: 1, orphans: 2 });
            const [playground] = report.controllers;
            expect(playground).toMatchObject({ id: "playground", url: controller().url, plugin: newest });
            const [cloud] = playground!.clouds;
            expect(cloud).toMatchObject({ name: "agents", region: "eu-central-1", differences: 0 });
            expect(Date.now() - Date.parse(cloud!.pushed!)).toBeLessThan(3_600_000);
            expect(cloud!.templates).toMatchObject([
                { description: "linux", instanceType: "t3.medium", cap: 4, perHour: 0.0416, isThere: true },
                { description: "linux-spot", spot: true },
            ]);
            expect(cloud!.agents).toMatchObject([
                {
                    name: agent.name,
                    page: `${controller().url}computer/${encodeURIComponent(agent.name)}/`,
                    template: "linux",
                    state: "busy",
                    instanceId: agent.instanceId,
                    instanceType: "t3.medium",
                    perHour: 0.0416,
                    console: `https://eu-central-1.console.aws.amazon.com/ec2/home?region=eu-central-1#InstanceDetails:instanceId=${agent.instanceId}`,
                },
            ]);
            expect(playground!.waiting).toMatchObject([{ label: "nowhere" }]);
            expect(report.orphans.map(({ instanceId }) => instanceId).sort()).toEqual([old, young].sort());
        });

        test("status after an edit in Jenkins: says what differs from the last push", async () => {
            await editCloud(controller(), "agents", { templates: { linux: { labelString: "edited" } } });
            expect((await statusOf()).changes).toMatchObject([
                { controller: "playground", cloud: "agents", id: "linux", path: ["labelString"], before: "edited" },
            ]);
            const { stdout } = await status();
            expect(stdout).toContain("cloud agents (eu-central-1): last push ");
            expect(stdout).toContain("1 difference from the last push");
            expect(stdout).toContain("1 busy of 4");
        });

        test("orphans: lists them, ends nothing, and ends nothing without a terminal or --yes", async () => {
            const { code, stdout } = await orphans();
            expect(stdout).toContain("2 instances that no controller knows, 0.0832 USD/h");
            expect(stdout).toMatch(new RegExp(`${old} .*1 h 30 min.*may be ended`));
            expect(stdout).toMatch(new RegExp(`${young} .*left alone: it may be an agent that is being launched`));
            expect(code).toBe(2);
            const unasked = await orphans("--end");
            expect(unasked.stderr).toContain("say --yes");
            expect(unasked.code).toBe(1);
            expect(await stateOf(old)).toBe("running");
        });

        test("one controller is down: status says so and shows the other; orphans ends nothing", async () => {
            await stopController(world.world.standIns[1]!);
            const report = await statusOf(2);
            expect(report.summary).toMatchObject({ controllers: 2, unanswered: 1, busy: 1, orphans: 2 });
            expect(report.controllers[1]).toMatchObject({ id: "second", clouds: [{ name: "agents", agents: [] }] });
            expect(report.controllers[1]!.problem).toContain("connection refused");
            const page = join(world.world.directory, "status.html");
            const shown = await status("--html", page);
            expect(shown.stdout).toMatch(/controller second .* NOT REACHABLE: .*connection refused/);
            expect(shown.code).toBe(2);
            expect(readFileSync(page, "utf8")).toMatch(/not reachable[^]*connection refused/);
            expect(readFileSync(page, "utf8")).toContain(agent.instanceId);
            const { code, stdout } = await orphans("--end", "--yes");
            expect(stdout).toContain("left alone: not every controller could be asked: second");
            expect(code).toBe(1);
            expect(await stateOf(old)).toBe("running");
        });

        test("orphans --end --yes: ends the old one; the young one and the agent stay", async () => {
            world.world.standIns[1] = await startController({
                name: "second",
                home: world.world.standIns[1]!.home,
                plugin: newest,
                awsEndpoint: world.world.emulator.endpoint,
            });
            const { code, stdout } = await orphans("--end", "--yes", "--json");
            expect(code).toBe(2);
            const report = reportOf("orphans", stdout) as OrphansReport;
            expect(report.changes).toEqual([{ instanceId: old, region: "eu-central-1", change: "ended" }]);
            expect(report.summary).toMatchObject({ orphans: 2, ended: 1, kept: 1 });
            expect(await stateOf(old)).toMatch(/shutting-down|terminated/);
            expect(await stateOf(young)).toBe("running");
            expect(await stateOf(agent.instanceId)).toBe("running");
        });
    });

    test("no secret is in anything that was printed", async () => {
        withoutAny(await secretsOf(stack, world.world), "the output of a command", printed);
    });
});
