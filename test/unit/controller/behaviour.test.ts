import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RunInstancesCommand, StopInstancesCommand } from "@aws-sdk/client-ec2";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { awsRequests, clearErrors, forgetRequests, orderError, type AwsRequest } from "../../../playground/aws/control";
import {
    controllerState,
    scheduleBuild,
    startControllers,
    stopController,
    type RunningController,
} from "../../../playground/controller/controller";
import { generations, newest } from "../../../playground/controller/generations";
import { cloud as setCloud, eventually, removeAgents, startAws, storeCredentials, tags, type Aws } from "./clouds";
import { request, script, scriptJson, start } from "./support";

// What each generation of the plugin does when it launches. The facts' evidence is in the plugin's sources, by the names in
// playground/controller/src/main/java/standin/agents/Behaviour.java.

const folder = mkdtempSync(join(tmpdir(), "controller-generations-"));
let aws: Aws;
let controllers: RunningController[] = [];

beforeAll(async () => {
    aws = await startAws();
    controllers = await startControllers(
        generations.map((plugin) => ({
            name: plugin,
            plugin,
            home: mkdtempSync(join(folder, "home-")),
            awsEndpoint: aws.emulator.endpoint,
            minuteSeconds: 0.5,
            detached: false,
        })),
    );
    for (const controller of controllers) await storeCredentials(controller, aws);
}, 300_000);
afterAll(async () => {
    await Promise.all(controllers.map(stopController));
    await aws?.stop();
    rmSync(folder, { recursive: true, force: true });
});

let jenkins: RunningController;
const cloud = (templates: Record<string, unknown>[], more: Record<string, unknown> = {}) =>
    setCloud(jenkins, aws, templates, more);
const agents = async () => (await controllerState(jenkins)).agents;

/** The templates of what the cloud plans for so many waiting builds of the label `x`; with `failed`, what did not come about. */
async function provision(builds = 1): Promise<string[]> {
    return (await scriptJson(
        jenkins,
        `def planned = Jenkins.get().clouds[0].provision(Jenkins.get().getLabelAtom('x'), ${builds})
         print groovy.json.JsonOutput.toJson(planned.collect {
             it.displayName.replaceAll('.* - ', '') + (it.future.get() == null ? ' failed' : '') })
         null`,
    )) as string[];
}

async function asked(...actions: string[]): Promise<AwsRequest[]> {
    return (await awsRequests(aws.emulator)).filter(({ action }) => actions.includes(action));
}

const lastRun = async () => (await asked("RunInstances")).at(-1)!.parameters;
const valuesOf = (parameters: Record<string, string>, name: RegExp) =>
    Object.entries(parameters)
        .filter(([key]) => name.test(key))
        .map(([, value]) => value);
const taggedResources = (parameters: Record<string, string>) =>
    valuesOf(parameters, /^TagSpecification\.\d+\.ResourceType$/);

/** An instance that no controller of these launched, with the tags that the plugin knows its own by. */
async function foreignInstance(url: string): Promise<void> {
    await aws.ec2.send(
        new RunInstancesCommand({
            ImageId: aws.ami,
            InstanceType: "t3.nano",
            MinCount: 1,
            MaxCount: 1,
            TagSpecifications: [
                {
                    ResourceType: "instance",
                    Tags: [
                        { Key: "jenkins_slave_type", Value: "demand_other" },
                        { Key: "jenkins_server_url", Value: url },
                    ],
                },
            ],
        }),
    );
}

async function clear(): Promise<void> {
    await clearErrors(aws.emulator);
    await removeAgents(jenkins);
    await script(jenkins, "Jenkins.get().clouds.replaceBy([]); null");
}

const two = [
    { description: "large", labelString: "x", type: "m5.large" },
    { description: "small", labelString: "x" },
];

describe.each(generations)("ec2 %s", (plugin) => {
    const version = parseInt(plugin);

    beforeAll(() => {
        jenkins = controllers[generations.indexOf(plugin)]!;
    });
    beforeEach(() => forgetRequests(aws.emulator));
    afterEach(clear);

    test("asks templates of one label in their order, and passes over one at its cap", async () => {
        await cloud([{ ...two[0], instanceCapStr: "1" }, two[1]!]);
        expect([await provision(), await provision()]).toEqual([["large"], ["small"]]);
    });

    test.each(["InsufficientInstanceCapacity", "UnauthorizedOperation"])(
        "after %s: the next template in the same pass up to 2045, later none",
        async (code) => {
            await orderError(aws.emulator, { action: "RunInstances", instanceType: "m5.large", code });
            await cloud(two);
            expect(await provision()).toEqual(version < 2048 ? ["small"] : ["large failed"]);
            const tries = (await asked("RunInstances")).filter(({ status }) => status !== 200);
            expect(tries).toHaveLength(code === "InsufficientInstanceCapacity" ? 17 : 1);
        },
    );

    test("several executors: up to 2045 one demand that does not come out even launches on each template", async () => {
        await cloud(two.map((template) => ({ ...template, numExecutors: "2" })));
        expect(await provision(1)).toEqual(version < 2048 ? ["large", "small"] : ["large"]);
    });

    test("Spot requests are counted before each launch; from 1795 a refusal launches nothing", async () => {
        await orderError(aws.emulator, { action: "DescribeSpotInstanceRequests", code: "UnauthorizedOperation" });
        await cloud([two[1]!]);
        expect(await provision()).toEqual(version < 1795 ? ["small"] : []);
        expect((await asked("DescribeSpotInstanceRequests")).length).toBeGreaterThan(0);
    });

    test("caps count what has the Jenkins URL, whoever launched it, and nothing of another", async () => {
        await cloud([two[1]!], { instanceCapStr: "1" });
        await foreignInstance("https://other.example.com/");
        expect(await provision()).toEqual(["small"]);
        await removeAgents(jenkins);
        await foreignInstance(jenkins.url);
        await cloud([two[1]!], { instanceCapStr: "1" });
        expect(await provision()).toEqual([]);
    });

    test("tags at launch: instance, volumes, from 1723 network interfaces; from 2007 with the cloud's name", async () => {
        await cloud([{ ...two[1], tags: [{ name: "team", value: "a" }] }]);
        await provision();
        const run = await lastRun();
        const expected = ["instance", "volume", ...(version < 1723 ? [] : ["network-interface"])];
        expect(taggedResources(run)).toEqual(expected);
        const [agent] = await agents();
        const url = jenkins.url;
        expect(tags(await aws.instance(agent!.instanceId!))).toEqual({
            team: "a",
            jenkins_slave_type: "demand_small",
            jenkins_server_url: url,
            ...(version < 2007 ? {} : { jenkins_cloud_name: "agents" }),
        });
    });

    test("a network interface is asked for from 2036, before only with a public address", async () => {
        await cloud([two[1]!]);
        await provision();
        const interfaces = (run: Record<string, string>) => valuesOf(run, /^NetworkInterface\.1\.SubnetId$/);
        expect(interfaces(await lastRun())).toEqual(version < 2036 ? [] : [aws.subnet]);
        const address = version < 2036 ? { associatePublicIp: "true" } : { associateIPStrategy: "PUBLIC_IP" };
        await cloud([{ ...two[1], description: "public", ...address }]);
        await provision();
        expect(interfaces(await lastRun())).toEqual([aws.subnet]);
        expect((await lastRun())["NetworkInterface.1.AssociatePublicIpAddress"]).toBe("true");
    });

    describe("Spot without a price", () => {
        const spotConfig = { useBidPrice: "false", fallbackToOndemand: "true" };

        test("is RunInstances, one instance at a time, tagged as on demand", async () => {
            await cloud([{ ...two[1], spotConfig }]);
            expect((await provision(2)).filter((each) => each === "small")).toHaveLength(1);
            const run = await lastRun();
            expect([run["InstanceMarketOptions.MarketType"], run.MaxCount]).toEqual(["spot", "1"]);
            expect(await asked("RequestSpotInstances")).toEqual([]);
            expect(tags(await aws.instance((await agents())[0]!.instanceId!)).jenkins_slave_type).toBe("demand_small");
        });

        test("falls back once without capacity: from 1885 to Spot again", async () => {
            const code = "InsufficientInstanceCapacity";
            await orderError(aws.emulator, { action: "RunInstances", code, count: 17 });
            await cloud([{ ...two[1], spotConfig }]);
            expect(await provision()).toEqual(["small"]);
            expect((await lastRun())["InstanceMarketOptions.MarketType"]).toBe(version < 1885 ? undefined : "spot");
        });
    });

    describe("Spot with a price", () => {
        const spotConfig = { useBidPrice: "true", spotMaxBidPrice: "0.05" };

        test("is one request for all, tagged with it or at once from 2059, else when the agent connects", async () => {
            await cloud([{ ...two[1], spotConfig }]);
            expect(await provision(2)).toEqual(["small", "small"]);
            const [made] = await asked("RequestSpotInstances");
            expect(made!.parameters.InstanceCount).toBe("2");
            expect(taggedResources(made!.parameters)).toEqual(version < 2059 ? [] : ["spot-instances-request"]);
            await eventually(async () => (await agents()).filter(({ online }) => online).length).toBe(2);
            const kinds = (await asked("CreateTags")).map(({ parameters }) =>
                valuesOf(parameters, /^ResourceId\.\d+$/).map((id) => id.replace(/-.*/, "")),
            );
            const alone = kinds.filter((resources) => resources.join() === "i");
            expect(alone).toHaveLength(version < 2059 ? 0 : alone.length || 1);
            expect(kinds.filter((resources) => resources.join() === "sir")).toHaveLength(2);
            expect(kinds.filter((resources) => resources.join() === "i,vol")).toHaveLength(2);
            const { instanceId } = (await agents())[0]!;
            expect(tags(await aws.instance(instanceId!)).jenkins_slave_type).toBe("spot_small");
        });

        test("falls back to on demand where the account has too many requests, and only then", async () => {
            const order = (code: string) =>
                orderError(aws.emulator, { action: "RequestSpotInstances", code, count: 1 });
            await cloud([{ ...two[1], spotConfig: { ...spotConfig, fallbackToOndemand: "true" } }]);
            await order("MaxSpotInstanceCountExceeded");
            expect(await provision()).toEqual(["small"]);
            expect((await lastRun())["InstanceMarketOptions.MarketType"]).toBeUndefined();
            await forgetRequests(aws.emulator);
            await order("InvalidParameterValue");
            expect(await provision()).toEqual(version < 2048 ? [] : ["small failed"]);
            expect(await asked("RunInstances")).toEqual([]);
        });
    });

    test("minimum instances come without a build and do not idle out", async () => {
        await cloud([{ ...two[1], minimumNumberOfInstances: "1", idleTerminationMinutes: "1" }]);
        await eventually(async () => (await agents())[0]?.online).toBe(true);
        const { instanceId } = (await agents())[0]!;
        const idleFor = "System.currentTimeMillis() - Jenkins.get().computers[0].idleStartMilliseconds";
        await eventually(async () => Number(await script(jenkins, `print ${idleFor}; null`)) > 2000).toBe(true);
        expect((await agents()).map((each) => each.instanceId)).toEqual([instanceId]);
    });

    test("a waiting build launches an agent of each template in the check for minimum instances, up to 2034", async () => {
        await cloud(two);
        await script(jenkins, "Jenkins.get().doQuietDown(); null"); // no cloud is asked for builds
        const build = await scheduleBuild(jenkins, { label: "x", seconds: 0 });
        await script(jenkins, "standin.agents.MinimumInstances.check(); null");
        expect((await agents()).map(({ template }) => template).sort()).toEqual(
            version < 2036 ? ["large", "small"] : [],
        );
        await script(
            jenkins,
            `Jenkins.get().queue.builds().removeIf { it.id == ${build.id} }; Jenkins.get().doCancelQuietDown(); null`,
        );
    });
});

describe(`ec2 ${newest}`, () => {
    beforeAll(() => {
        jenkins = controllers.at(-1)!;
    });
    beforeEach(() => forgetRequests(aws.emulator));
    afterEach(clear);

    test("without a Jenkins URL caps miss own instances and count others'", async () => {
        const location = (url: string) =>
            script(jenkins, `jenkins.model.JenkinsLocationConfiguration.get().url = '${url}'; null`);
        await location("");
        await cloud([{ ...two[1], instanceCapStr: "1" }]);
        expect([await provision(), await provision()]).toEqual([["small"], ["small"]]);
        await foreignInstance("https://other.example.com/");
        await cloud([two[1]!], { instanceCapStr: "1" });
        expect(await provision()).toEqual([]);
        await location(jenkins.url);
    });

    test("a stopped instance is started before a new one is made; if that is refused, nothing is launched", async () => {
        const template = { ...two[1], stopOnTerminate: "true" };
        await cloud([template]);
        await provision();
        const [agent] = await agents();
        await eventually(async () => (await agents())[0]!.online).toBe(true);
        await script(jenkins, "Jenkins.get().computers[0].launched(false); null");
        await aws.ec2.send(new StopInstancesCommand({ InstanceIds: [agent!.instanceId!] }));
        await orderError(aws.emulator, { action: "StartInstances", code: "UnauthorizedOperation", count: 1 });
        await forgetRequests(aws.emulator);
        expect(await provision()).toEqual(["small failed"]);
        expect(await provision()).toEqual(["small"]);
        expect(await asked("RunInstances")).toEqual([]);
        expect((await agents()).map(({ instanceId }) => instanceId)).toEqual([agent!.instanceId]);
    });

    test("an instance without an agent is taken over, unless orphans are to be left alone", async () => {
        await cloud([two[1]!]);
        await provision();
        const [agent] = await agents();
        const forget = "Jenkins.get().removeNode(Jenkins.get().nodes[0]); null";
        await script(jenkins, forget);
        expect(await provision()).toEqual(["small"]);
        expect((await agents()).map(({ instanceId }) => instanceId)).toEqual([agent!.instanceId]);
        await script(jenkins, forget);
        await cloud([{ ...two[1], avoidUsingOrphanedNodes: "true" }]);
        await provision();
        expect((await agents()).map(({ instanceId }) => instanceId)).not.toContain(agent!.instanceId);
    });

    test("without a subnet security groups go by name, and ids go lost", async () => {
        const groups = async () => valuesOf(await lastRun(), /^NetworkInterface\.1\.SecurityGroupId\.\d+$/);
        await cloud([{ ...two[1], description: "by id", subnetId: "" }]);
        await provision();
        expect(await groups()).toEqual([]);
        await cloud([{ ...two[1], description: "by name", subnetId: "", securityGroups: "agents" }]);
        await provision();
        expect(await groups()).toEqual([aws.securityGroup]);
    });

    test("an agent whose instance AWS does not end stays; on a Spot request it goes, and the instance runs on", async () => {
        await cloud([{ ...two[1], spotConfig: { useBidPrice: "true", spotMaxBidPrice: "0.05" } }, two[0]!]);
        await provision();
        await eventually(async () => (await agents())[0]?.online).toBe(true);
        const spot = (await agents())[0]!.instanceId!;
        await orderError(aws.emulator, { action: "TerminateInstances", code: "UnauthorizedOperation" });
        await removeAgents(jenkins);
        expect(await agents()).toEqual([]);
        expect((await aws.instance(spot)).State!.Name).toBe("running");
        await cloud([two[0]!]);
        await provision();
        await removeAgents(jenkins);
        expect(await agents()).toHaveLength(1);
    });

    test("a launch that checks host keys asks for the instance type, and reads the console without it too", async () => {
        const consoles = async () => (await asked("GetConsoleOutput")).map(({ parameters }) => parameters.Latest);
        const online = () => eventually(async () => (await agents())[0]?.online).toBe(true);
        await cloud([two[1]!]);
        await provision();
        await online();
        expect(await consoles()).toEqual(["true"]);
        await clear();
        await forgetRequests(aws.emulator);
        await orderError(aws.emulator, { action: "DescribeInstanceTypes", code: "UnauthorizedOperation" });
        await cloud([two[1]!]);
        await provision();
        await online();
        expect(await consoles()).toEqual([undefined]);
        await clear();
        await forgetRequests(aws.emulator);
        await cloud([{ ...two[1], hostKeyVerificationStrategy: "ACCEPT_NEW" }]);
        await provision();
        await online();
        expect(await asked("DescribeInstanceTypes", "GetConsoleOutput")).toEqual([]);
    });

    test("agents that EC2 does not answer for are dropped within ten minutes, and their instances run on", async () => {
        await cloud([two[1]!]);
        await provision();
        await eventually(async () => (await agents())[0]?.online).toBe(true);
        const { instanceId } = (await agents())[0]!;
        await orderError(aws.emulator, { action: "DescribeInstances", code: "UnauthorizedOperation" });
        await eventually(agents).toEqual([]);
        await clearErrors(aws.emulator);
        expect((await aws.instance(instanceId!)).State!.Name).toBe("running");
    });
});

test.each([
    ["2036.vb_105a_db_e4a_ea_", [302, 400]],
    [newest, [302, 302]],
])(
    "the cap of ec2 %s, with agents asked for by hand: counts of 2048 and later are half a minute old",
    async (plugin, answers) => {
        // So long that half a minute does not pass.
        jenkins = await start({ plugin, awsEndpoint: aws.emulator.endpoint, minuteSeconds: 3600 });
        await storeCredentials(jenkins, aws);
        await cloud([{ ...two[1], instanceCapStr: "1" }]);
        const ask = async () =>
            (await request(jenkins, "cloud/agents/provision?template=small", { method: "POST" })).status;
        expect([await ask(), await ask()]).toEqual(answers);
    },
);
