import { join } from "node:path";
import {
    CreateKeyPairCommand,
    CreateSecurityGroupCommand,
    DescribeSecurityGroupsCommand,
    type ResourceType,
} from "@aws-sdk/client-ec2";
import { CreateGroupCommand, CreatePolicyCommand, CreateUserCommand, ListGroupsCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StackOutputs } from "../../outputs";
import { PulumiStack } from "../../playground/stack";
import { configureControllers, openStack, projectFolder } from "../../playground/world";
import { readController } from "./support/controller";
import { startTestWorld, type TestWorld } from "./support/test-world";

const anyPolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "ec2:DescribeInstances", Resource: "*" }],
});

/** What is read and written here of a state as `pulumi stack export` gives it. */
interface State {
    deployment: { resources: { urn: string; type: string }[]; pending_operations?: object[] };
}

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

    /**
     * What a stack makes under names of its own, as AWS has it when the engine is killed before it notes any of it. The group
     * has the rule that AWS puts into each new one, as the provider had no time to take it out.
     */
    const leftBehind = async (name: string, owner: string) => {
        const Tags = [{ Key: "jenkins-stack", Value: owner }];
        const { iam, ec2 } = world;
        await iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument: anyPolicy, Tags }));
        await iam.send(new CreateUserCommand({ UserName: `${name}-playground`, Tags }));
        await iam.send(new CreateGroupCommand({ GroupName: name }));
        const tagged = (ResourceType: ResourceType) => [{ ResourceType, Tags }];
        await ec2.send(new CreateKeyPairCommand({ KeyName: name, TagSpecifications: tagged("key-pair") }));
        const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
        await ec2.send(
            new CreateSecurityGroupCommand({
                GroupName: `${name}-agents`,
                Description: "Jenkins agents that the EC2 plugin starts",
                VpcId: SecurityGroups.find(({ GroupName }) => GroupName === "jenkins-aws-agents")!.VpcId,
                TagSpecifications: tagged("security-group"),
            }),
        );
    };

    /** What the state of such a stack says beside: that its policy was being made. */
    const notePending = async (stack: PulumiStack) => {
        const state = JSON.parse(await stack.exportState()) as State;
        const { urn: parent } = state.deployment.resources.find(({ type }) => type.endsWith(":iam:Access"))!;
        const type = "aws:iam/policy:Policy";
        const resource = { urn: parent.replace(/::agents$/, `$${type}::agents`), custom: true, type, parent };
        state.deployment.pending_operations = [{ type: "creating", resource }];
        const input = JSON.stringify(state);
        await stack.run(["stack", "import", "--stack", stack.options.stack], { input });
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

    test("two ups of one stack at once: no update is lost, and who is refused is told who has the lock", async () => {
        await dev.configure("jenkins-ec2-agents:clouds.agents.cap", "7");
        const ups = await Promise.all([dev.up({ accept: "any" }), dev.up({ accept: "any" })]);
        expect(ups.map(({ code }) => code)).toContain(0);
        for (const { stdout, stderr } of ups.filter(({ code }) => code !== 0)) {
            expect(stdout + stderr).toMatch(
                /the stack is currently locked by 1 lock.*created by .*@.* \(pid \d+\) at /s,
            );
        }
        const { clouds } = await readController(world.world.controllers[0]!);
        expect(clouds.map(({ parameters }) => parameters.instanceCapStr)).toEqual(["7"]);
    });

    test("a clone with the same stack name and a state of its own is refused, and told that another may have it", async () => {
        const before = await readController(world.world.controllers[0]!);
        const elsewhere = join(world.world.directory, "elsewhere");
        const clone = new PulumiStack({ ...dev.options, directory: elsewhere });
        await clone.initialize();
        const up = await clone.up({ accept: "any" });
        expect(up.code).not.toBe(0);
        expect(up.stdout + up.stderr).toContain("or another clone of it made whose state is elsewhere");
        expect(await readController(world.world.controllers[0]!)).toEqual(before);
        await clone.destroy();
        expect((await readController(world.world.controllers[0]!)).clouds).toEqual(before.clouds);
        expect((await dev.preview({ flags: ["--expect-no-changes"] })).code).toBe(0);
    });

    test("a second environment of the same name is refused, with the setting and the way out", async () => {
        const second = await stackOf("second");
        await second.configure("jenkins-ec2-agents:clouds.agents.name", "of-the-second"); // the cloud's would be refused before
        const up = await second.up({ accept: "any" });
        expect(up.code).not.toBe(0);
        const said = up.stdout + up.stderr;
        expect(said).toContain('jenkins-ec2-agents:name: the name "jenkins-aws');
        expect(said).toContain("which the stack jenkins-ec2-agents/dev made. Two stacks in one account need two names");
        expect(said).not.toContain("pulumi import");
        await second.destroy();
        expect((await readController(world.world.controllers[0]!)).clouds).toHaveLength(1);
    });

    test("what an engine that was killed had made, but not noted, is taken over with the lines that up says", async () => {
        const second = await stackOf("second");
        await second.configure("jenkins-ec2-agents:name", "jenkins-aws-second");
        await second.configure("jenkins-ec2-agents:clouds.agents.name", "second");
        await leftBehind("jenkins-aws-second", "jenkins-ec2-agents/second");
        await second.up({ accept: "any" });
        await notePending(second);

        const saidOf: Record<string, string> = {};
        for (let up = await second.up({ accept: "any" }); up.code !== 0; up = await second.up({ accept: "any" })) {
            const output = up.stdout + up.stderr;
            const found = [
                ...output.matchAll(
                    /(?:which|already, and it) (.*made itself|is not in .*?state)\b.*\n *pulumi (import (\S+) .*)/g,
                ),
            ];
            const unsaid = found.filter(([, , , type]) => !(type! in saidOf));
            expect(unsaid, output).not.toEqual([]);
            for (const [, said, line, type] of unsaid) {
                const { stack, configFile } = second.options;
                const words = line!.split(" ").map((word) => word.replaceAll("'", ""));
                await second.run([...words, "--stack", stack, "--config-file", configFile, "--skip-preview"]);
                saidOf[type!] = said!;
            }
        }

        const own = "this stack made itself";
        const unknown = "is not in this stack's state";
        expect(saidOf).toEqual({
            "aws:ec2/keyPair:KeyPair": own,
            "aws:ec2/securityGroup:SecurityGroup": own,
            "aws:iam/group:Group": unknown, // a group has no tag
            "aws:iam/policy:Policy": own,
            "aws:iam/user:User": own,
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": unknown,
        });
        await second.destroy();
        const { Groups = [] } = await world.iam.send(new ListGroupsCommand({}));
        expect(Groups.map(({ GroupName }) => GroupName)).toEqual(["jenkins-aws"]);
    });

    test("with a name of its own, and a cloud of its own name, it is beside the first", async () => {
        const second = await stackOf("second");
        await second.configure("jenkins-ec2-agents:clouds.agents.name", "of-the-second"); // the cloud's would be refused before
        await second.configure("jenkins-ec2-agents:name", "jenkins-aws-second");
        await second.configure("jenkins-ec2-agents:clouds.agents.name", "second");
        await dev.configure("jenkins-ec2-agents:clouds.agents.cap", "8");
        await Promise.all([dev.up(), second.up()]); // at the same time, on one controller
        const { Groups = [] } = await world.iam.send(new ListGroupsCommand({}));
        expect(Groups.map(({ GroupName }) => GroupName).sort()).toEqual(["jenkins-aws", "jenkins-aws-second"]);
        const { clouds } = await readController(world.world.controllers[0]!);
        expect(clouds.map(({ name, parameters }) => [name, parameters.instanceCapStr])).toEqual([
            ["agents", "8"],
            ["second", "10"],
        ]);
        await second.destroy();
    });
});
