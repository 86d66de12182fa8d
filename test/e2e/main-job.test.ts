import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DescribeInstancesCommand, DescribeKeyPairsCommand, DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import {
    GetGroupCommand,
    GetPolicyCommand,
    GetPolicyVersionCommand,
    ListAccessKeysCommand,
    ListAttachedGroupPoliciesCommand,
    ListGroupsCommand,
    ListPoliciesCommand,
    ListUsersCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StackOutputs } from "../../component/outputs";
import type { PulumiStack } from "../../playground/stack";
import { configureControllers, externalController, openStack, projectFolder } from "../../playground/world";
import { addForeignCloud, readController, request, type ControllerContents } from "../../playground/testing/controller";
import { stateOfVersion01, stateOfVersion02, resourcesOf } from "./support/formerState";
import { broadActions } from "../../iam/broadPolicy";
import { secretsOf, withoutAny } from "./support/secrets";
import { startTestWorld, type TestWorld } from "../../playground/testing/test-world";
import { waitFor } from "./support/wait";
import { inBetween, newest, oldest } from "../../playground/controller/generations";

const stackFile = join(projectFolder, "Pulumi.dev.yaml");

const generations = externalController() ? ["as installed"] : [oldest, inBetween, newest];

describe.each(generations)("the main job with the ec2 plugin %s", (generation) => {
    let world: TestWorld;
    let stack: PulumiStack;
    let printed = "";
    const controller = () => world.world.controllers[0]!;
    const ours = (contents: ControllerContents) => contents.clouds.find(({ name }) => name.endsWith("agents"))!;

    beforeAll(async () => {
        world = await startTestWorld({ playground: { plugin: generation, minuteSeconds: 2 } });
        stack = await openStack(world.world, world.parts.engine, { stack: "dev", configFile: stackFile });
        await configureControllers(stack, world.world.controllers);
        await addForeignCloud(controller());
    });
    afterAll(() => world?.stop());

    // On this generation no agent of these settings ever connects: settings/faults, ssh-1822.
    test.runIf(generation === inBetween)(
        "a fault of the plugin that loses agents is refused before anything is made, unless silenced",
        async () => {
            for (const refused of [await stack.preview({ accept: "any" }), await stack.up({ accept: "any" })]) {
                expect(refused.code).not.toBe(0);
                const output = refused.stdout + refused.stderr;
                expect(output).toContain("add ssh-1822 to 'silence'");
                expect(output).toContain(
                    "clouds.agents.templates.linux.initScript, clouds.agents.templates.linux-spot",
                );
                expect(output).toContain("1823.v828850f7f155 mends it");
                expect(output).toContain("nothing has been changed");
                printed += output;
            }
            const { Policies = [] } = await world.iam.send(new ListPoliciesCommand({ Scope: "Local" }));
            expect(Policies).toEqual([]);
            await stack.configure("jenkins-ec2-agents:silence[3]", "ssh-1822");
            const { stdout } = await stack.preview();
            expect(stdout).not.toContain("ssh-1822");
            // Pulumi shows a warning while it works and again at the end.
            const diagnostics = stdout.slice(stdout.indexOf("Diagnostics:"));
            expect(diagnostics.match(/docs\/messages\.md#minimum-check-overlaunch/g)).toHaveLength(1);
            expect(diagnostics).toContain(
                "clouds.agents.templates.linux.cap, clouds.agents.templates.linux-spot: with",
            );
        },
    );

    test("up makes the AWS side and hands it to Jenkins", async () => {
        const up = await stack.up();
        printed += up.stdout + up.stderr;
        expect(up.stdout).toContain("Outputs:");
    });

    test("the policy has exactly the 17 actions and is attached to the group", async () => {
        const { Policies = [] } = await world.iam.send(new ListPoliciesCommand({ Scope: "Local" }));
        expect(Policies.map(({ PolicyName }) => PolicyName)).toEqual(["jenkins-aws"]);
        const PolicyArn = Policies[0]!.Arn!;
        const { Policy } = await world.iam.send(new GetPolicyCommand({ PolicyArn }));
        const { PolicyVersion } = await world.iam.send(
            new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy!.DefaultVersionId }),
        );
        const document = JSON.parse(decodeURIComponent(PolicyVersion!.Document!)) as {
            Statement: { Effect: string; Resource: string | string[]; Action: string[] }[];
        };
        expect(document.Statement).toHaveLength(1);
        expect(document.Statement[0]).toMatchObject({ Effect: "Allow", Resource: "*" });
        expect([...document.Statement[0]!.Action].sort()).toEqual([...broadActions].sort());
        const attached = await world.iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: "jenkins-aws" }));
        expect(attached.AttachedPolicies?.map((policy) => policy.PolicyArn)).toEqual([PolicyArn]);
    });

    test("one user is in the group, with one access key", async () => {
        const { Users = [] } = await world.iam.send(new GetGroupCommand({ GroupName: "jenkins-aws" }));
        expect(Users).toHaveLength(1);
        const keys = await world.iam.send(new ListAccessKeysCommand({ UserName: Users[0]!.UserName }));
        expect(keys.AccessKeyMetadata?.map(({ Status }) => Status)).toEqual(["Active"]);
    });

    test("the security group lets SSH in from the controllers' addresses only", async () => {
        const { clouds } = (await stack.outputs()) as unknown as StackOutputs;
        const { SecurityGroups = [] } = await world.ec2.send(
            new DescribeSecurityGroupsCommand({ GroupIds: [clouds.agents!.securityGroupId] }),
        );
        const [group] = SecurityGroups;
        expect(group?.IpPermissions).toHaveLength(1);
        expect(group?.IpPermissions?.[0]).toMatchObject({
            IpProtocol: "tcp",
            FromPort: 22,
            ToPort: 22,
            IpRanges: [{ CidrIp: "10.20.0.0/24" }],
        });
        expect(group?.IpPermissionsEgress?.flatMap(({ IpRanges }) => IpRanges?.map(({ CidrIp }) => CidrIp))).toContain(
            "0.0.0.0/0",
        );
    });

    test("the controller has both credentials, hidden from jobs, and the cloud with its templates", async () => {
        const contents = await readController(controller());
        const outputs = (await stack.outputs()) as unknown as StackOutputs;
        const agents = outputs.clouds.agents!;
        const mine = contents.credentials.filter(({ id }) => id !== "by-hand");
        expect(mine.map(({ id, kind, scope }) => ({ id, kind, scope }))).toEqual([
            { id: "agents-aws", kind: "AWSCredentialsImpl", scope: "SYSTEM" },
            { id: "agents-ssh", kind: "BasicSSHUserPrivateKey", scope: "SYSTEM" },
        ]);
        const cloud = ours(contents).parameters;
        expect(cloud).toMatchObject({
            region: "eu-central-1",
            credentialsId: "agents-aws",
            sshKeysCredentialsId: "agents-ssh",
            useInstanceProfileForCredentials: false,
            instanceCapStr: "10",
        });
        const [linux, spot] = cloud.templates;
        expect(cloud.templates.map(({ description }) => description)).toEqual(["linux", "linux-spot"]);
        expect(linux).toMatchObject({
            ami: outputs.images["agents/linux"]!.ami,
            labelString: "linux docker",
            securityGroups: agents.securityGroupId,
            initScript: readFileSync(join(projectFolder, "examples/first-fleet/install-docker.sh"), "utf8"),
            remoteAdmin: "ec2-user",
            remoteFS: "/home/ec2-user",
            numExecutors: expect.toSatisfy((value) => Number(value) === 2) as unknown,
            idleTerminationMinutes: "10",
            stopOnTerminate: true,
            instanceCapStr: "4",
            mode: "NORMAL",
            metadataTokensRequired: true,
            deleteRootOnTermination: true,
            spotConfig: null,
        });
        expect(spot).toMatchObject({
            labelString: "linux cheap",
            stopOnTerminate: false,
            idleTerminationMinutes: "5",
            spotConfig: { fallbackToOndemand: true },
        });
    });

    test("Test Connection passed with IAM enforced", async () => {
        const { controllers } = (await stack.outputs()) as unknown as StackOutputs;
        expect(controllers.playground!.clouds.agents).toMatchObject({
            cloud: "agents",
            templates: ["linux", "linux-spot"],
            connection: "Success",
        });
    });

    test("no secret is in what was printed, in the outputs shown, or unencrypted in the state", async () => {
        const secrets = await secretsOf(stack, world.world);
        expect(secrets.length).toBeGreaterThanOrEqual(3);
        withoutAny(secrets, "the output of up", printed);
        withoutAny(secrets, "the outputs", JSON.stringify(await stack.outputs()));
        withoutAny(secrets, "the state", await stack.exportState());
        withoutAny(
            secrets,
            "the controller's configuration",
            await request(controller(), "").then((page) => page.text()),
        );
    });

    test.skipIf(externalController())("a label asked for starts an instance as the template says", async () => {
        const queued = await request(controller(), "playground/builds?label=docker&seconds=2", { method: "POST" });
        expect(queued.status).toBeLessThan(400);
        const instance = await waitFor("an instance", async () => {
            const answer = await world.ec2.send(new DescribeInstancesCommand({}));
            return answer.Reservations?.flatMap(({ Instances = [] }) => Instances)[0];
        });
        const outputs = (await stack.outputs()) as unknown as StackOutputs;
        const agents = outputs.clouds.agents!;
        const { KeyPairs = [] } = await world.ec2.send(new DescribeKeyPairsCommand({}));
        expect(instance).toMatchObject({
            ImageId: outputs.images["agents/linux"]!.ami,
            KeyName: KeyPairs[0]!.KeyName,
            InstanceType: "t3.medium",
            SecurityGroups: [{ GroupId: agents.securityGroupId }],
        });
        expect(Object.fromEntries((instance.Tags ?? []).map(({ Key, Value }) => [Key, Value]))).toMatchObject({
            team: "platform",
            jenkins_slave_type: "demand_linux",
        });
        const agent = `EC2 (agents) - linux (${instance.InstanceId})`;
        await waitFor("the agent to be online", async () => {
            const { agents } = await readController(controller());
            return agents.find(({ name, offline }) => name === agent && !offline);
        });
    });

    test("up again does nothing: no step, no write in Jenkins", async () => {
        const before = await readController(controller());
        const up = await stack.up();
        expect(up.stdout).toMatch(/Resources:\n\s+\d+ unchanged/);
        expect((await readController(controller())).configuration).toBe(before.configuration);
    });

    test.runIf(generation === newest)(
        "a state of 0.2 is upgraded without a step: its resources get shorter names",
        async () => {
            const now = await stack.exportState();
            const urns = (state: string) => resourcesOf(state).map(({ urn }) => urn);
            const input = stateOfVersion02(now);
            expect(urns(input).filter((urn) => !urns(now).includes(urn))).toHaveLength(2);
            await stack.run(["stack", "import", "--stack", stack.options.stack], { input });
            expect((await stack.up()).stdout).toMatch(/Resources:\n\s+\d+ unchanged\n/);
            expect(urns(await stack.exportState()).sort()).toEqual(urns(now).sort());
        },
    );

    test.runIf(generation === newest)("a state of 0.1 is upgraded without a step but the component's", async () => {
        const now = await stack.exportState();
        const input = stateOfVersion01(now);
        expect(resourcesOf(input)).toHaveLength(resourcesOf(now).length - 1);
        await stack.run(["stack", "import", "--stack", stack.options.stack], { input });
        const { stdout } = await stack.up();
        expect(stdout).toMatch(/Resources:\n\s+\+ 1 created\n\s+\d+ unchanged\n/);
        const urns = (state: string) => resourcesOf(state).map(({ urn }) => urn);
        expect(urns(await stack.exportState()).sort()).toEqual(urns(now).sort());
    });

    test("a changed init script is one update in place, and running agents stay", async () => {
        const before = await readController(controller());
        await stack.configure("jenkins-ec2-agents:clouds.agents.templates.linux.initScript", "#!/bin/sh\necho changed");
        const up = await stack.up();
        printed += up.stdout + up.stderr;
        expect(up.stdout).toMatch(/Resources:\n\s+~ 1 updated\n\s+\d+ unchanged/);
        const after = await readController(controller());
        expect(ours(after).parameters.templates[0]!.initScript).toBe("#!/bin/sh\necho changed");
        expect(after.agents.map(({ name }) => name)).toEqual(before.agents.map(({ name }) => name));
        const names = (contents: ControllerContents) => contents.clouds.map(({ name }) => name);
        expect(names(after)).toEqual(names(before));
    });

    test.skipIf(externalController())("an idle agent is stopped after its time", async () => {
        await waitFor("the instance to be stopped", async () => {
            const answer = await world.ec2.send(new DescribeInstancesCommand({}));
            const states = answer.Reservations?.flatMap(({ Instances = [] }) =>
                Instances.map(({ State }) => State?.Name),
            );
            return states?.every((state) => state === "stopped");
        });
    });

    test("destroy leaves nothing of ours on either side, and everything of others", async () => {
        const destroy = await stack.destroy();
        printed += destroy.stdout + destroy.stderr;
        const { clouds, credentials } = await readController(controller());
        expect(clouds.filter(({ name }) => !name.endsWith("by-hand"))).toEqual([]);
        expect(clouds).toHaveLength(1);
        expect(clouds[0]!.parameters).toMatchObject({ region: "us-east-1", instanceCapStr: "3" });
        expect(credentials.map(({ id }) => id)).toEqual(["by-hand"]);
        expect((await world.iam.send(new ListPoliciesCommand({ Scope: "Local" }))).Policies).toEqual([]);
        expect((await world.iam.send(new ListGroupsCommand({}))).Groups).toEqual([]);
        const users = await world.iam.send(new ListUsersCommand({}));
        expect(users.Users?.map(({ UserName }) => UserName)).toEqual(["playground-administrator"]);
        expect((await world.ec2.send(new DescribeKeyPairsCommand({}))).KeyPairs).toEqual([]);
        // A stopped instance too: it would be paid for, and AWS would not let its security group go.
        const { Reservations = [] } = await world.ec2.send(new DescribeInstancesCommand({}));
        const states = Reservations.flatMap(({ Instances = [] }) => Instances.map(({ State }) => State?.Name));
        expect(states.filter((state) => state !== "terminated")).toEqual([]);
        const groups = await world.ec2.send(new DescribeSecurityGroupsCommand({}));
        expect(groups.SecurityGroups?.map(({ GroupName }) => GroupName)).toEqual(["default"]);
    });
});
