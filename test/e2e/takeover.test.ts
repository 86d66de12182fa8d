import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { DescribeKeyPairsCommand } from "@aws-sdk/client-ec2";
import { ListAccessKeysCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { StackOutputs } from "../../component/outputs";
import { controllerState, scheduleBuild } from "../../playground/controller/controller";
import type { PulumiStack } from "../../playground/stack";
import { externalController, openStack, projectFolder } from "../../playground/world";
import { makeByHand, type MadeByHand } from "./support/by-hand";
import { jenkins } from "./support/command";
import { readController, runScript } from "../../playground/testing/controller";
import { withoutAny } from "./support/secrets";
import { startTestWorld, type TestWorld } from "../../playground/testing/test-world";
import { waitFor } from "./support/wait";
import { newest } from "../../playground/controller/generations";

// Starts an agent, and wants a controller whose whole set-up is known.
describe.skipIf(externalController())("a cloud made by hand moves to the program", () => {
    let world: TestWorld;
    let stack: PulumiStack;
    let byHand: MadeByHand;
    let fleetFile: string;
    let original: Awaited<ReturnType<typeof held>>;
    let running: { name: string; instanceId: string | null };
    const controller = () => world.world.controllers[0]!;
    const standIn = () => world.world.standIns[0]!;
    const key = (path: string) => `jenkins-ec2-agents:${path}`;
    const held = async () => {
        const { clouds, credentials } = await readController(controller());
        return { clouds, credentials };
    };
    const exportSettings = () => {
        const { url, user, token } = controller();
        return jenkins(["export", "--controller", "hand", "--output", fleetFile], undefined, {
            JENKINS_URL: url,
            JENKINS_USER: user,
            JENKINS_TOKEN: token,
        });
    };
    const adopt = (value: boolean) => {
        const file = join(projectFolder, fleetFile);
        writeFileSync(file, readFileSync(file, "utf8").replace(/adopt: \w+/, `adopt: ${value}`));
    };
    /** The cloud's parameters that are not as they were made by hand: old and new. */
    const changed = async () => {
        const [before, after] = [original.clouds[0]!.parameters, (await held()).clouds[0]!.parameters];
        return {
            cloud: different({ ...before, templates: [] }, { ...after, templates: [] }),
            templates: before.templates.map((template, number) => different(template, after.templates[number]!)),
        };
    };

    beforeAll(async () => {
        world = await startTestWorld({ hand: { plugin: newest } });
        fleetFile = relative(projectFolder, join(world.world.directory, "fleets", "hand.yaml"));
        byHand = await makeByHand(world, controller());
        await scheduleBuild(standIn(), { label: "docker", seconds: 3600 });
        await waitFor(
            "the build to run",
            async () => (await controllerState(standIn())).builds[0]!.state === "RUNNING",
        );
        running = (await controllerState(standIn())).agents[0]!;
        original = await held();
    });
    afterAll(() => world?.stop());

    test("export writes it as a fleet file, without secrets, and says what to do next", async () => {
        const { code, stdout, stderr } = await exportSettings();
        expect(code, stderr).toBe(0);
        const exported = readFileSync(join(projectFolder, fleetFile), "utf8");
        const { url, user, token } = controller();
        const { controllers, clouds, silence } = parse(exported) as Record<string, any>;
        expect(controllers).toEqual({ hand: { url, user } });
        const { fleet } = clouds;
        // Nobody gave a launch timeout by hand.
        expect(silence).toEqual(["never-times-out"]);
        expect(stderr).toContain("never-times-out is silenced, as the fleet has it today");
        expect(fleet).toMatchObject({ controllers: ["hand"], cap: 20, adopt: true });
        expect(Object.keys(fleet.templates)).toEqual(["linux", "large-ones"]);
        expect(fleet.templates.linux).toMatchObject({ labels: ["linux", "docker"], tags: { team: "builds" } });
        expect(stdout).toContain(`pulumi config set jenkins-ec2-agents:fleet ${fleetFile}`);
        expect(stdout).toContain("secrets.tokens.hand");
        withoutAny([...byHand.secrets, token], "the export", exported + stdout + stderr);
    });

    test("export overwrites nothing", async () => {
        const { code, stderr } = await exportSettings();
        expect(stderr).toContain(`There is already ${fleetFile}`);
        expect(code).toBe(1);
    });

    test("export says at once all that it needs from the environment", async () => {
        const { code, stderr } = await jenkins(["export"], undefined, {
            JENKINS_URL: "",
            JENKINS_USER: "",
            JENKINS_TOKEN: "",
        });
        expect(stderr).toContain("JENKINS_URL, JENKINS_USER and JENKINS_TOKEN");
        expect(code).toBe(1);
    });

    test("without adopt the up is refused, says what taking over would change, and touches nothing", async () => {
        const configFile = join(world.world.directory, "exported.yaml");
        const config = {
            "aws:region": "eu-central-1",
            [key("fleet")]: fleetFile,
        };
        writeFileSync(configFile, stringify({ config }));
        stack = await openStack(world.world, world.parts.engine, { stack: "adopted", configFile });
        await stack.configure(key("secrets.tokens.hand"), controller().token, { secret: true });
        adopt(false);
        const up = await stack.up({ accept: "any" });
        expect(up.code).not.toBe(0);
        const output = up.stdout + up.stderr;
        expect(output).toContain('cloud "fleet" exists and was not made by this stack');
        expect(output).toContain('its credentials are "jenkins-key", "jenkins-ssh"');
        expect(output).toContain("clouds.fleet.adopt");
        expect(output).toMatch(/Taking over would change: .*credential fleet-aws.*cloud credentialsId/);
        expect(output).toContain("Set adopt: true for this cloud to take it over, or choose another name");
        expect(await held()).toEqual(original);
    });

    test("with adopt, as exported: preview shows the difference and that it is somebody else's, and changes nothing", async () => {
        adopt(true);
        const { stdout } = await stack.preview();
        expect(stdout).toContain("~ fleet.credentialsId: jenkins-key -> fleet-aws");
        expect(stdout).toContain('! cloud "fleet" exists and was not made by this stack');
        expect(await held()).toEqual(original);
    });

    test("up takes it over: only the identity and the mark of the controller are new", async () => {
        const { stdout } = await stack.up();
        expect(stdout).toContain("~ fleet.credentialsId: jenkins-key -> fleet-aws");
        const { cloud, templates } = await changed();
        expect(cloud).toEqual({
            credentialsId: ["jenkins-key", "fleet-aws"],
            sshKeysCredentialsId: ["jenkins-ssh", "fleet-ssh"],
        });
        for (const template of templates) {
            expect(Object.keys(template)).toEqual(["tags"]);
        }
    });

    test("the agent that was running, and its build, are the same", async () => {
        const { agents, builds } = await controllerState(standIn());
        expect(agents).toMatchObject([{ ...running, online: true, busy: 1 }]);
        expect(builds).toMatchObject([{ state: "RUNNING", agent: running.name }]);
    });

    test("the next up does nothing", async () => {
        const { stdout } = await stack.up();
        expect(stdout).toMatch(/Resources:\n\s+\d+ unchanged\n/);
    });

    test("what was made by hand and is not needed any more is left: credentials, user and key", async () => {
        const { credentials } = await held();
        expect(credentials.map(({ id }) => id)).toEqual(["jenkins-key", "jenkins-ssh", "fleet-aws", "fleet-ssh"]);
        const { AccessKeyMetadata = [] } = await world.iam.send(new ListAccessKeysCommand({ UserName: byHand.user }));
        expect(AccessKeyMetadata.map(({ AccessKeyId }) => AccessKeyId)).toEqual([byHand.accessKeyId]);
    });

    test("leaving: without its state the stack forgets the cloud, and Jenkins keeps it", async () => {
        const adopted = await held();
        const { deployment } = JSON.parse(await stack.exportState()) as {
            deployment: { resources: { urn: string; type: string }[] };
        };
        const command = deployment.resources.find(({ type }) => type === "command:local:Command")!;
        await stack.run(["state", "delete", command.urn, "--yes", "--stack", "adopted"]);
        expect(await held()).toEqual(adopted);
        const { agents } = await controllerState(standIn());
        expect(agents).toMatchObject([{ ...running, online: true }]);
        // Back again: the cloud is known by its mark.
        expect((await stack.up()).stdout).toMatch(/\+ 1 created/);
        expect(await held()).toEqual(adopted);
    });

    test("named by their ids, the credentials made by hand come back; what the stack made in their place goes, in AWS too", async () => {
        const file = join(projectFolder, fleetFile);
        const settings = parse(readFileSync(file, "utf8")) as Record<string, any>;
        settings.clouds.fleet.identity = { credentialsId: "jenkins-key" };
        settings.clouds.fleet.keyPair = { credentialsId: "jenkins-ssh" };
        writeFileSync(file, stringify(settings));
        const { stdout } = await stack.up();
        expect(stdout).toContain("~ fleet.identity.credentialsId: fleet-aws -> jenkins-key");
        expect((await changed()).cloud).toEqual({});
        const { credentials } = await held();
        expect(credentials.filter(({ id }) => id !== "fleet-mark")).toEqual(original.credentials);
        expect(credentials.map(({ id }) => id)).toContain("fleet-mark");
        const { Users = [] } = await world.iam.send(new ListUsersCommand({}));
        const agentsUsers = Users.map(({ UserName }) => UserName!).filter((name) => name.startsWith("jenkins-"));
        expect(agentsUsers).toEqual([byHand.user]);
        const { KeyPairs = [] } = await world.ec2.send(new DescribeKeyPairsCommand({}));
        expect(KeyPairs.map(({ KeyName }) => KeyName)).toEqual(["by-hand"]);
        const { controllers } = (await stack.outputs()) as unknown as StackOutputs;
        expect(controllers.hand!.clouds.fleet!.connection).toBe("Success");
        expect((await stack.up()).stdout).toMatch(/Resources:\n\s+\d+ unchanged\n/);
    });

    test("destroy takes what the program made, known by its mark, and leaves the credentials made by hand", async () => {
        await runScript(controller(), "jenkins.model.Jenkins.get().queue.builds().each { it.@endsAtMillis = 1 }; null");
        await waitFor("the build to end", async () => (await controllerState(standIn())).builds[0]!.state === "DONE");
        await stack.destroy();
        const { clouds, credentials } = await held();
        expect(clouds).toEqual([]);
        expect(credentials.map(({ id }) => id)).toEqual(["jenkins-key", "jenkins-ssh"]);
        expect((await controllerState(standIn())).agents).toEqual([]);
    });
});

/** The keys whose values differ, each with both. Null, an empty text and an empty list are one for the plugin. */
function different(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown[]> {
    const text = (value: unknown) => JSON.stringify(value ?? "").replace(/^\[\]$/, '""');
    return Object.fromEntries(
        Object.keys({ ...before, ...after })
            .filter((name) => text(before[name]) !== text(after[name]))
            .map((name) => [name, [before[name], after[name]]]),
    );
}
