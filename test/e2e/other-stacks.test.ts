import { join } from "node:path";
import { DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import { ListGroupsCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StackOutputs } from "../../outputs";
import type { PulumiStack } from "../../playground/stack";
import { configureControllers, openStack, projectFolder } from "../../playground/world";
import { readController } from "./support/controller";
import { startTestWorld, type TestWorld } from "./support/test-world";

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
