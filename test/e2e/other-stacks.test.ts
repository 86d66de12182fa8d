import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
    CreateKeyPairCommand,
    CreateSecurityGroupCommand,
    DescribeSecurityGroupsCommand,
    type ResourceType,
} from "@aws-sdk/client-ec2";
import { CreateGroupCommand, CreatePolicyCommand, CreateUserCommand, ListGroupsCommand } from "@aws-sdk/client-iam";
import { CopyObjectCommand, DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StackOutputs } from "../../component/outputs";
import { PulumiStack, type Answer } from "../../playground/stack";
import { configureControllers, openStack, projectFolder } from "../../playground/world";
import { readController } from "../../playground/testing/controller";
import { deployerPolicy, makeUser } from "../../playground/testing/deployer";
import { actionsOnly } from "../../playground/testing/policy";
import { secretsOf, withoutAny } from "./support/secrets";
import { makeTeamState, type TeamState } from "./support/team-state";
import { startTestWorld, type TestWorld } from "../../playground/testing/test-world";
import { waitFor } from "./support/wait";
import { newest } from "../../playground/controller/generations";

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
        world = await startTestWorld({ playground: { plugin: newest } });
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

    // docs/team-state.md, in the order of its steps: each goes on from where the one before it has left the stack.
    describe("state that a team shares in a bucket", () => {
        let team: TeamState;
        let file: PulumiStack;
        const state = ".pulumi/stacks/jenkins-ec2-agents/dev.json";
        const locks = ".pulumi/locks/organization/jenkins-ec2-agents/dev/";
        const changesNothing = ["--expect-no-changes"];
        const said = ({ stdout, stderr }: Answer) => stdout + stderr;
        /** The same stack for somebody else, or with other means. */
        const as = (environment: Record<string, string>, passphrase = dev.options.passphrase) =>
            new PulumiStack({
                ...dev.options,
                passphrase,
                environment: { ...dev.options.environment, ...environment },
            });
        /** In a folder with the project's name and the stack's file, as those commands know no --config-file. */
        const inFolder = async (...args: string[]) => {
            const folder = join(world.world.directory, "making-jenkins-ec2-agents");
            const copy = join(folder, "Pulumi.dev.yaml");
            copyFileSync(dev.options.configFile, copy);
            await dev.run([...args, "--stack", "dev", "--cwd", folder]);
            copyFileSync(copy, dev.options.configFile);
        };

        beforeAll(async () => {
            team = await makeTeamState(world.world);
            file = dev;
        });

        test("a stack moves to it by export and import, and has nothing to do there", async () => {
            const exported = await file.exportState();
            dev = as({ PULUMI_BACKEND_URL: team.backend });
            await dev.initialize();
            await dev.run(["stack", "import", "--stack", "dev"], { input: exported });
            await dev.preview({ flags: changesNothing });
            await file.run(["stack", "rm", "dev", "--yes", "--force", "--preserve-config"]);
            await dev.configure("jenkins-ec2-agents:clouds.agents.cap", "9");
            expect((await dev.up()).stdout).toMatch(/~ 1 updated\n/);
            expect(await team.list(locks)).toEqual([]);
        });

        test("its secrets are encrypted anew by a key of KMS: the passphrase is no longer needed, and none is to be read", async () => {
            expect(JSON.parse(await team.read(state))).toMatchObject({
                checkpoint: { latest: { secrets_providers: { type: "passphrase" } } },
            });
            await inFolder("stack", "change-secrets-provider", team.secretsProvider);
            dev = as({}, "");
            const config = readFileSync(dev.options.configFile, "utf8");
            expect(config).toContain(`secretsprovider: ${team.secretsProvider}\n`);
            expect(config).not.toContain("encryptionsalt");
            const text = await team.read(state);
            expect(JSON.parse(text)).toMatchObject({
                checkpoint: { latest: { secrets_providers: { type: "cloud" } } },
            });
            withoutAny(await secretsOf(dev, world.world), "the state in the bucket", text);
            await dev.preview({ flags: changesNothing });
        });

        test("a second up is refused while one runs, and told whose; a lock that is left behind goes by pulumi cancel", async () => {
            await dev.configure("jenkins-ec2-agents:clouds.agents.cap", "11");
            let engine = 0;
            const first = dev.up({ started: (pid) => (engine = pid) });
            const [lock] = await waitFor("the lock", async () => {
                const found = await team.list(locks);
                return found.length > 0 && found;
            });
            const held = await team.read(lock!);
            process.kill(engine, "SIGSTOP");
            const refused = await dev.up({ accept: "any" });
            process.kill(engine, "SIGCONT");
            const who = new RegExp(`currently locked by 1 lock.*created by .+@.+ \\(pid \\d+\\) at `, "s");
            expect(refused.code).not.toBe(0);
            expect(said(refused)).toMatch(who);
            expect(said(refused)).toContain(`(pid ${engine})`);
            await first;

            await team.s3.send(new PutObjectCommand({ Bucket: team.bucket, Key: lock, Body: held }));
            const after = await dev.up({ accept: "any" });
            expect(after.code).not.toBe(0);
            expect(said(after)).toContain("pulumi cancel");
            await dev.run(["cancel", "dev", "--yes"]);
            await dev.up({ flags: changesNothing });
        });

        test("who has the rights of a preview there previews, and does not get the lock; without rights to the state nobody reads it", async () => {
            const of = async (name: string, ...files: Parameters<typeof deployerPolicy>) => {
                const key = await makeUser(world.iam, name, actionsOnly(deployerPolicy(...files)));
                return as({ AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey });
            };
            const previewer = await of("previewer", "preview", "state-read");
            await previewer.preview({ flags: changesNothing });
            const up = await previewer.up({ accept: "any" });
            expect(up.code).not.toBe(0);
            expect(said(up)).toMatch(/S3: PutObject.*AccessDenied/);
            const deployer = await of("deployer", "preview", "up", "state-read", "state-write");
            await deployer.up({ flags: changesNothing });
            const stranger = await of("stranger", "preview", "up");
            const preview = await stranger.preview({ accept: "any" });
            expect(preview.code).not.toBe(0);
            expect(said(preview)).toMatch(/AccessDenied|Forbidden|403/);
        });

        test("a state that was deleted comes back from the back end's own copies", async () => {
            await team.s3.send(new DeleteObjectCommand({ Bucket: team.bucket, Key: state }));
            const copies = await team.list(".pulumi/backups/jenkins-ec2-agents/dev/");
            const newest = copies.sort().at(-1)!;
            const CopySource = `${team.bucket}/${newest}`;
            await team.s3.send(new CopyObjectCommand({ Bucket: team.bucket, Key: state, CopySource }));
            await dev.preview({ flags: changesNothing });
        });
    });
});
