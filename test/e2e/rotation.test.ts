import { join } from "node:path";
import { DescribeKeyPairsCommand } from "@aws-sdk/client-ec2";
import { ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StackOutputs } from "../../outputs";
import { startController, stopController } from "../../playground/controller/controller";
import type { PulumiStack } from "../../playground/stack";
import { configureControllers, externalController, openStack } from "../../playground/world";
import { readAccessKeyId } from "./support/controller";
import { startTestWorld, type TestWorld } from "./support/test-world";

type AccessKeys = StackOutputs["accessKeys"];

const plugins: Record<string, string> = { "team-a": "2059.v05f9d511d7e5", "team-b": "1822.v87175d209b_b_5" };
const teams = Object.keys(plugins);

// A real controller is not stopped and started at will.
describe.skipIf(externalController())("access.accessKeySerial raised: the access keys of two controllers", () => {
    let world: TestWorld;
    let stack: PulumiStack;
    let original: AccessKeys;
    let rotated: AccessKeys;

    const accessKeys = async () => ((await stack.outputs({ showSecrets: true })) as unknown as StackOutputs).accessKeys;
    const raiseTo = (serial: number) => stack.configure("jenkins-ec2-agents:access.accessKeySerial", String(serial));
    const standIn = (team: string) => world.world.standIns[teams.indexOf(team)]!;
    const idsInAws = async (team: string) => {
        const UserName = `jenkins-aws-${team}`;
        const { AccessKeyMetadata = [] } = await world.iam.send(new ListAccessKeysCommand({ UserName }));
        return AccessKeyMetadata.map(({ AccessKeyId }) => AccessKeyId!).sort();
    };
    /** The key that a controller has in its credential. */
    const idInJenkins = (team: string) => readAccessKeyId(world.world.controllers[teams.indexOf(team)]!, "agents-aws");
    /** Whether EC2 takes the key. */
    const works = (key: AccessKeys[string]) =>
        world
            .ec2As(key)
            .send(new DescribeKeyPairsCommand({}))
            .then(
                () => true,
                (error: Error) => error.name,
            );
    const stop = (team: string) => stopController(standIn(team));
    const startAgain = async (team: string) => {
        const { home, url } = standIn(team);
        const again = await startController({
            name: team,
            home,
            plugin: plugins[team],
            awsEndpoint: world.world.emulator.endpoint,
        });
        expect(again.url).toBe(url);
        world.world.standIns[teams.indexOf(team)] = again;
    };
    /** Both controllers have the key that is in the outputs, have tested it, and AWS has no other. */
    const settled = async () => {
        const keys = await accessKeys();
        const { controllers } = (await stack.outputs()) as unknown as StackOutputs;
        for (const team of teams) {
            expect(await idInJenkins(team)).toBe(keys[team]!.accessKeyId);
            expect(await idsInAws(team)).toEqual([keys[team]!.accessKeyId]);
            expect(await works(keys[team]!)).toBe(true);
            expect(controllers[team]!.clouds.agents!.connection).toBe("Success");
        }
        return keys;
    };

    beforeAll(async () => {
        world = await startTestWorld(
            Object.fromEntries(Object.entries(plugins).map(([team, plugin]) => [team, { plugin }])),
        );
        stack = await openStack(world.world, world.parts.engine, {
            stack: "rotation",
            configFile: join(__dirname, "stacks", "rotation.yaml"),
        });
        await configureControllers(stack, world.world.controllers);
        await stack.up();
        original = await settled();
    });
    afterAll(() => world?.stop());

    test("every controller gets a new key and passes Test Connection with it; then the old keys are gone", async () => {
        await raiseTo(2);
        const up = await stack.up();
        expect(up.stdout).toMatch(/\+ 2 created\n\s+~ 2 updated\n\s+- 2 deleted/);
        rotated = await settled();
        for (const team of teams) {
            expect(rotated[team]!.accessKeyId).not.toBe(original[team]!.accessKeyId);
            expect(await works(original[team]!)).toBe("AuthFailure");
        }
    });

    test.each([
        { case: "as it is", serial: 3, flags: [] },
        { case: "with --continue-on-error", serial: 4, flags: ["--continue-on-error"] },
    ])(
        "one controller is down, up $case: it fails, the old keys stay and work, and the next up completes",
        async ({ serial, flags }) => {
            const before = await accessKeys();
            await stop("team-b");
            await raiseTo(serial);
            const up = await stack.up({ accept: "any", flags });
            expect(up.code).not.toBe(0);
            expect(up.stdout + up.stderr).toContain("controller team-b");

            for (const team of teams) {
                expect(await works(before[team]!)).toBe(true);
                // Whichever of the two a controller has by now, AWS has it.
                expect(await idsInAws(team)).toContain(before[team]!.accessKeyId);
            }
            expect(await idsInAws("team-a")).toContain(await idInJenkins("team-a"));
            if (flags.includes("--continue-on-error")) {
                expect(await idInJenkins("team-a")).not.toBe(before["team-a"]!.accessKeyId);
            }

            await startAgain("team-b");
            expect(await idInJenkins("team-b")).toBe(before["team-b"]!.accessKeyId);
            await stack.up();
            const after = await settled();
            for (const team of teams) {
                expect(after[team]!.accessKeyId).not.toBe(before[team]!.accessKeyId);
                expect(await works(before[team]!)).toBe("AuthFailure");
            }
        },
    );

    test("destroy removes the users with their keys", async () => {
        await stack.destroy();
        await expect(idsInAws("team-a")).rejects.toThrow(/jenkins-aws-team-a/);
    });
});
