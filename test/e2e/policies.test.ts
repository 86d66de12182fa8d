import { join } from "node:path";
import { DescribeKeyPairsCommand, DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import { ListGroupsCommand, ListPoliciesCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { broadPolicy } from "../../iam/broadPolicy";
import type { StackOutputs } from "../../component/outputs";
import { newest } from "../../playground/controller/generations";
import type { PulumiStack } from "../../playground/stack";
import { runScript } from "../../playground/testing/controller";
import { deployerPolicy, makeUser } from "../../playground/testing/deployer";
import { actionsOnly, readPolicy, withPolicy, without } from "../../playground/testing/policy";
import { startTestWorld, type TestWorld } from "../../playground/testing/test-world";
import { configureControllers, externalController, openStack } from "../../playground/world";
import { makeInstanceProfile } from "./support/fleet";

// Which calls of the plugin each policy must allow is proved by test/unit/iam/evaluator. Here the emulator enforces actions:
// the stack is made, changed and destroyed with the rights of iam/deployer, and an agent lives with those of the stack's user.
describe.skipIf(externalController())("the policies of the controllers' group and of who deploys, enforced", () => {
    let world: TestWorld;
    let stack: PulumiStack;
    let policyArn: string;

    /** From now on the engine works as a user with the actions of these files. */
    const deployAs = async (name: string, ...files: ("preview" | "up")[]) => {
        const key = await makeUser(world.iam, name, actionsOnly(deployerPolicy(...files)));
        Object.assign(stack.options.environment, {
            AWS_ACCESS_KEY_ID: key.accessKeyId,
            AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
        });
    };
    /** The controller tests its connection, launches an agent and terminates it; what EC2 reports of the instance then. */
    const agentLife = async (): Promise<string> =>
        (
            await runScript(
                world.world.controllers[0]!,
                `def jenkins = jenkins.model.Jenkins.get()
                 def cloud = jenkins.clouds.find { it.name == 'agents' }
                 try {
                     def test = jenkins.getDescriptor(cloud.class).doTestConnection(jenkins, cloud.region, cloud.altEC2Endpoint,
                         false, cloud.credentialsId, cloud.sshKeysCredentialsId, null, null).toString()
                     def agent = cloud.provision(cloud.templates[0])
                     agent.terminate()
                     println test + ', ' + agent.instanceState()
                 } catch (Exception problem) { println problem }
                 null`,
            )
        ).trim();
    const lives = /^OK: Success, (shutting-down|terminated)$/;

    beforeAll(async () => {
        world = await startTestWorld({ playground: { plugin: newest } });
        stack = await openStack(world.world, world.parts.engine, {
            stack: "policies",
            configFile: join(__dirname, "stacks", "policies.yaml"),
        });
        await configureControllers(stack, world.world.controllers);
        await deployAs("deployer", "preview", "up");
        await stack.up();
        policyArn = ((await stack.outputs({ showSecrets: true })) as unknown as StackOutputs).policyArn!;
    });
    afterAll(() => world?.stop());

    test("AWS has the policy broad as it is, and an agent lives with it", async () => {
        expect(await readPolicy(world.iam, policyArn)).toEqual(broadPolicy());
        expect(await agentLife()).toMatch(lives);
    });

    test("without the right to launch, AWS refuses the launch", async () => {
        const answer = await withPolicy(world.iam, policyArn, without(broadPolicy(), "ec2:RunInstances"), agentLife);
        expect(answer).toContain("not authorized to perform: ec2:RunInstances");
    });

    describe("scoped", () => {
        beforeAll(async () => {
            await makeInstanceProfile(world.iam, "build-agents");
            const key = (path: string) => `jenkins-ec2-agents:${path}`;
            await stack.configure(key("access.policy"), "scoped");
            // What the policy broad is not enough for.
            await stack.configure(key("clouds.agents.templates.windows.platform"), "windows");
            // One of the emulator's own Windows images.
            await stack.configure(key("clouds.agents.templates.windows.image.id"), "ami-b7e93bce");
            await stack.configure(key("clouds.agents.templates.profiled.instanceProfile"), "build-agents");
            await stack.up();
        });

        // The emulator can enforce neither resources nor conditions of EC2's actions.
        test("an agent lives with its actions; with its conditions the emulator refuses", async () => {
            expect(await agentLife()).toMatch(/not authorized/);
            const copy = actionsOnly(await readPolicy(world.iam, policyArn));
            expect(await withPolicy(world.iam, policyArn, copy, agentLife)).toMatch(lives);
        });

        test("who may only preview sees it all, with --refresh too, and nothing to do", async () => {
            const deployer = { ...stack.options.environment };
            await deployAs("previewer", "preview");
            const flags = ["--refresh", "--expect-no-changes"];
            expect((await stack.preview({ flags })).stdout).toMatch(/unchanged/);
            Object.assign(stack.options.environment, deployer);
        });
    });

    test("who deploys destroys it all again, and nothing is left", async () => {
        await stack.destroy();
        expect((await world.iam.send(new ListPoliciesCommand({ Scope: "Local" }))).Policies).toEqual([]);
        expect((await world.iam.send(new ListGroupsCommand({}))).Groups).toEqual([]);
        const { Users = [] } = await world.iam.send(new ListUsersCommand({}));
        expect(Users.map(({ UserName }) => UserName).filter((name) => name!.startsWith("jenkins-aws"))).toEqual([]);
        expect((await world.ec2.send(new DescribeKeyPairsCommand({}))).KeyPairs).toEqual([]);
        const { SecurityGroups = [] } = await world.ec2.send(new DescribeSecurityGroupsCommand({}));
        expect(SecurityGroups.map(({ GroupName }) => GroupName)).toEqual(["default"]);
    });
});
