import { rmSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { tryLaunches } from "../../cli/tryLaunches";
import { askAll } from "../../cli/status/ask";
import { endInstances } from "../../cli/status/instances";
import { statusOf } from "../../cli/status/compile";
import { apply } from "../../jenkins/push/apply";
import { fleet } from "../../cli/status/fleet";
import { readControllerState } from "../../jenkins/preview/controllerState";
import { remove } from "../../jenkins/push/remove";
import { PushRequest } from "../../jenkins/push/request";
import { smoke } from "../../jenkins/push/smoke";
import { ageInstance } from "../../playground/aws/control";
import { controllerState, scheduleBuild } from "../../playground/controller/controller";
import { startAws, TestAws } from "./aws";
import { generations, newest } from "../../playground/controller/generations";
import { FakeClock } from "../push/fixtures";
import { type Bench, benchOfEachGeneration, messageOf, testFolder } from "./bench";

let folder: string;
let aws: TestAws;

beforeAll(async () => {
    folder = testFolder();
    aws = await startAws(folder);
});
afterAll(async () => {
    await aws?.stop();
    rmSync(folder, { recursive: true, force: true });
});
const benchOf = benchOfEachGeneration(() => ({ awsEndpoint: aws.emulator.endpoint }));

describe.each(generations)("agents of ec2 %s", (generation) => {
    let bench: Bench;
    let request: PushRequest;
    let said: string[];
    const report = (line: string) => void said.push(line);

    beforeAll(() => {
        bench = benchOf(generation);
    });
    beforeEach(() => {
        said = [];
        request = aws.complete(bench.request());
    });
    afterEach(async () => {
        // A build that still waits would have an agent launched at any time.
        await bench.script("Jenkins.get().queue.builds().removeIf { it.state.name() == 'WAITING' }; null");
        const everything = aws.complete(bench.request());
        everything.policy.busyAgents = "force";
        await remove(everything, () => undefined);
    });

    async function agents() {
        return (await controllerState(bench.controller)).agents;
    }

    /** Waits until the stand-in says so; the test's own time limit ends it. */
    async function until(condition: () => Promise<boolean>): Promise<void> {
        while (!(await condition())) {
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    }

    /** An agent of the label that builds for so many seconds. */
    async function busyAgent(label: string, seconds: number): Promise<string> {
        await scheduleBuild(bench.controller, { label, seconds });
        await until(async () => (await agents()).some((each) => each.busy > 0));
        return (await agents())[0].name;
    }

    it("pass Test Connection with their key, and a wrong key changes nothing", async () => {
        expect((await apply(request, report)).connection).toContain("Success");
        const before = await bench.observe();
        const [first, second] = request.cloud.credentials;
        request.cloud.credentials = [
            { ...first, kind: "aws", accessKey: "AKIAWRONG", secretKey: "wrong-secret" },
            second,
        ];
        request.cloud.templates[0].parameters.labelString = "changed";
        const message = await messageOf(apply(request, report));
        expect(message).toMatch(
            /cloud agents: Test Connection failed: AWS was not able to validate the provided access credentials/,
        );
        expect(await bench.observe()).toEqual(before);
    });

    it("are what the fleet is, with its clouds and the builds that wait; asking changes nothing", async () => {
        request.cloud.templates[1]!.parameters.stopOnTerminate = "true";
        await apply(request, report);
        const name = await busyAgent("docker", 3600);
        const waiting = await scheduleBuild(bench.controller, { label: "nowhere", seconds: 1 });
        const before = await controllerState(bench.controller);
        expect(await fleet(request.controller, report)).toEqual({
            installed: { jenkins: bench.jenkins, ec2: generation, inactive: false },
            hasUrl: true,
            clouds: [
                {
                    name: "agents",
                    templates: [
                        { description: "linux", labels: "linux docker", stops: false },
                        { description: "linux-spot", labels: "linux cheap", stops: true },
                    ],
                },
            ],
            agents: [
                {
                    name,
                    cloud: "agents",
                    template: "linux",
                    instanceId: before.agents[0]!.instanceId,
                    spotRequestId: "",
                    state: "busy",
                    executors: expect.any(Number),
                    busy: 1,
                    reason: "",
                },
            ],
            waiting: [
                {
                    name: `build ${waiting.id}`,
                    url: `job/build-${waiting.id}/`,
                    label: "nowhere",
                    seconds: expect.any(Number),
                },
            ],
            waitingInAll: 1,
            switchedOff: [],
            stranded: 0,
        });
        const after = await controllerState(bench.controller);
        expect([after.saves, after.credentialsSaves]).toEqual([before.saves, before.credentialsSaves]);
    });

    it.runIf(generation === newest)(
        "and the instances beside them: what the stack's tag finds and no agent has is an orphan, and can be ended",
        async () => {
            const owner = "jenkins-ec2-agents/test";
            for (const { parameters } of request.cloud.templates) {
                parameters.tags = [{ name: "jenkins-controller", value: `${owner}/team-a` }];
            }
            await apply(request, report);
            const name = await busyAgent("docker", 3600);
            const [known] = await agents();
            const { accessKeyId, secretAccessKey } = aws.emulator.administrator;
            const configuration = { "aws:accessKey": accessKeyId, "aws:secretKey": secretAccessKey };
            const stack = { pushes: [{ request }], configuration, problems: [] };
            vi.stubEnv("AWS_ENDPOINT_URL", aws.emulator.endpoint);
            try {
                const there = statusOf(await askAll(stack));
                expect(there.summary).toMatchObject({ busy: 1, orphans: 0, instances: 1, differences: 0 });
                expect(there.controllers[0]!.clouds[0]!.agents).toMatchObject([
                    { name, instanceId: known!.instanceId, instanceState: "running", instanceType: "t3.micro" },
                ]);

                // Jenkins forgets the agent, and its instance runs on.
                await bench.script(`def jenkins = Jenkins.get(); jenkins.removeNode(jenkins.getNode('${name}')); null`);
                const [young] = statusOf(await askAll(stack)).orphans;
                expect(young).toMatchObject({ instanceId: known!.instanceId, controller: "team-a", template: "linux" });
                expect(young!.kept).toContain("being launched");
                await ageInstance(aws.emulator, known!.instanceId!, 20);
                const [old] = statusOf(await askAll(stack)).orphans;
                expect(old!.kept).toBeUndefined();
                await endInstances("eu-central-1", [old!.instanceId], configuration);
                expect(statusOf(await askAll(stack)).summary.orphans).toBe(0);

                await expect(endInstances("eu-central-1", ["i-00000000000000000"], configuration)).rejects.toThrow(
                    "InvalidInstanceID",
                );
                const assuming = { ...stack, configuration: { "aws:assumeRoles": "[]" } };
                expect(statusOf(await askAll(assuming)).errors).toMatchObject([
                    { message: expect.stringContaining("aws:assumeRoles is not followed here") },
                ]);
                const away = { ...request.controller, url: "http://127.0.0.1:1/" };
                const down = await askAll({ ...stack, pushes: [{ request: { ...request, controller: away } }] });
                expect(statusOf(down).controllers[0]!.problem).toContain("cannot be reached");
            } finally {
                vi.unstubAllEnvs();
            }
        },
    );

    it("keep running with their build, cloud and template while the template changes", async () => {
        await apply(request, report);
        const name = await busyAgent("docker", 60);
        const [before] = await agents();
        request.cloud.templates[0].parameters.initScript = "#!/bin/sh\necho changed";
        request.cloud.parameters.instanceCapStr = "7";
        await apply(request, report);
        expect(await agents()).toEqual([before]);
        const script = `println jenkins.model.Jenkins.get().getComputer('${name}').node.with { [cloud != null, template?.initScript ?: cloud.templates[0].initScript] }; null`;
        expect(await bench.script(script)).toContain("[true, #!/bin/sh\necho changed]");
    });

    it("keep running when their template goes, and the push says so", async () => {
        await apply(request, report);
        const name = await busyAgent("docker", 60);
        request.cloud.templates.shift();
        await apply(request, report);
        expect((await agents()).map((each) => [each.name, each.busy])).toEqual([[name, 1]]);
        expect(said.join("\n")).toContain(
            `agent "${name}" keeps running until it is idle for its time, but its template "linux" is gone`,
        );
    });

    it("are not started by a dry run, which EC2 answers for each template", async () => {
        await apply(request, report);
        const before = await controllerState(bench.controller);
        const count = request.cloud.templates.length;
        expect(await tryLaunches(request, report)).toBe(
            `cloud agents: EC2 would start an instance of ${count} templates`,
        );
        expect((await controllerState(bench.controller)).agents).toEqual(before.agents);
        expect(await aws.instances("pending", "running")).toEqual([]);
    });

    it("stay where the stack's security group is replaced: the preflight has them, and the push changes nothing", async () => {
        const previous = await apply(request, report);
        const name = await busyAgent("docker", 60);
        const before = await bench.observe();
        const { clouds } = await readControllerState(request, [request], { report: report });
        expect(clouds.find((each) => each.name === "agents")).toMatchObject({
            securityGroups: [request.cloud.templates[0]!.parameters.securityGroups],
            agents: [{ name, template: "linux", busy: true }],
        });
        request.cloud.securityGroup = "sg-0fedcba9876543210";
        expect(await messageOf(apply(request, report, { previous }))).toContain(
            `agent "${name}" is in the security group sg-0123456789abcdef0, which this change replaces`,
        );
        expect(await bench.observe()).toEqual(before);
        const everything = { ...request, policy: { ...request.policy, busyAgents: "force" as const } };
        await remove(everything, report);
        await apply(request, report, { previous });
    });

    it("that are idle end with the cloud, and so do their instances", async () => {
        await apply(request, report);
        await busyAgent("docker", 0.1);
        await until(async () => (await agents()).every((each) => each.busy === 0));
        await remove(request, report);
        expect(await agents()).toEqual([]);
        expect(await aws.instances("pending", "running", "stopped")).toEqual([]);
        expect((await bench.observe()).clouds).toEqual([]);
    });

    it("whose instance runs on without them keep the cloud, until it has ended", async () => {
        request.cloud.templates[0]!.parameters.tags = [
            { name: "jenkins-controller", value: "jenkins-ec2-agents/test/team-a" },
        ];
        await apply(request, report);
        const name = await busyAgent("docker", 3600);
        const before = await bench.observe();
        await bench.script(`def jenkins = Jenkins.get(); jenkins.removeNode(jenkins.getNode('${name}')); null`);
        const [instance] = await aws.instances("pending", "running");
        expect(await messageOf(remove(request, report, new FakeClock()))).toContain(
            `run on in EC2, and no agent has them: ${instance}`,
        );
        expect(await bench.observe()).toEqual(before);
        vi.stubEnv("AWS_ENDPOINT_URL", aws.emulator.endpoint);
        const { accessKeyId, secretAccessKey } = aws.emulator.administrator;
        const administrator = { "aws:accessKey": accessKeyId, "aws:secretKey": secretAccessKey };
        await endInstances("eu-central-1", [instance!], administrator);
        vi.unstubAllEnvs();
        await remove(request, report);
        expect((await bench.observe()).clouds).toEqual([]);
    });

    it("whose cloud has lost its rights are left alone, also where Test Connection is off", async () => {
        await apply(request, report);
        await busyAgent("docker", 0.1);
        await until(async () => (await agents()).every((each) => each.busy === 0));
        const [key] = request.cloud.credentials;
        const secretOf = (secret: string) =>
            bench.script(
                `import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl; import com.cloudbees.plugins.credentials.CredentialsScope; import com.cloudbees.plugins.credentials.domains.Domain; def store = com.cloudbees.plugins.credentials.SystemCredentialsProvider.getInstance(); def old = store.credentials.find { it.id == '${key!.id}' }; store.store.updateCredentials(Domain.global(), old, new AWSCredentialsImpl(old.scope, old.id, old.accessKey, '${secret}', old.description)); null`,
            );
        const before = await agents();
        await secretOf("wrong");
        request.policy.testConnection = false;
        const message = await messageOf(remove(request, report));
        expect(message).toContain(`the plugin cannot end the instances of cloud agents (${before[0]!.instanceId})`);
        expect(message).toContain("AWS does not accept the access key");
        expect(await agents()).toEqual(before);
        await secretOf(aws.emulator.administrator.secretAccessKey);
    });

    it("that are busy are a reason to refuse the removal, by default", async () => {
        await apply(request, report);
        const name = await busyAgent("docker", 60);
        const before = await bench.observe();
        const message = await messageOf(remove(request, report));
        expect(message).toContain(`agent "${name}" is busy`);
        expect(message).toContain('cloud "agents" was not removed: wait, or set busyAgents: drain');
        expect(await bench.observe()).toEqual(before);
        expect((await agents())[0].busy).toBe(1);
    });

    describe("that take a build in the instant before they stop accepting any", () => {
        /** A building agent that says it is idle for as long as it accepts builds. */
        async function racingAgent(): Promise<string> {
            request.cloud.templates.forEach((each) => (each.parameters.maxTotalUses = "-1"));
            await apply(request, report);
            const name = await busyAgent("docker", 60);
            await bench.script(
                `def agent = jenkins.model.Jenkins.get().getComputer('${name}'); agent.metaClass.countBusy = { -> agent.acceptingTasks ? 0 : 1 }; null`,
            );
            return name;
        }

        it("are a reason to refuse the removal too, and cloud and agents are as before", async () => {
            const name = await racingAgent();
            const { clouds } = await bench.observe();
            expect(await messageOf(remove(request, report))).toContain(`agent "${name}" is busy`);
            expect((await bench.observe()).clouds).toEqual(clouds);
            expect((await agents()).map((each) => each.name)).toEqual([name]);
            expect(await accepting()).toEqual({ [name]: true });
        });

        it("are waited for by drain", async () => {
            const name = await racingAgent();
            request.policy.busyAgents = "drain";
            request.policy.drainMinutes = 0.01;
            expect(await messageOf(remove(request, report))).toContain(`agent "${name}" is busy`);
            expect(await accepting()).toEqual({ [name]: true });
        });

        it("do not accept builds after a refusal if they did not before", async () => {
            const name = await racingAgent();
            await scheduleBuild(bench.controller, { label: "cheap", seconds: 60 });
            const another = async () => (await agents()).find((each) => each.busy > 0 && each.name !== name)?.name;
            await until(async () => (await another()) !== undefined);
            const other = (await another())!;
            await bench.script(`jenkins.model.Jenkins.get().getComputer('${other}').acceptingTasks = false; null`);
            request.policy.busyAgents = "drain";
            request.policy.drainMinutes = 0.01;
            await messageOf(remove(request, report));
            expect(await accepting()).toEqual({ [name]: true, [other]: false });
        });

        async function accepting(): Promise<Record<string, boolean>> {
            const found = await bench.script(
                "println groovy.json.JsonOutput.toJson(jenkins.model.Jenkins.get().computers.findAll { it.node?.metaClass?.hasProperty(it.node, 'cloudName') }.collectEntries { [it.name, it.acceptingTasks] }); null",
            );
            return JSON.parse(found) as Record<string, boolean>;
        }
    });

    it("that are busy are waited for by drain, which takes no new builds", async () => {
        await apply(request, report);
        const name = await busyAgent("docker", 2);
        request.policy.busyAgents = "drain";
        const removal = remove(request, report);
        await until(async () => Number((await bench.observe()).clouds[0]?.instanceCapStr ?? 0) === 0);
        await scheduleBuild(bench.controller, { label: "docker", seconds: 60 });
        await removal;
        expect(await agents()).toEqual([]);
        expect((await bench.observe()).clouds).toEqual([]);
        expect(await aws.instances("pending", "running")).toEqual([]);
        expect(said.join("\n")).not.toContain(`"${name}" is ended with its build running`);
    });

    it("that stay busy beyond drain's limit leave the cloud as it was", async () => {
        await apply(request, report);
        const name = await busyAgent("docker", 60);
        const before = await bench.observe();
        request.policy.busyAgents = "drain";
        request.policy.drainMinutes = 0.01;
        const message = await messageOf(remove(request, report));
        expect(message).toContain(`agent "${name}" is busy`);
        expect(message).toContain("raise drainMinutes");
        expect((await bench.observe()).clouds).toEqual(before.clouds);
    });

    it("that are busy are cut by force, which says what it cuts", async () => {
        await apply(request, report);
        const name = await busyAgent("docker", 60);
        request.policy.busyAgents = "force";
        await remove(request, report);
        expect(said.join("\n")).toContain(`agent "${name}" is ended with its build running (busyAgents: force)`);
        expect(await agents()).toEqual([]);
        expect(await aws.instances("pending", "running")).toEqual([]);
    });

    it("come up when asked for, by template and by label, and go again", async () => {
        await apply(request, report);
        expect(await smoke(request, { template: "linux-spot" }, report)).toMatchObject({ template: "linux-spot" });
        expect(await smoke(request, { label: "docker" }, report)).toMatchObject({ template: "linux" });
        expect(await agents()).toEqual([]);
        expect(await aws.instances("pending", "running")).toEqual([]);
        expect(await messageOf(smoke(request, { template: "linux", onlineSeconds: 0 }, report))).toMatch(
            /did not come online within 0 s. .*repeats such a launch without end.*cancel the build.* The end of its log:\n.*\S/s,
        );
        expect(await agents()).toEqual([]);
        expect(await messageOf(smoke(request, { label: "nobody" }, report))).toContain(
            'cloud "agents" has no template with the label "nobody"; it has: linux, linux-spot',
        );
    });
});
