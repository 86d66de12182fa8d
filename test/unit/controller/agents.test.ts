import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clearErrors, orderError } from "../../../playground/aws/control";
import {
    controllerState,
    restartController,
    scheduleBuild,
    type RunningController,
} from "../../../playground/controller/controller";
import {
    cloud as setCloud,
    eventually,
    removeAgents as removeAgentsOf,
    startAws,
    storeCredentials,
    tags,
    type Aws,
    type Template,
} from "./clouds";
import { json, request, script, start } from "./support";

let aws: Aws;
let jenkins: RunningController;

/** A role that anyone may assume, with these actions; its ARN. */
async function role(RoleName: string, actions: string[]): Promise<string> {
    const iam = new IAMClient({
        endpoint: aws.emulator.endpoint,
        region: "us-east-1",
        credentials: aws.emulator.administrator,
    });
    const statement = { Effect: "Allow", Resource: "*", Action: actions };
    const trust = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };
    const policy = (Statement: object) => JSON.stringify({ Version: "2012-10-17", Statement });
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policy(trust) }));
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "actions", PolicyDocument: policy(statement) }));
    return Role!.Arn!;
}

const cloud = (templates: Template[], more: Record<string, unknown> = {}) => setCloud(jenkins, aws, templates, more);
const removeAgents = () => removeAgentsOf(jenkins);
const agents = async () => (await controllerState(jenkins)).agents;
const instance = (id: string) => aws.instance(id);

async function finished(id: number): Promise<string | null> {
    await eventually(async () => (await controllerState(jenkins)).builds.find((build) => build.id === id)?.state).toBe(
        "DONE",
    );
    return (await controllerState(jenkins)).builds.find((build) => build.id === id)!.agent;
}

beforeAll(async () => {
    aws = await startAws();
    // A minute of the plugin is a fifth of a second here.
    jenkins = await start({ awsEndpoint: aws.emulator.endpoint, minuteSeconds: 0.2 });
    await storeCredentials(jenkins, aws);
}, 300_000);

afterAll(() => aws?.stop());

describe("Test Connection", () => {
    const testConnection = async (more: Record<string, string> = {}, controller = jenkins) => {
        const form = { region: "eu-central-1", credentialsId: "aws", sshKeysCredentialsId: "ssh", ...more };
        const answer = await request(controller, "descriptorByName/hudson.plugins.ec2.EC2Cloud/testConnection", {
            method: "POST",
            body: new URLSearchParams(form),
        });
        expect(answer.status).toBe(200);
        return answer.text();
    };

    test("passes with a key pair that EC2 knows", async () => {
        expect(await testConnection()).toBe('<div class="ok">Success</div>');
    });

    test("names a key pair that EC2 does not know, and says Success as well", async () => {
        const answer = await testConnection({ sshKeysCredentialsId: "stranger" });
        expect(answer).toContain(
            "The EC2 key pair private key isn&#039;t registered to this EC2 region (fingerprint is ",
        );
        expect(answer).toContain('class="error"');
        expect(answer).toContain("Success");
    });

    test("names an SSH credential that is missing", async () => {
        expect(await testConnection({ sshKeysCredentialsId: "none" })).toContain(
            "Failed to find credential &quot;none&quot; in store.",
        );
    });

    test("shows what AWS says of a wrong secret", async () => {
        expect(await testConnection({ credentialsId: "wrong" })).toContain(
            "AWS was not able to validate the provided access credentials",
        );
    });

    test("takes the machine's identity for credentials that do not exist, without a word", async () => {
        expect(await testConnection({ credentialsId: "none" })).toContain("Unable to load credentials");
        const { endpoint, administrator } = aws.emulator;
        const machine = await start({ awsEndpoint: endpoint, machineIdentity: administrator });
        await storeCredentials(machine, aws);
        expect(await testConnection({ credentialsId: "none" }, machine)).toBe('<div class="ok">Success</div>');
        expect(await testConnection({ credentialsId: "", useInstanceProfileForCredentials: "true" }, machine)).toBe(
            '<div class="ok">Success</div>',
        );
    });

    test("can be asked by a script too", async () => {
        const text = `def descriptor = Jenkins.get().getDescriptorByType(hudson.plugins.ec2.EC2Cloud.DescriptorImpl)
            print descriptor.doTestConnection(Jenkins.get(), 'eu-central-1', '', false, 'aws', 'ssh', '', '').renderHtml()
            null`;
        expect(await script(jenkins, text)).toBe('<div class="ok">Success</div>');
    });

    test("is made with the role where there is one", async () => {
        const roleArn = await role("jenkins", ["ec2:DescribeInstances", "ec2:DescribeKeyPairs"]);
        expect(await testConnection({ roleArn, roleSessionName: "test" })).toBe('<div class="ok">Success</div>');
        const powerless = await role("powerless", ["ec2:DescribeInstances"]);
        expect(await testConnection({ roleArn: powerless })).toContain('class="error"');
    });
});

describe("an agent by template", () => {
    const provision = (query: string, name = "agents") =>
        request(jenkins, `cloud/${name}/provision${query}`, { method: "POST" });

    test("has the template's image, type, key, group and tags", async () => {
        await cloud([
            {
                description: "linux",
                labelString: "linux",
                tags: [{ name: "team", value: "a" }],
                userData: "#!/bin/sh\n",
            },
        ]);
        const answer = await provision("?template=linux");
        expect(answer.status).toBe(302);
        const [agent] = await agents();
        const made = await instance(agent!.instanceId!);
        expect(agent!.name).toBe(`EC2 (agents) - linux (${made.InstanceId})`);
        expect(decodeURIComponent(answer.headers.get("location")!)).toBe(`/computer/${agent!.name}`);
        expect(made).toMatchObject({ ImageId: aws.ami, InstanceType: "t3.micro", KeyName: "jenkins" });
        expect(made.SecurityGroups!.map(({ GroupId }) => GroupId)).toEqual([aws.securityGroup]);
        expect(tags(made)).toMatchObject({
            team: "a",
            jenkins_slave_type: "demand_linux",
            jenkins_server_url: jenkins.url,
        });
        await eventually(
            async () => (await json(jenkins, `computer/${encodeURIComponent(agent!.name)}/api/json`)).offline,
        ).toBe(false);
        const log = await (
            await request(jenkins, `computer/${encodeURIComponent(agent!.name)}/logText/progressiveText`)
        ).text();
        expect(log).toContain("The stand-in connects to nothing");
        await removeAgents();
        expect((await instance(made.InstanceId!)).State!.Name).toMatch(/shutting-down|terminated/);
    });

    test("is refused with 400 without a template or for one that is not there, with 404 for a cloud that is not there", async () => {
        await cloud([{ description: "linux" }]);
        expect((await provision("")).status).toBe(400);
        expect((await provision("?template=other")).status).toBe(400);
        expect((await provision("?template=linux", "other")).status).toBe(404);
        expect((await request(jenkins, "cloud/agents/provision?template=linux")).status).toBe(405);
    });

    test("is 500 where AWS refuses", async () => {
        await cloud([{ description: "linux" }], { credentialsId: "wrong" });
        expect((await provision("?template=linux")).status).toBe(500);
        await cloud([{ description: "linux" }], { sshKeysCredentialsId: "stranger" });
        const answer = await provision("?template=linux");
        expect([answer.status, await answer.text()]).toEqual([
            500,
            expect.stringContaining("No matching keypair found on EC2"),
        ]);
    });
});

describe("builds", () => {
    test("a label starts an agent, which is terminated once idle", async () => {
        await cloud([{ description: "linux", labelString: "linux docker", idleTerminationMinutes: "2" }]);
        const build = await scheduleBuild(jenkins, { label: "docker", seconds: 0.1 });
        expect(await finished(build.id)).toMatch(/^EC2 \(agents\) - linux \(i-/);
        const { instanceId } = (await agents())[0]!;
        await eventually(agents).toEqual([]);
        expect((await instance(instanceId!)).State!.Name).toMatch(/shutting-down|terminated/);
    });

    test("an agent that is to be stopped is stopped, and started again by the next build", async () => {
        await cloud([
            { description: "linux", labelString: "linux", idleTerminationMinutes: "2", stopOnTerminate: "true" },
        ]);
        const first = await finished((await scheduleBuild(jenkins, { label: "linux", seconds: 0.1 })).id);
        const { instanceId } = (await agents())[0]!;
        await eventually(async () => (await instance(instanceId!)).State!.Name).toBe("stopped");
        await eventually(async () => (await agents())[0]!.online).toBe(false); // the controller learns of it after EC2
        expect(await finished((await scheduleBuild(jenkins, { label: "linux", seconds: 0.1 })).id)).toBe(first);
        await removeAgents();
    });

    test("a label that no template has starts nothing", async () => {
        await cloud([{ description: "linux", labelString: "linux" }]);
        const before = (await aws.instances()).length;
        const build = await scheduleBuild(jenkins, { label: "solaris", seconds: 0 });
        await finished((await scheduleBuild(jenkins, { label: "linux", seconds: 0 })).id);
        expect((await aws.instances()).length).toBe(before + 1);
        expect((await controllerState(jenkins)).builds.find(({ id }) => id === build.id)!.state).toBe("WAITING");
        await removeAgents();
    });

    test("caps count the agents of the template and of the cloud", async () => {
        const provision = (template: string) =>
            request(jenkins, `cloud/agents/provision?template=${template}`, { method: "POST" });
        const templates = [{ description: "one", instanceCapStr: "1" }, { description: "two" }];
        await cloud(templates, { instanceCapStr: "2" });
        const statuses = [];
        for (const template of ["one", "one", "two", "two"]) statuses.push((await provision(template)).status);
        expect(statuses).toEqual([302, 400, 302, 400]);
        await removeAgents();
    });

    test("an agent whose instance EC2 does not end stays", async () => {
        await cloud([{ description: "linux", labelString: "linux", idleTerminationMinutes: "0" }]);
        await finished((await scheduleBuild(jenkins, { label: "linux", seconds: 0 })).id);
        await orderError(aws.emulator, { action: "TerminateInstances", code: "UnauthorizedOperation" });
        await removeAgents();
        expect(await agents()).toHaveLength(1);
        await clearErrors(aws.emulator);
        await removeAgents();
        expect(await agents()).toEqual([]);
    });

    test("a build fails with the agent that it runs on", async () => {
        await cloud([{ description: "linux", labelString: "linux" }]);
        const { id } = await scheduleBuild(jenkins, { label: "linux", seconds: 60 });
        const state = async () => (await controllerState(jenkins)).builds.find((build) => build.id === id)?.state;
        await eventually(state).toBe("RUNNING");
        await removeAgents();
        expect(await state()).toBe("FAILURE");
    });

    test("agents live on under a cloud that is replaced, and over a restart", async () => {
        await cloud([{ description: "linux", labelString: "linux", idleTerminationMinutes: "0" }]);
        const name = await finished((await scheduleBuild(jenkins, { label: "linux", seconds: 0 })).id);
        await cloud([{ description: "linux", labelString: "linux", initScript: "changed" }]);
        const found = `def computer = Jenkins.get().computers[0]
            print([computer.name, computer.cloud.is(Jenkins.get().clouds[0]), computer.slaveTemplate.initScript, computer.class.simpleName])
            null`;
        expect(await script(jenkins, found)).toBe(`[${name}, true, changed, EC2Computer]`);
        await restartController(jenkins);
        expect(await script(jenkins, found)).toBe(`[${name}, true, changed, EC2Computer]`);
        await cloud([{ description: "renamed", labelString: "linux" }]);
        expect(await script(jenkins, "print Jenkins.get().computers[0].slaveTemplate; null")).toBe("null");
        await cloud([{ description: "linux", labelString: "linux" }]);
        await removeAgents();
    });

    test("a safe restart waits for a running build", async () => {
        await cloud([{ description: "linux", labelString: "linux" }]);
        const build = await scheduleBuild(jenkins, { label: "linux", seconds: 3 });
        const state = async () => (await controllerState(jenkins)).builds.find(({ id }) => id === build.id)?.state;
        await eventually(state).toBe("RUNNING");
        await request(jenkins, "safeRestart", { method: "POST" });
        expect((await controllerState(jenkins)).quietingDown).toBe(true);
        const seen = new Set<string | undefined>();
        await eventually(async () => {
            const now = await state().catch(() => "refused");
            seen.add(now);
            return now;
        }).toBe(undefined);
        expect([...seen]).toContain("RUNNING");
        await removeAgents();
    });
});
