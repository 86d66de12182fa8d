import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
    DescribeInstancesCommand,
    DescribeKeyPairsCommand,
    DescribeSecurityGroupsCommand,
    DescribeSpotInstanceRequestsCommand,
    DescribeSubnetsCommand,
    RunInstancesCommand,
    StopInstancesCommand,
    TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { ListGroupsCommand, ListPoliciesCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { PolicyDocument } from "../../iam/policyDocument";
import { scopedPolicy } from "../../iam/scopedPolicy";
import { seedPolicy } from "../../iam/seedPolicy";
import type { StackOutputs } from "../../component/outputs";
import type { PulumiStack } from "../../playground/stack";
import { configureControllers, externalController, openStack } from "../../playground/world";
import { runScript } from "../../playground/testing/controller";
import { deployerPolicy, makeUser } from "../../playground/testing/deployer";
import { failureOf, leftOut, neededFor, neverAsked, notCalled, type Case } from "./support/ec2-actions";
import { makeInstanceProfile } from "./support/fleet";
import { actionsOf, actionsOnly, readPolicy, withPolicy, without } from "../../playground/testing/policy";
import { startTestWorld, type TestWorld } from "../../playground/testing/test-world";

const script = readFileSync(join(__dirname, "support", "ec2-calls.groovy"), "utf8");

// A real controller has no account in which policies are tried. The stack is made, changed and destroyed with the rights of iam/deployer.
describe.skipIf(externalController())("the policies of the controllers' group and of who deploys, enforced", () => {
    let world: TestWorld;
    let stack: PulumiStack;
    let outputs: StackOutputs;

    /** Makes the controller do something; fails with what EC2 answered. */
    const controller = async (what: string, argument: string): Promise<string> => {
        const text = script.replace("{what}", what).replace("{argument}", argument);
        const { result, problem } = JSON.parse(await runScript(world.world.controllers[0]!, text)) as Answer;
        if (problem !== undefined) throw new Error(problem);
        return result!;
    };
    const launched = async (label: string) => {
        const agent = await controller("launch", label);
        return { agent, instance: await controller("instance", agent) };
    };
    /** From now on the engine works as a user with the actions of these files. */
    const deployAs = async (name: string, ...files: ("preview" | "up")[]) => {
        const key = await makeUser(world.iam, name, actionsOnly(deployerPolicy(...files)));
        Object.assign(stack.options.environment, {
            AWS_ACCESS_KEY_ID: key.accessKeyId,
            AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
        });
    };
    const stateOf = async (instance: string) => {
        const { Reservations } = await world.ec2.send(new DescribeInstancesCommand({ InstanceIds: [instance] }));
        return Reservations![0]!.Instances![0]!.State!.Name!;
    };
    const spotRequests = async () => {
        const { SpotInstanceRequests = [] } = await world.ec2.send(new DescribeSpotInstanceRequestsCommand({}));
        return SpotInstanceRequests.filter(({ State }) => State === "open" || State === "active").length;
    };

    /** Each has a preparation, done under the whole policy, and the part that is under trial. */
    const cases: Record<Case, () => Promise<() => Promise<void>>> = {
        "Test Connection passes": async () => async () => {
            const answer = await controller("testConnection", "");
            if (answer !== "OK: Success") throw new Error(answer);
        },
        "an agent starts": async () => () => launches("linux"),
        "an image is found at launch": async () => () => launches("found-at-launch"),
        "a security group is found by its name": async () => () => launches("group-by-name"),
        "an idle agent is stopped": async () => {
            const { agent, instance } = await launched("linux");
            return async () => {
                await controller("stop", agent);
                expect(await stateOf(instance)).toMatch(/^stopp/);
            };
        },
        "a stopped agent is started": async () => {
            const { instance } = await launched("linux");
            await world.ec2.send(new StopInstancesCommand({ InstanceIds: [instance] }));
            return async () => {
                await controller("launch", "linux");
                expect(await stateOf(instance)).toMatch(/^(pending|running)$/);
            };
        },
        "an agent is terminated": async () => {
            const { agent, instance } = await launched("linux");
            return async () => {
                await controller("terminate", agent);
                expect(await stateOf(instance)).toMatch(/^(shutting-down|terminated)$/);
            };
        },
        "a spot agent starts": async () => async () => {
            const before = await spotRequests();
            await controller("launch", "spot");
            expect(await spotRequests()).toBe(before + 1);
        },
        "a spot request is followed, to fall back": async () => async () => {
            await controller("launch", "spot-fallback");
        },
        "a spot request is taken back": async () => {
            const before = await spotRequests();
            const agent = await controller("launch", "spot");
            return async () => {
                await controller("terminate", agent);
                expect(await spotRequests()).toBe(before);
            };
        },
    };
    const launches = async (label: string) => {
        const agent = await controller("launch", label);
        expect(agent).toContain("i-");
    };

    /** What went wrong with a case, prepared under the one document and tried under the other; undefined if nothing did. */
    const outcome = async (name: Case, whole: PolicyDocument, tried: PolicyDocument): Promise<unknown> => {
        const attempt = await withPolicy(world.iam, outputs.policyArn!, whole, cases[name]);
        return withPolicy(world.iam, outputs.policyArn!, tried, () => attempt().then(() => undefined, String));
    };
    /** The same for a call that the controller does not make, with its key. */
    const answer = (action: string, instance: string, tried: PolicyDocument): Promise<unknown> =>
        withPolicy(world.iam, outputs.policyArn!, tried, () =>
            notCalled[action]!.call(world.ec2As(outputs.accessKeys.playground!), instance).then(
                () => undefined,
                (error: Error) => error.name,
            ),
        );

    const proofs = (document: () => PolicyDocument, called: string[], others: string[]) => {
        test("it has what the cases below need, and nothing else", () => {
            expect(actionsOf(document())).toEqual([...called, ...others].sort());
        });

        test.each([...new Set(called.map((action) => neededFor[action]!))])("%s", async (name) => {
            expect(await outcome(name, document(), document())).toBeUndefined();
        });

        test.each(called.map((action) => ({ action, name: neededFor[action]! })))(
            "without $action this fails: $name",
            async ({ action, name }) => {
                expect(await outcome(name, document(), without(document(), action))).toMatch(failureOf(name, action));
            },
        );

        test.each(others.filter((action) => action in notCalled).map((action) => ({ action, ...notCalled[action]! })))(
            "no case fails without $action ($why): the key has it, and without it is refused",
            async ({ action }) => {
                const instance = await someInstance();
                expect(await answer(action, instance, document())).toBeUndefined();
                expect(await answer(action, instance, without(document(), action))).toBe("AccessDenied");
            },
        );
    };

    const someInstance = async () => {
        const image = outputs.images["agents/linux"]!.ami;
        const { Instances } = await world.ec2.send(
            new RunInstancesCommand({ ImageId: image, InstanceType: "t3.medium", MinCount: 1, MaxCount: 1 }),
        );
        return Instances![0]!.InstanceId!;
    };

    beforeAll(async () => {
        world = await startTestWorld({ playground: { plugin: "2059.v05f9d511d7e5" } });
        stack = await openStack(world.world, world.parts.engine, {
            stack: "policies",
            configFile: join(__dirname, "stacks", "policies.yaml"),
        });
        await configureControllers(stack, world.world.controllers);
        // One, as the plugin looks for a stopped instance only in the subnet whose turn it is.
        const { Subnets } = await world.ec2.send(new DescribeSubnetsCommand({}));
        await stack.configure("jenkins-ec2-agents:clouds.agents.templates.linux.subnets[0]", Subnets![0]!.SubnetId!);
        await deployAs("deployer", "preview", "up");
        await stack.up();
        outputs = (await stack.outputs({ showSecrets: true })) as unknown as StackOutputs;
    });
    // An instance of an earlier case would be used again in place of a new one.
    afterEach(async () => {
        const { Reservations = [] } = await world.ec2.send(new DescribeInstancesCommand({}));
        const InstanceIds = Reservations.flatMap(({ Instances = [] }) =>
            Instances.map(({ InstanceId }) => InstanceId!),
        );
        if (InstanceIds.length > 0) await world.ec2.send(new TerminateInstancesCommand({ InstanceIds }));
        await controller("forgetAgents", "");
    });
    afterAll(() => world?.stop());

    describe("seed: the document as it is", () => {
        const called = Object.keys(neededFor);
        const others = Object.keys(notCalled).filter((action) => seedPolicy().Statement[0]!.Action.includes(action));

        test("AWS has the 17 actions", async () => {
            expect(await readPolicy(world.iam, outputs.policyArn!)).toEqual(seedPolicy());
            expect([...called, ...others]).toHaveLength(17);
        });
        proofs(seedPolicy, called, others);
    });

    // The emulator can enforce neither resources nor conditions of EC2's actions (docs/permissions.md, "What was tried").
    describe("scoped: a copy of the document with its actions only, without conditions and on every resource", () => {
        let copy: PolicyDocument;

        beforeAll(async () => {
            await makeInstanceProfile(world.iam, "build-agents");
            await stack.configure("jenkins-ec2-agents:access.policy", "scoped");
            // What the policy seed is not enough for.
            const templates = "jenkins-ec2-agents:clouds.agents.templates";
            await stack.configure(`${templates}.windows.platform`, "windows");
            await stack.configure(`${templates}.profiled.instanceProfile`, "build-agents");
            await stack.up();
            copy = actionsOnly(await readPolicy(world.iam, outputs.policyArn!));
        });

        test("as it is, its conditions are a refusal for the emulator: hence the copy", async () => {
            await expect(controller("testConnection", "")).resolves.toBe("OK: Success");
            await expect(controller("launch", "linux")).rejects.toThrow(/not authorized/);
        });
        test("who may only preview sees it all, with --refresh too, and nothing to do", async () => {
            const deployer = { ...stack.options.environment };
            await deployAs("previewer", "preview");
            const flags = ["--refresh", "--expect-no-changes"];
            expect((await stack.preview({ flags })).stdout).toMatch(/unchanged/);
            Object.assign(stack.options.environment, deployer);
        });
        const others = Object.keys(notCalled).filter((action) => !leftOut.includes(action));
        proofs(() => copy, Object.keys(neededFor), [...others, ...Object.keys(neverAsked)]);
    });

    describe("scoped, for a stack without a Spot price: a copy of the same kind", () => {
        const copy = actionsOnly(
            scopedPolicy({
                owner: "jenkins-ec2-agents/policies",
                regions: ["eu-central-1"],
                spotWithPrice: false,
                passedRoles: [],
                former: { owners: [], jenkinsUrls: [], spotWithPrice: false },
            }),
        );

        test.each<Case>([
            "Test Connection passes",
            "an agent starts",
            "an idle agent is stopped",
            "a stopped agent is started",
            "an agent is terminated",
        ])("%s, whatever the templates say today", async (name) => {
            expect(await outcome(name, copy, copy)).toBeUndefined();
        });

        test("not allowed: a spot agent starts", async () => {
            const name = "a spot agent starts";
            expect(await outcome(name, copy, copy)).toMatch(failureOf(name, "ec2:RequestSpotInstances"));
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

interface Answer {
    result?: string;
    problem?: string;
}
