import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addFault, clearFaults, controllerState } from "../../playground/controller/controller";
import type { PulumiStack } from "../../playground/stack";
import { configureControllers, externalController, openStack, projectFolder } from "../../playground/world";
import { addForeignCloud, readController, runScript } from "../../playground/testing/controller";
import { editCloud, type Edit } from "./support/edit";
import { startTestWorld, type TestWorld } from "../../playground/testing/test-world";
import { newest, oldest } from "../../playground/controller/generations";

const generations = externalController() ? ["as installed"] : [oldest, newest];

const values: Edit = {
    parameters: { instanceCapStr: "99" },
    templates: { linux: { labelString: "linux docker edited-by-hand", initScript: "#!/bin/sh\necho by-hand\n" } },
    without: ["linux-spot"],
};
const valuesShown = [
    "~ agents.cap: 99 -> 10",
    "~ linux.labels: linux docker edited-by-hand -> linux docker",
    "~ linux.initScript",
    "-echo by-hand",
    "+ template linux-spot",
    "labels: linux cheap",
];
const deletionShown = ["+ cloud agents", "+ template linux", "+ template linux-spot"];
const nothing = /Resources:\n\s+\d+ unchanged\n/;
const oneUpdate = /Resources:\n\s+~ 1 updated\n\s+\d+ unchanged\n/;

describe.each(generations)("someone edits the cloud in Jenkins, with the ec2 plugin %s", (generation) => {
    let world: TestWorld;
    let stack: PulumiStack;
    const controller = () => world.world.controllers[0]!;
    const standIn = () => world.world.standIns[0]!;
    const watch = (mode: "report" | "heal" | "off") => stack.configure("jenkins-ec2-agents:watch", mode);
    const edit = (change: Edit) => editCloud(controller(), "agents", change);
    /** All that is compared. A cloud that was deleted comes back as the last one, so the order is left out. */
    const held = async () => {
        const { clouds, credentials } = await readController(controller());
        return { clouds: [...clouds].sort((one, other) => one.name.localeCompare(other.name)), credentials };
    };
    let intact: Awaited<ReturnType<typeof held>>;

    beforeAll(async () => {
        world = await startTestWorld({ playground: { plugin: generation } });
        stack = await openStack(world.world, world.parts.engine, {
            stack: "dev",
            configFile: join(projectFolder, "Pulumi.dev.yaml"),
        });
        await configureControllers(stack, world.world.controllers);
        await addForeignCloud(controller());
        await stack.up();
        // Someone else's cloud is edited as well: that stays.
        await editCloud(controller(), "by-hand", { parameters: { instanceCapStr: "4" } });
        intact = await held();
        expect(intact.clouds).toHaveLength(2);
    });
    afterAll(async () => {
        // A real controller outlives the world: what this file made there would be another file's.
        if (externalController()) await stack?.destroy();
        await world?.stop();
    });

    describe("watch: report", () => {
        beforeAll(() => watch("report"));

        test.each([
            ["edited values and a removed template", values, valuesShown],
            ["a deleted cloud", { delete: true } satisfies Edit, deletionShown],
        ])("%s: preview and up say so, nothing is changed", async (_, change, shown) => {
            await edit(change);
            const edited = await held();
            expect(edited).not.toEqual(intact);
            const { configuration } = await readController(controller());
            const preview = await stack.preview();
            expect(preview.stdout).toContain("watch: report: up pushes this only if a setting has changed");
            for (const run of [preview, await stack.up()]) {
                for (const line of shown) expect(run.stdout).toContain(line);
                expect(run.stdout).toMatch(nothing);
            }
            expect(await held()).toEqual(edited);
            expect((await readController(controller())).configuration).toBe(configuration);
        });
    });

    describe("watch: heal", () => {
        beforeAll(() => watch("heal"));

        test("a deleted cloud: the preview shows the push to come, and changes nothing", async () => {
            const deleted = await held();
            const preview = await stack.preview();
            for (const line of deletionShown) expect(preview.stdout).toContain(line);
            expect(preview.stdout).toMatch(/~ 1 to update/);
            expect(await held()).toEqual(deleted);
        });

        test("a deleted cloud: up puts it back, with one command updated in place", async () => {
            const up = await stack.up();
            for (const line of deletionShown) expect(up.stdout).toContain(line);
            expect(up.stdout).toContain("put in order in Jenkins: cloud agents, template linux, template linux-spot");
            expect(up.stdout).toMatch(oneUpdate);
            expect(await held()).toEqual(intact);
        });

        test("the next up does nothing", async () => {
            const { configuration } = await readController(controller());
            const up = await stack.up();
            expect(up.stdout).toMatch(nothing);
            expect((await readController(controller())).configuration).toBe(configuration);
        });

        test("the same edit made twice is put back twice", async () => {
            for (const time of ["first", "second"]) {
                await edit(values);
                const up = await stack.up();
                for (const line of valuesShown) expect(up.stdout, `the ${time} time`).toContain(line);
                expect(up.stdout, `the ${time} time`).toMatch(/put in order in Jenkins: .*linux\.labels/);
                expect(up.stdout, `the ${time} time`).toMatch(oneUpdate);
                expect(await held(), `the ${time} time`).toEqual(intact);
            }
        });

        test("an edited credential: shown without the secrets, and put back", async () => {
            await runScript(controller(), otherSecretKey);
            const up = await stack.up();
            expect(up.stdout).toContain("~ agents-aws.secretKey: **** -> ****");
            expect(up.stdout).not.toContain("secret-by-hand");
            expect(up.stdout).toMatch(oneUpdate);
            expect(await held()).toEqual(intact);
            expect((await stack.up()).stdout).toMatch(nothing);
        });
    });

    test("watch: report, and a setting is changed: the push of the change puts the edit back too", async () => {
        await watch("report");
        await edit({ templates: { linux: { labelString: "edited" } } });
        await stack.configure("jenkins-ec2-agents:clouds.agents.cap", "11");
        const up = await stack.up();
        expect(up.stdout).toContain("~ linux.labels: edited -> linux docker");
        expect(up.stdout).toMatch(oneUpdate);
        const cloud = (await held()).clouds.find(({ name }) => name.endsWith("agents"))!;
        expect(cloud.parameters.instanceCapStr).toBe("11");
        expect(cloud.parameters.templates[0]!.labelString).toBe("linux docker");
    });

    test.skipIf(externalController())("watch: off: the controller is not asked anything", async () => {
        await watch("off");
        await edit(values);
        const edited = await held();
        const { scripts } = await controllerState(standIn());
        await addFault(standIn(), { status: 500 }); // strikes the next request, whatever it is
        for (const run of [await stack.preview(), await stack.up()]) {
            expect(run.stdout).not.toContain("edited-by-hand");
            expect(run.stdout).toMatch(nothing);
        }
        expect(await controllerState(standIn())).toMatchObject({ scripts, pendingFaults: 1 });
        await clearFaults(standIn());
        expect(await held()).toEqual(edited);
    });
});

const otherSecretKey = `
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl
import com.cloudbees.plugins.credentials.SystemCredentialsProvider
import com.cloudbees.plugins.credentials.domains.Domain
def provider = SystemCredentialsProvider.instance
def old = provider.credentials.find { it.id == 'agents-aws' }
def edited = new AWSCredentialsImpl(old.scope, old.id, old.accessKey, 'a-secret-by-hand-of-forty-characters-0000', old.description)
provider.store.updateCredentials(Domain.global(), old, edited)
null`;
