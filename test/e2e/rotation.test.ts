import { mkdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { DescribeKeyPairsCommand } from "@aws-sdk/client-ec2";
import { ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StackOutputs } from "../../component/outputs";
import { fleetFile } from "../../cli/export/fleetFile";
import { liveClouds } from "../../cli/export/liveClouds";
import { mapValues } from "../../settings/collections";
import { startController, stopController } from "../../playground/controller/controller";
import { PulumiStack } from "../../playground/stack";
import {
    configureControllers,
    externalController,
    openStack,
    projectFolder,
    type Controller,
} from "../../playground/world";
import { hits, type Secrets } from "../secrets/search";
import { jenkins } from "./support/command";
import { readAccessKeyId } from "../../playground/testing/controller";
import { filesIn, watchExposure, type Exposure } from "./support/exposure";
import { administratorsSession } from "./support/session";
import { startTestWorld, type TestWorld } from "../../playground/testing/test-world";
import { inBetween, newest } from "../../playground/controller/generations";

/** Recognisable, where a person or a CI sets them. */
const planted = {
    vault: "'pl4nted vault/9+8=='",
    "Windows password": `Pl4nted "Windows" <pass> & 'word'/+=`,
    "client key": readFileSync(join(projectFolder, "test/push/certificates/client.key.pem"), "utf8"),
    "environment variable": "pl4nted-npm-token/9+8==",
    "proxy's password": "pl4nted-proxy-password",
};
/** What a push has of the environment of whoever ran pulumi. */
const inherited = ["deployer's session", "deployer's key", "proxy's password", "passphrase"];

type AccessKeys = StackOutputs["accessKeys"];

const plugins: Record<string, string> = { "team-a": newest, "team-b": inBetween };
const teams = Object.keys(plugins);

// A real controller is not stopped and started at will.
describe.skipIf(externalController())("access.accessKeySerial raised: the access keys of two controllers", () => {
    let world: TestWorld;
    let stack: PulumiStack;
    let original: AccessKeys;
    let rotated: AccessKeys;
    let exposure: Exposure;
    let temporary: string;
    /** Every secret that there was, with those that rotations made. */
    const secrets: Secrets = { ...planted };
    const eventLog = () => join(world.world.directory, "events.json");
    const secretsNow = async (): Promise<Secrets> => {
        const { accessKeys: keys, privateKeys } = (await stack.outputs({
            showSecrets: true,
        })) as unknown as StackOutputs;
        const { passphrase, controllers } = world.world;
        const { AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = stack.options.environment;
        return {
            passphrase,
            "deployer's key": AWS_SECRET_ACCESS_KEY!,
            "deployer's session": AWS_SESSION_TOKEN!,
            ...Object.fromEntries(controllers.map(({ id, token }) => [`token of ${id}`, token])),
            ...Object.fromEntries(
                Object.values(keys).map((key) => [`access key ${key.accessKeyId}`, key.secretAccessKey]),
            ),
            ...Object.fromEntries(
                Object.entries(privateKeys).map(([region, key]) => [`private key in ${region}`, key]),
            ),
        };
    };

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
        Object.assign(secrets, await secretsNow());
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
        const setSecret = (path: string, value: string) =>
            stack.configure(`jenkins-ec2-agents:secrets.${path}`, value, { secret: true });
        await setSecret("variables.vault", planted.vault);
        const environment = "jenkins-ec2-agents:templateSets.registry.environment.NPM_TOKEN";
        await stack.configure(environment, planted["environment variable"], { secret: true });
        await setSecret("windowsPasswords.builder", planted["Windows password"]);
        await setSecret("clientKeys.team-a", planted["client key"]);
        Object.assign(stack.options.environment, {
            ...(await administratorsSession(world.world.emulator, world.iam)),
            HTTPS_PROXY: `http://me:${planted["proxy's password"]}@127.0.0.1:9`, // for https, which nothing here speaks
        });
        temporary = join(world.world.directory, "temporary");
        mkdirSync(temporary);
        exposure = watchExposure(stack, temporary, eventLog());
        await stack.up();
        original = await settled();
    });
    afterAll(async () => {
        exposure?.stop();
        await world?.stop();
    });

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
        "one controller is down, up $case: it fails, the old key of the one that is down stays and works, and the next up completes",
        async ({ serial, flags }) => {
            const before = await accessKeys();
            await stop("team-b");
            await raiseTo(serial);
            const up = await stack.up({ accept: "any", flags });
            expect(up.code).not.toBe(0);
            expect(up.stdout + up.stderr).toContain("controller team-b");

            // Of a controller whose push succeeded, the engine (3.276.0) deletes the old key with --continue-on-error.
            const kept = flags.includes("--continue-on-error") ? ["team-b"] : teams;
            for (const team of kept) {
                expect(await works(before[team]!)).toBe(true);
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

    test("on the controllers, secrets are encrypted but for what Jenkins itself keeps in plain text", async () => {
        Object.assign(secrets, await secretsNow());
        const ofUserData = { secret: "vault", place: "config.xml", form: "HTML" };
        const ofEnvironment = { secret: "environment variable", place: "config.xml", form: "clear" };
        for (const { home } of world.world.standIns) {
            const files = Object.entries(filesIn(home)).filter(([path]) => !path.endsWith("playground-access.json"));
            const found = hits(
                secrets,
                Object.fromEntries(files.map(([path, content]) => [relative(home, path), content])),
            );
            expect(found).toEqual([ofUserData, ofEnvironment]);
        }
    });

    test("the commands show none, with --json either", async () => {
        const [{ url, user, token }] = world.world.controllers as [Controller];
        const flags = ["--", "--stack", "rotation", "--config-file", stack.options.configFile];
        const answers = {
            plan: await jenkins(["plan", "--json", ...flags], stack),
            advise: await jenkins(["advise", "--json", ...flags], stack),
            preview: await stack.preview({ flags: ["--json"] }),
            history: await stack.run(["stack", "history", "--json", "--stack", "rotation"]),
        };
        for (const { stdout, stderr } of Object.values(answers)) expect(stdout, stderr).not.toBe("");
        expect(
            hits(
                secrets,
                mapValues(answers, ({ stdout, stderr }) => stdout + stderr),
            ),
        ).toEqual([]);
        // The command itself leaves a stack's clouds out.
        const timeouts = { connectSeconds: 10, answerSeconds: 60, totalSeconds: 120 };
        const { clouds } = await liveClouds({ id: "team-a", url, user, token, timeouts }, "", () => undefined);
        const { yaml, texts } = fleetFile({ path: "fleet.yaml", clouds, controllers: { "team-a": { url, user } } });
        expect(hits(secrets, { exported: yaml, ...texts })).toEqual([
            { secret: "vault", place: "exported", form: "clear" },
        ]);
    });

    test("the engine's own log has keys and passwords of AWS' side in clear: docs/reliability.md says so", async () => {
        const logs = join(world.world.directory, "logs");
        mkdirSync(logs);
        const environment = { ...stack.options.environment, TMPDIR: logs };
        await new PulumiStack({ ...stack.options, environment }).preview({ flags: ["-v=9"] });
        const found = new Set(hits(secrets, filesIn(logs)).map(({ secret }) => secret));
        // Since 3.276.0 not what only a command gets: tokens, variables.
        expect(found).toContain("Windows password");
        expect([...found].filter((secret) => secret.startsWith("access key"))).not.toEqual([]);
        expect([...found].filter((secret) => secret.startsWith("private key"))).not.toEqual([]);
        for (const team of teams) expect(found).not.toContain(`token of ${team}`);
        for (const secret of inherited) expect(found).not.toContain(secret);
    });

    test("destroy removes the users with their keys", async () => {
        await stack.destroy();
        await expect(idsInAws("team-a")).rejects.toThrow(/jenkins-aws-team-a/);
    });

    test("through all of this no secret was where others may see it", () => {
        exposure.stop();
        const { directory, standIns } = world.world;
        const state = filesIn(join(directory, "state"));
        expect(Object.keys(state).filter((path) => path.includes("/history/")).length).toBeGreaterThan(4);
        const temporaryFiles = [...exposure.temporary].map(([path, { content }]): [string, string] => [path, content]);
        expect(exposure.commandLines.size).toBeGreaterThan(10);
        expect(exposure.environments.size).toBeGreaterThan(0);
        expect(
            hits(secrets, {
                ...state,
                ...exposure.printed,
                ...Object.fromEntries(temporaryFiles),
                ...filesIn(join(projectFolder, ".bundle")),
                ...Object.fromEntries(standIns.map(({ home }) => [home, readFileSync(join(home, "controller.log"))])),
                "the emulator's log": readFileSync(join(directory, "aws.log")),
                "event log": readFileSync(eventLog()),
                "command lines": [...exposure.commandLines].join("\n"),
            }),
        ).toEqual([]);
        // The push has the environment of whoever ran pulumi, which its user and root may read; the stack's secrets are not in it.
        const found = hits(secrets, { environment: [...exposure.environments].join("\n") });
        expect([...new Set(found.map(({ secret }) => secret))].sort()).toEqual(inherited.sort());
    });
});
