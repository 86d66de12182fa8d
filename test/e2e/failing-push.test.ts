import { join } from "node:path";
import { ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessTo, writeAccess } from "../../playground/controller/access";
import { startController, stopController } from "../../playground/controller/controller";
import { clearErrors, orderError } from "../../playground/aws/control";
import type { PulumiStack } from "../../playground/stack";
import { configureControllers, externalController, openStack, projectFolder } from "../../playground/world";
import { addForeignCloud, readController } from "../../playground/testing/controller";
import { startTestWorld, type TestWorld } from "../../playground/testing/test-world";

// A real controller is not stopped and started at will.
describe.skipIf(externalController())("a push that fails ends up with one message, and the next up completes", () => {
    let world: TestWorld;
    let stack: PulumiStack;
    const key = (path: string) => `jenkins-ec2-agents:${path}`;
    const controller = () => world.world.controllers[0]!;
    const standIn = () => world.world.standIns[0]!;
    const failingUp = async () => {
        const up = await stack.up({ accept: "any" });
        expect(up.code).not.toBe(0);
        return up.stdout + up.stderr;
    };
    /** What counts of a controller: a failed push leaves it the same. */
    const held = async () => {
        const { clouds, credentials } = await readController(controller());
        return { clouds, credentials };
    };

    beforeAll(async () => {
        world = await startTestWorld({ playground: { plugin: "1688.v8c07e01d657f" } });
        stack = await openStack(world.world, world.parts.engine, {
            stack: "dev",
            configFile: join(projectFolder, "Pulumi.dev.yaml"),
        });
        await configureControllers(stack, world.world.controllers);
        await addForeignCloud(controller());
    });
    afterAll(() => world?.stop());

    test("a wrong token: says the controller, the user and the setting", async () => {
        await stack.configure(key("secrets.tokens.playground"), "11ffffffffffffffffffffffffffffffff", { secret: true });
        const output = await failingUp();
        expect(output).toContain("controller playground");
        expect(output).toMatch(/401/);
        expect(output).toContain("secrets.tokens.playground");
        expect(output).toContain("docs/messages.md#token-refused");
        expect(output).not.toContain("11ffffffffffffffffffffffffffffffff");
        expect((await held()).clouds).toHaveLength(1);
    });

    test("the right token: the next up completes", async () => {
        await stack.configure(key("secrets.tokens.playground"), controller().token, { secret: true });
        await stack.up();
        expect((await held()).clouds).toHaveLength(2);
    });

    test("a parameter that this plugin does not have: named with its template, before anything changes", async () => {
        const before = await held();
        await stack.configure(key("clouds.agents.templates.linux.enclave"), "true");
        await stack.configure(key("clouds.agents.templates.linux.executors"), "7");
        const output = await failingUp();
        expect(output).toContain("controller playground");
        expect(output).toContain("linux");
        expect(output).toContain("enclaveEnabled");
        expect(await held()).toEqual(before);
    });

    test("a mistake in the settings: every problem at once, nothing touched", async () => {
        const before = await held();
        await stack.configure(key("clouds.agents.templates.linux.executors"), "0");
        await stack.configure(key("clouds.agents.templates.linux.idel.minutes"), "3");
        const output = await failingUp();
        expect(output).toContain("clouds.agents.templates.linux.executors");
        expect(output).toContain("idle");
        expect(output).not.toContain("    at "); // no stack trace
        expect(await held()).toEqual(before);
        await stack.run([
            "config",
            "rm",
            "--path",
            key("clouds.agents.templates.linux.idel"),
            "--config-file",
            stack.options.configFile,
            "--stack",
            "dev",
        ]);
        await stack.configure(key("clouds.agents.templates.linux.executors"), "3");
        await stack.configure(key("clouds.agents.templates.linux.enclave"), "false");
    });

    test("an instance type that EC2 has not, and one that the image is not made for: said by the preview", async () => {
        const type = (template: string) => key(`clouds.agents.templates.${template}.instanceType`);
        await stack.configure(type("linux"), "t3.mediun");
        await stack.configure(type("linux-spot"), "t4g.medium");
        const { code, stdout, stderr } = await stack.preview({ accept: "any" });
        expect(code).not.toBe(0);
        expect(stdout + stderr).toContain("settings are wrong; nothing has been changed.");
        expect(stdout + stderr).toMatch(/linux\.instanceType: t3\.mediun\s+EC2 has no .* near to it: t3\.medium, /);
        expect(stdout + stderr).toMatch(/linux-spot\.instanceType: t4g\.medium\s+has ARM .* is made for x86_64/);
        await stack.configure(type("linux"), "t3.medium");
        await stack.configure(type("linux-spot"), "t3.medium");
    });

    test("an AWS that does not say what instance types it has: a warning, and no more", async () => {
        const { emulator } = world.world;
        await orderError(emulator, { action: "DescribeInstanceTypes", code: "UnauthorizedOperation" });
        const { code, stdout, stderr } = await stack.preview({ accept: "any" });
        await clearErrors(emulator);
        expect(code).toBe(0);
        expect(stdout + stderr).toContain(
            "clouds.agents.templates.{linux,linux-spot}.instanceType: the instance types are not checked",
        );
        expect(stdout + stderr).toMatch(/UnauthorizedOperation.*docs\/messages\.md#unchecked-in-ec2/s);
    });

    test("a controller that is down: up says so, and completes once it is back", async () => {
        await stack.configure(key("controllers.playground.timeouts.totalSeconds"), "5");
        await stack.configure(key("controllers.playground.timeouts.connectSeconds"), "2");
        await stopController(standIn());
        const output = await failingUp();
        expect(output).toContain("controller playground");
        expect(output).toContain(controller().url);
        expect(output).toContain("see docs/messages.md#");
        const again = await startController({
            name: "playground",
            home: standIn().home,
            plugin: "1688.v8c07e01d657f",
            awsEndpoint: world.world.emulator.endpoint,
        });
        expect(again.url).toBe(controller().url);
        world.world.standIns[0] = again;
        await stack.up();
        const [, cloud] = (await held()).clouds;
        expect(Number(cloud!.parameters.templates[0]!.numExecutors)).toBe(3);
    });

    test("through all of this the user's key stayed the same", async () => {
        const { AccessKeyMetadata } = await world.iam.send(
            new ListAccessKeysCommand({ UserName: "jenkins-aws-playground" }),
        );
        expect(AccessKeyMetadata).toHaveLength(1);
    });

    test("a destroy whose token was revoked says what to do, and that works: the new token, an up, the destroy", async () => {
        await stopController(standIn());
        const access = accessTo(standIn().home);
        writeAccess(standIn().home, { ...access, token: `11${"ab".repeat(16)}` });
        const again = await startController({
            name: "playground",
            home: standIn().home,
            plugin: "1688.v8c07e01d657f",
            awsEndpoint: world.world.emulator.endpoint,
        });
        world.world.standIns[0] = again;
        world.world.controllers[0] = { ...controller(), token: again.token };
        const before = await held();
        const destroy = await stack.destroy({ accept: "any" });
        expect(destroy.code).not.toBe(0);
        const output = destroy.stdout + destroy.stderr;
        expect(output).toContain("pulumi config set --secret --path secrets.tokens.playground");
        expect(output).toContain("run pulumi up with this cloud still in them, and then remove it");
        expect(await held()).toEqual(before);

        await stack.configure(key("secrets.tokens.playground"), again.token, { secret: true });
        await stack.up();
        await stack.destroy();
        expect((await held()).clouds).toHaveLength(1);
    });
});
