import { join } from "node:path";
import { CreateSecurityGroupCommand, DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import { CreateGroupCommand, CreatePolicyCommand, CreateUserCommand, ListGroupsCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StackOutputs } from "../../outputs";
import type { PulumiStack } from "../../playground/stack";
import { configureControllers, openStack, projectFolder } from "../../playground/world";
import { readController } from "./support/controller";
import { startTestWorld, type TestWorld } from "./support/test-world";

const anyPolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "ec2:DescribeInstances", Resource: "*" }],
});

describe("stacks beside one another", () => {
    let world: TestWorld;
    let dev: PulumiStack;
    const stackOf = async (stack: string) => {
        const opened = await openStack(world.world, world.parts.engine, {
            stack,
            configFile: join(projectFolder, "Pulumi.dev.yaml"),
        });
        await configureControllers(opened, world.world.controllers);
        return opened;
    };

    beforeAll(async () => {
        world = await startTestWorld({ playground: { plugin: "2059.v05f9d511d7e5" } });
        dev = await stackOf("dev");
        await dev.up();
    });
    afterAll(async () => {
        await dev?.destroy();
        await world?.stop();
    });

    test("another stack uses the outputs through a StackReference", async () => {
        const project = join(projectFolder, "examples", "consumer");
        const consumer = await openStack(world.world, world.parts.engine, {
            stack: "consumer",
            configFile: join(project, "Pulumi.dev.yaml"),
            project,
        });
        await consumer.up();
        const { cacheSecurityGroupId, templates } = await consumer.outputs();
        expect(templates).toEqual({ playground: ["linux", "linux-spot"] });
        const { SecurityGroups } = await world.ec2.send(
            new DescribeSecurityGroupsCommand({ GroupIds: [cacheSecurityGroupId as string] }),
        );
        const { clouds } = (await dev.outputs()) as unknown as StackOutputs;
        expect(SecurityGroups?.[0]?.IpPermissions?.[0]).toMatchObject({
            FromPort: 443,
            UserIdGroupPairs: [{ GroupId: clouds.agents!.securityGroupId }],
        });
        await consumer.destroy();
    });

    test("a second environment of the same name is refused, with the setting and the way out", async () => {
        const second = await stackOf("second");
        await second.configure("jenkins-ec2-agents:clouds.agents.name", "of-the-second"); // the cloud's would be refused before
        const up = await second.up({ accept: "any" });
        expect(up.code).not.toBe(0);
        expect(up.stdout + up.stderr).toContain('jenkins-ec2-agents:name: the name "jenkins-aws" is taken');
        await second.destroy();
        expect((await readController(world.world.controllers[0]!)).clouds).toHaveLength(1);
    });

    test("what an engine that was killed had made, but not noted, is taken over with the lines that up says", async () => {
        const second = await stackOf("second");
        await second.configure("jenkins-ec2-agents:name", "jenkins-aws-second");
        await second.configure("jenkins-ec2-agents:clouds.agents.name", "second");
        const Tags = [{ Key: "jenkins-stack", Value: "jenkins-ec2-agents/second" }];
        const [PolicyName, UserName] = ["jenkins-aws-second", "jenkins-aws-second-playground"];
        const { SecurityGroups = [] } = await world.ec2.send(new DescribeSecurityGroupsCommand({}));
        const { VpcId } = SecurityGroups.find(({ GroupName }) => GroupName === "jenkins-aws-agents")!;
        await world.iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: anyPolicy, Tags }));
        await world.iam.send(new CreateUserCommand({ UserName, Tags }));
        await world.iam.send(new CreateGroupCommand({ GroupName: PolicyName }));
        await world.ec2.send(
            new CreateSecurityGroupCommand({
                GroupName: "jenkins-aws-second-agents",
                Description: "Jenkins agents that the EC2 plugin starts",
                VpcId,
                TagSpecifications: [{ ResourceType: "security-group", Tags }],
            }),
        );
        const imported = new Set<string>();
        for (let up = await second.up({ accept: "any" }); up.code !== 0; up = await second.up({ accept: "any" })) {
            const output = up.stdout + up.stderr;
            expect(output).not.toContain("which this stack did not make");
            const lines = [...output.matchAll(/^ *(?:error: )?pulumi (import (\S+) .*)$/gm)].filter(
                ([, line]) => !imported.has(line!),
            );
            expect(lines, output).not.toEqual([]);
            for (const [, line] of lines) {
                const { stack: name, configFile } = second.options;
                const words = line!.split(" ").map((word) => word.replaceAll("'", ""));
                await second.run([...words, "--stack", name, "--config-file", configFile, "--skip-preview"]);
                imported.add(line!);
            }
        }
        expect([...imported].map((line) => line.split(" ")[1]).sort()).toEqual([
            "aws:ec2/securityGroup:SecurityGroup",
            "aws:iam/group:Group",
            "aws:iam/policy:Policy",
            "aws:iam/user:User",
        ]);
        await second.destroy();
        const { Groups = [] } = await world.iam.send(new ListGroupsCommand({}));
        expect(Groups.map(({ GroupName }) => GroupName)).toEqual(["jenkins-aws"]);
    });

    test("with a name of its own, and a cloud of its own name, it is beside the first", async () => {
        const second = await stackOf("second");
        await second.configure("jenkins-ec2-agents:clouds.agents.name", "of-the-second"); // the cloud's would be refused before
        await second.configure("jenkins-ec2-agents:name", "jenkins-aws-second");
        await second.configure("jenkins-ec2-agents:clouds.agents.name", "second");
        await second.up();
        const { Groups = [] } = await world.iam.send(new ListGroupsCommand({}));
        expect(Groups.map(({ GroupName }) => GroupName).sort()).toEqual(["jenkins-aws", "jenkins-aws-second"]);
        const { clouds } = await readController(world.world.controllers[0]!);
        expect(clouds.map(({ name }) => name)).toEqual(["agents", "second"]);
        await second.destroy();
    });
});
