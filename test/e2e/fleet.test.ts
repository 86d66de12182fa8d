import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DescribeImagesCommand, DescribeKeyPairsCommand, DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import {
    GetGroupCommand,
    GetPolicyCommand,
    ListAttachedGroupPoliciesCommand,
    ListPoliciesCommand,
    ListUsersCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { policyNeeds } from "../../iam/policyNeeds";
import { scopedPolicy } from "../../iam/scopedPolicy";
import { cloudPayload } from "../../jenkins/payload";
import type { StackOutputs } from "../../component/outputs";
import type { PulumiStack } from "../../playground/stack";
import { configureControllers, externalController, openStack } from "../../playground/world";
import type { CloudSettings, StackSettings } from "../../settings";
import { template } from "../../settings/schema/cloud";
import { unused } from "../unit/settings/unused";
import {
    addForeignCloud,
    readController,
    runScript,
    type ControllerContents,
} from "../../playground/testing/controller";
import {
    fleetFile,
    furnish,
    openings,
    rawSettings,
    referencesFromAws,
    settingsOf,
    type Account,
} from "./support/fleet";
import { actualParameters, expectedParameters, generationOf, type Generation } from "./support/payload";
import { readPolicy } from "../../playground/testing/policy";
import { secretsOf, withoutAny } from "./support/secrets";
import { startTestWorld, type TestWorld } from "../../playground/testing/test-world";
import { inBetween, newest, oldest } from "../../playground/controller/generations";

/** The controllers of the stack file, each with its generation of the plugin. */
const fleet: Record<string, Generation> = {
    oldest: generationOf(oldest),
    middle: generationOf(inBetween),
    newest: generationOf(newest),
};
const regions = ["eu-central-1", "eu-west-1"];
const windowsPassword = "a password of the agents' administrator";

// It needs three controllers of known generations.
describe.skipIf(externalController())("a fleet: 3 controllers, 3 clouds, 2 regions, 20 templates", () => {
    let world: TestWorld;
    let stack: PulumiStack;
    let account: Account;
    let file: string;
    let settings: StackSettings;
    let outputs: StackOutputs;
    let printed = "";

    const ec2In = (region: string) => world.ec2As({ region });
    const contentsOf = (id: string) => readController(world.world.controllers.find((one) => one.id === id)!);
    const liveCloud = ({ clouds }: ControllerContents, controller: string, cloud: CloudSettings) =>
        clouds.find(({ name }) => name === fleet[controller]!.nameOf(cloud.name));
    const payloadOf = async (cloud: CloudSettings, controller: string) =>
        cloudPayload(
            cloud,
            await referencesFromAws(ec2In(cloud.region), settings, cloud, controller, account, outputs),
        );
    /** Every push of the stack. */
    const pushes = () =>
        Object.values(settings.clouds).flatMap((cloud) =>
            cloud.controllers.map((controller) => ({ cloud, controller })),
        );

    beforeAll(async () => {
        world = await startTestWorld(
            Object.fromEntries(Object.entries(fleet).map(([id, { version }]) => [id, { plugin: version }])),
        );
        account = await furnish(world.ec2, world.iam);
        file = fleetFile(account);
        settings = settingsOf(file, "fleet");
        for (const { id, url } of world.world.controllers) settings.controllers[id]!.url = url;
        const configFile = join(world.world.directory, "fleet.yaml");
        writeFileSync(configFile, file);
        stack = await openStack(world.world, world.parts.engine, { stack: "fleet", configFile });
        await configureControllers(stack, world.world.controllers);
        await stack.configure("jenkins-ec2-agents:secrets.windowsPasswords.builder", windowsPassword, { secret: true });
        for (const controller of world.world.controllers) await addForeignCloud(controller);
    });
    afterAll(() => world?.stop());

    test("the stack file has 20 templates, which use every setting of a template", () => {
        const { clouds, templateSets } = rawSettings(file);
        const written = (Object.values(clouds) as any[]).flatMap(({ templates }) => Object.values(templates));
        expect(written).toHaveLength(20);
        const layers = [
            ...(Object.values(clouds) as any[]).map(({ defaults }) => defaults),
            ...Object.values(templateSets),
        ];
        // A variant has a template's own settings once more.
        const notSaid = unused(template, [...written, ...layers]).filter((path) => !path.startsWith("variants.ID."));
        expect(notSaid).toEqual([]);
    });

    test("up makes all of it", async () => {
        const up = await stack.up();
        printed += up.stdout + up.stderr;
        outputs = (await stack.outputs({ showSecrets: true })) as unknown as StackOutputs;
        expect(up.stdout).toContain("controller  cloud");
        expect(up.stdout.match(/in place +\d+ templates?/g)).toHaveLength(6);
    });

    test("every controller has each of its clouds, and passed its Test Connection", async () => {
        for (const { cloud, controller } of pushes()) {
            expect(outputs.controllers[controller]!.clouds[cloud.id]).toMatchObject({
                cloud: cloud.name,
                plugin: fleet[controller]!.version,
                connection: "Success",
                templates: Object.values(cloud.templates).map(({ description }) => description),
            });
        }
        for (const id of Object.keys(fleet)) {
            const { clouds } = await contentsOf(id);
            const expected = pushes().filter(({ controller }) => controller === id);
            expect(clouds.map(({ name }) => name).sort()).toEqual(
                ["by-hand", ...expected.map(({ cloud }) => cloud.name)].map(fleet[id]!.nameOf).sort(),
            );
        }
    });

    test("every parameter of every cloud is on the controller as the payload says, but for those that its plugin lacks", async () => {
        for (const { cloud, controller } of pushes()) {
            const { parameters } = await payloadOf(cloud, controller);
            const expected = expectedParameters(parameters, fleet[controller]!);
            const live = liveCloud(await contentsOf(controller), controller, cloud)!;
            expect(actualParameters(live.parameters, expected), `${cloud.id} on ${controller}`).toEqual(expected);
        }
    });

    test("so is every parameter of every template, in order", async () => {
        let compared = 0;
        for (const { cloud, controller } of pushes()) {
            const { templates } = await payloadOf(cloud, controller);
            const live = liveCloud(await contentsOf(controller), controller, cloud)!.parameters.templates;
            expect(live.map(({ description }) => description)).toEqual(
                templates.map(({ parameters }) => parameters.description),
            );
            for (const [index, { id, parameters }] of templates.entries()) {
                const expected = expectedParameters(parameters, fleet[controller]!);
                const where = `${cloud.id}/${id} on ${controller}`;
                expect(actualParameters(live[index]!, expected), where).toEqual(expected);
                compared += Object.keys(expected).length;
            }
        }
        // 16 templates on three controllers, 3 on two, 4 on one: of 45 parameters each at the least.
        expect(compared).toBeGreaterThan((16 * 3 + 3 * 2 + 4) * 45);
    });

    test("a few of them in the plugin's own words", async () => {
        const { templates } = liveCloud(await contentsOf("newest"), "newest", settings.clouds.common!)!.parameters;
        const find = (description: string) => templates.find((one) => one.description === description);
        expect(find("disks")).toMatchObject({
            customDeviceMapping: `/dev/xvda=:200:true:gp3:6000::500,/dev/sdf=${account.snapshot}::false:::encrypted`,
            ebsEncryptRootVolume: "ENCRYPTED",
            mode: "EXCLUSIVE",
            useEphemeralDevices: false,
        });
        expect(find("hardened")).toMatchObject({ customDeviceMapping: "", useEphemeralDevices: true });
        expect(find("stopping")).toMatchObject({ idleTerminationMinutes: "-5", stopOnTerminate: true });
        expect(find("spot-price")).toMatchObject({ spotConfig: { useBidPrice: true, spotMaxBidPrice: "0.08" } });
        expect(find("windows")).toMatchObject({
            remoteAdmin: "Administrator",
            amiType: { kind: "WindowsData", password: "[secret]", specifyPassword: true, useHTTPS: true },
        });
        expect(find("found-at-launch")).toMatchObject({
            amiOwners: "amazon 137112412989",
            amiFilters: [
                { name: "architecture", values: "x86_64" },
                { name: "name", values: "amzn-ami-hvm-* al2022-ami-*" },
            ],
        });
        expect(templates.filter(({ labelString }) => labelString === "typed").map(({ type }) => type)).toEqual([
            "m5.large",
            "m5a.large",
            "m4.large",
        ]);
        expect(find("networked")!.securityGroups).toBe(
            `${outputs.clouds.common!.securityGroupId},${account.securityGroup}`,
        );
    });

    test("the Windows password is the secret of the settings", async () => {
        for (const controller of world.world.controllers) {
            const name = fleet[controller.id]!.nameOf("common");
            const found = await runScript(
                controller,
                `print jenkins.model.Jenkins.get().clouds.find { it.name == '${name}' }.templates.find { it.description == 'windows' }.amiType.password.plainText; null`,
            );
            expect(found.trim() === windowsPassword, `the password on ${controller.id} is the one that was set`).toBe(
                true,
            );
        }
    });

    test("the images are what AWS has under these names, in the cloud's region", async () => {
        for (const [key, { ami }] of Object.entries(outputs.images)) {
            const { region } = settings.clouds[key.split("/")[0]!]!;
            const { Images } = await ec2In(region).send(new DescribeImagesCommand({ ImageIds: [ami] }));
            expect(Images, `${key}: ${ami} in ${region}`).toHaveLength(1);
            if (key.endsWith("windows")) expect(Images![0]!.Name).toMatch(/^Windows_Server-2016-English-Full-Base-/);
            if (key.endsWith("linux")) expect(Images![0]!.Name).toMatch(/^al2023-/);
        }
        expect(outputs.images).not.toHaveProperty("common/found-at-launch");
    });

    test("each region has the key pair, and each cloud's group lets its controllers in on the ports of its templates", async () => {
        for (const region of regions) {
            const { KeyPairs = [] } = await ec2In(region).send(new DescribeKeyPairsCommand({}));
            expect(KeyPairs.map(({ KeyName }) => KeyName)).toEqual(["jenkins-aws-fleet"]);
        }
        expect(await openings(ec2In("eu-central-1"), outputs.clouds.common!.securityGroupId)).toEqual(
            [22, 445, 2222, 5986].flatMap((port) =>
                ["10.20.0.0/24", "10.20.1.5/32", "10.20.1.6/32", "10.20.1.7/32"].map((range) => `${port} ${range}`),
            ),
        );
        expect(await openings(ec2In("eu-west-1"), outputs.clouds.west!.securityGroupId)).toEqual(
            [22, 445, 5986].flatMap((port) =>
                ["10.20.0.0/24", "10.20.1.6/32", "10.20.1.7/32"].map((range) => `${port} ${range}`),
            ),
        );
        expect(await openings(ec2In("eu-central-1"), outputs.clouds.latest!.securityGroupId)).toEqual([
            "22 10.20.0.0/24",
            "22 10.20.1.7/32",
        ]);
    });

    test("a user for each controller is in the one group, whose policy is what the templates need", async () => {
        const { Users = [] } = await world.iam.send(new GetGroupCommand({ GroupName: "jenkins-aws-fleet" }));
        expect(Users.map(({ UserName, Path }) => `${Path}${UserName}`).sort()).toEqual(
            ["middle", "newest", "oldest"].map((id) => `/ci/jenkins-aws-fleet-${id}`),
        );
        const { AttachedPolicies = [] } = await world.iam.send(
            new ListAttachedGroupPoliciesCommand({ GroupName: "jenkins-aws-fleet" }),
        );
        const PolicyArn = AttachedPolicies[0]!.PolicyArn!;
        expect(PolicyArn).toBe(outputs.policyArn);
        const { Policy } = await world.iam.send(new GetPolicyCommand({ PolicyArn }));
        expect(Policy!.Tags).toContainEqual({ Key: "cost-centre", Value: "4711" });
        expect(await readPolicy(world.iam, PolicyArn)).toEqual(
            scopedPolicy(policyNeeds(settings, "aws", [account.roleArn])),
        );
    });

    test("no secret is in what was printed, in the outputs shown, or unencrypted in the state", async () => {
        const secrets = [...(await secretsOf(stack, world.world)), windowsPassword];
        expect(secrets).toHaveLength(3 + 3 + 2 + 1);
        withoutAny(secrets, "the output of up", printed);
        withoutAny(secrets, "the outputs", JSON.stringify(await stack.outputs()));
        withoutAny(secrets, "the state", await stack.exportState());
    });

    test("up again does nothing: no step, no write in Jenkins", async () => {
        const before = await Promise.all(Object.keys(fleet).map(contentsOf));
        const up = await stack.up();
        printed += up.stdout + up.stderr;
        expect(up.stdout).toMatch(/Resources:\n\s+\d+ unchanged\n/);
        const after = await Promise.all(Object.keys(fleet).map(contentsOf));
        expect(after.map(({ configuration }) => configuration)).toEqual(
            before.map(({ configuration }) => configuration),
        );
    });

    test("settings that most templates have gone from are refused in preview and up, before anything is touched", async () => {
        const { configFile } = stack.options;
        const whole = readFileSync(configFile, "utf8");
        const emptied = parse(whole);
        const clouds: { templates: object; hotSpares?: object }[] = Object.values(
            emptied.config["jenkins-ec2-agents:clouds"],
        );
        for (const cloud of clouds) {
            cloud.templates = Object.fromEntries(Object.entries(cloud.templates).slice(0, 1));
            delete cloud.hotSpares; // their labels are of templates that are gone
        }
        const before = await Promise.all(Object.keys(fleet).map(contentsOf));
        writeFileSync(configFile, stringify(emptied));
        try {
            for (const attempt of [await stack.preview({ accept: "any" }), await stack.up({ accept: "any" })]) {
                expect(attempt.code).not.toBe(0);
                expect(attempt.stdout + attempt.stderr).toMatch(
                    /safety\.allow\.templates\n.*of \d+ templates would be removed/,
                );
            }
            const after = await Promise.all(Object.keys(fleet).map(contentsOf));
            expect(after.map(({ configuration }) => configuration)).toEqual(
                before.map(({ configuration }) => configuration),
            );
        } finally {
            writeFileSync(configFile, whole);
        }
        expect((await stack.up()).stdout).toMatch(/Resources:\n\s+\d+ unchanged\n/);
    });

    test("destroy leaves nothing of ours on any side, and everything of others", async () => {
        await stack.destroy();
        for (const id of Object.keys(fleet)) {
            const { clouds, credentials } = await contentsOf(id);
            expect(clouds.map(({ name }) => name)).toEqual([fleet[id]!.nameOf("by-hand")]);
            expect(credentials.map(({ id }) => id)).toEqual(["by-hand"]);
        }
        for (const region of regions) {
            expect((await ec2In(region).send(new DescribeKeyPairsCommand({}))).KeyPairs).toEqual([]);
            const { SecurityGroups = [] } = await ec2In(region).send(new DescribeSecurityGroupsCommand({}));
            expect(SecurityGroups.map(({ GroupName }) => GroupName).sort()).toEqual(
                region === "eu-central-1" ? ["by-hand", "default"] : ["default"],
            );
        }
        expect((await world.iam.send(new ListPoliciesCommand({ Scope: "Local" }))).Policies).toEqual([]);
        const { Users = [] } = await world.iam.send(new ListUsersCommand({}));
        expect(Users.map(({ UserName }) => UserName)).toEqual(["playground-administrator"]);
    });
});
