import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import { GetPolicyCommand, ListPoliciesCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StackOutputs } from "../../component/outputs";
import type { PulumiStack } from "../../playground/stack";
import { externalController, openStack, projectFolder } from "../../playground/world";
import { readController } from "../../playground/testing/controller";
import { startTestWorld, type TestWorld } from "../../playground/testing/test-world";
import { newest } from "../../playground/controller/generations";

/** Runs a program of npm's; its output is in the error where it fails. */
const run = (command: string, args: string[], cwd: string) =>
    execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/** Another stack's program. */
const readingProgram = `
const { StackReference } = require("@pulumi/pulumi");
const own = new StackReference("organization/jenkins-agents-of-ones-own/own");
exports.groups = own.requireOutput("clouds").apply((clouds) => clouds.testers.securityGroupIds);
exports.key = own.requireOutput("testers").apply(({ accessKeys }) => accessKeys.main.accessKeyId);
`;

describe.skipIf(externalController())("the npm package, in a program of one's own in another folder", () => {
    let scratch: string;
    let world: TestWorld;
    let stack: PulumiStack;
    const project = () => join(scratch, "component");
    const names = async () => {
        const { clouds } = await readController(world.world.controllers[0]!);
        return clouds.map(({ name }) => name).sort();
    };

    beforeAll(async () => {
        scratch = mkdtempSync(join(tmpdir(), "package-"));
        const [archive] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", scratch], projectFolder)) as {
            filename: string;
        }[];
        cpSync(join(projectFolder, "examples", "component"), project(), { recursive: true });
        const file = join(project(), "package.json");
        const wanted = JSON.parse(readFileSync(file, "utf8")) as { dependencies: Record<string, string> };
        wanted.dependencies["jenkins-ec2-agents"] = `file:${join(scratch, archive!.filename)}`;
        writeFileSync(file, JSON.stringify(wanted));
        run("npm", ["install", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"], project());

        world = await startTestWorld({ main: { plugin: newest } });
        const [controller] = world.world.controllers;
        const configFile = join(scratch, "Pulumi.yaml");
        writeFileSync(configFile, "");
        stack = await openStack(world.world, world.parts.engine, { stack: "own", configFile, project: project() });
        const configure = (key: string, value: string, options = {}) =>
            stack.configure(`jenkins-agents-of-ones-own:${key}`, value, options);
        await stack.configure("aws:region", world.world.region);
        await configure("url", controller!.url);
        await configure("user", controller!.user);
        await configure("token", controller!.token, { secret: true });
    });
    afterAll(async () => {
        await world?.stop();
        rmSync(scratch, { recursive: true });
    });

    test("has types that a program in TypeScript compiles with, and loads as CommonJS and as an ES module", () => {
        run(process.execPath, [join(projectFolder, "node_modules", "typescript", "bin", "tsc"), "-p", "."], project());
        const load =
            'import { JenkinsAgents, Cloud } from "jenkins-ec2-agents"; console.log(JenkinsAgents.name, Cloud.name)';
        const require = "console.log(Object.keys(require('jenkins-ec2-agents')).sort().join())";
        expect(run(process.execPath, ["--input-type=module", "-e", load], project())).toBe("JenkinsAgents Cloud\n");
        expect(run(process.execPath, ["-e", require], project())).toBe(
            "Access,Cloud,JenkinsAgents,KeyPair,SecurityGroup\n",
        );
    });

    test("a preview with a network that is yet to be made says that it leaves out the component", async () => {
        const { stdout, stderr } = await stack.preview();
        expect(stdout + stderr).toContain(
            "testers: network.vpc.id, network.subnets.ids[0]: is known only after the update: this preview leaves the component out",
        );
        expect(stdout).toContain("builders-main-builders");
        expect(await names()).toEqual([]);
    });

    test("up makes both components, each under names of its own", async () => {
        await stack.up();
        expect(await names()).toEqual(["builders", "testers"]);
        const { Policies = [] } = await world.iam.send(new ListPoliciesCommand({ Scope: "Local" }));
        expect(Policies.map(({ PolicyName }) => PolicyName).sort()).toEqual(["builders", "testers"]);
        expect((await stack.up()).stdout).toMatch(/Resources:\n\s+\d+ unchanged\n/);
    });

    test("transforms have changed what they name, and nothing of the other component", async () => {
        const { Policies = [] } = await world.iam.send(new ListPoliciesCommand({ Scope: "Local" }));
        const described = await Promise.all(
            Policies.map(async ({ PolicyName, Arn }) => {
                const { Policy } = await world.iam.send(new GetPolicyCommand({ PolicyArn: Arn }));
                return [PolicyName, Policy!.Description];
            }),
        );
        expect(Object.fromEntries(described)).toEqual({
            builders: "What the builders' controller may do",
            testers: "What the Amazon EC2 plugin of a Jenkins controller may do",
        });
        const { SecurityGroups = [] } = await world.ec2.send(
            new DescribeSecurityGroupsCommand({ Filters: [{ Name: "tag:data-class", Values: ["internal"] }] }),
        );
        expect(SecurityGroups.map(({ GroupName }) => GroupName)).toEqual(["builders-builders"]);
    });

    test("a second stack reads the outputs, of which the secrets are secret", async () => {
        const { clouds, builders } = (await stack.outputs()) as unknown as {
            clouds: StackOutputs["clouds"];
            builders: StackOutputs;
        };
        expect(builders.accessKeys).toBe("[secret]");
        expect(Object.keys(builders.controllers.main!.clouds)).toEqual(["builders"]);
        const reader = join(project(), "reader");
        mkdirSync(reader);
        writeFileSync(
            join(reader, "Pulumi.yaml"),
            "name: reader\nruntime: { name: nodejs, options: { typescript: false } }\n",
        );
        writeFileSync(join(reader, "package.json"), '{ "name": "reader", "main": "index.js" }');
        writeFileSync(join(reader, "index.js"), readingProgram);
        const configFile = join(scratch, "reader.yaml");
        writeFileSync(configFile, "");
        const second = await openStack(world.world, world.parts.engine, {
            stack: "reader",
            configFile,
            project: reader,
        });
        await second.up();
        expect(await second.outputs()).toEqual({ groups: clouds.testers!.securityGroupIds, key: "[secret]" });
        expect((await second.outputs({ showSecrets: true })).key).toMatch(/^[A-Z0-9]{16,}$/);
    });

    test("what is wrong is said by the component's arguments, and nothing has been changed", async () => {
        const source = join(project(), "index.ts");
        const right = readFileSync(source, "utf8");
        writeFileSync(source, right.replace('instanceType: "m7i.large"', 'instanceType: "m7i.enormous"'));
        const { code, stdout, stderr } = await stack.up({ accept: "any" });
        writeFileSync(source, right);
        expect(code).not.toBe(0);
        expect(stdout + stderr).toContain("clouds.builders.templates.linux.instanceType: m7i.enormous");
        expect(await names()).toEqual(["builders", "testers"]);
    });

    test("destroy leaves nothing", async () => {
        await stack.destroy();
        expect(await names()).toEqual([]);
        const { Policies = [] } = await world.iam.send(new ListPoliciesCommand({ Scope: "Local" }));
        expect(Policies).toEqual([]);
    });
});
