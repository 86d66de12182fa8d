import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DescribeInstancesCommand } from "@aws-sdk/client-ec2";
import {
    addFault,
    clearFaults,
    controllerState,
    startController,
    stopController,
} from "../../playground/controller/controller";
import type { Answer, PulumiStack } from "../../playground/stack";
import { externalController } from "../../playground/world";
import { readController } from "../../playground/testing/controller";
import { controllerIds, startMany } from "../../playground/testing/many";
import type { TestWorld } from "../../playground/testing/test-world";
import { newest } from "../../playground/controller/generations";

/**
 * How many controllers, and templates on each. MANY_CONTROLLERS=100 MANY_TEMPLATES=1000 is the size that the program is meant
 * for, and takes long.
 */
const count = Number(process.env.MANY_CONTROLLERS ?? 12);
const templates = Number(process.env.MANY_TEMPLATES ?? 5);

describe.skipIf(externalController())(`${count} controllers with ${templates} templates in one stack`, () => {
    let world: TestWorld;
    let stack: PulumiStack;
    const ids = controllerIds(count);
    const [down, failing] = ["c002", "c003"] as const;
    const key = (path: string) => `jenkins-ec2-agents:${path}`;
    const standIn = (id: string) => world.world.standIns[ids.indexOf(id)]!;
    const controller = (id: string) => world.world.controllers[ids.indexOf(id)]!;
    const label = async (id: string) => {
        const { clouds } = await readController(controller(id));
        return clouds[0]!.parameters.templates[0]!.labelString;
    };
    const labelsOf = (some: string[]) => Promise.all(some.map(label));
    /** The rows of the table at the end, by controller. */
    const table = ({ stdout }: Answer) =>
        Object.fromEntries(
            [...stdout.matchAll(/^ *(c\d{3}) +agents +(in place|FAILED|not touched)/gm)].map(([, id, how]) => [
                id,
                how,
            ]),
        );

    beforeAll(async () => {
        ({ world, stack } = await startMany(count, templates));
    });
    afterAll(() => world?.stop());

    test("the first up sets up all of them, and ends with a table", async () => {
        const up = await stack.up();
        expect(table(up)).toEqual(Object.fromEntries(ids.map((id) => [id, "in place"])));
        expect(await labelsOf(ids)).toEqual(ids.map(() => "linux"));
    });

    test("the next up does nothing on any of them", async () => {
        expect((await stack.up()).stdout).toMatch(/Resources:\n\s+\d+ unchanged\n/);
    });

    test("a preview of a changed label shows one update for each, and changes none", async () => {
        await stack.configure(key("clouds.agents.templates.linux.labels[0]"), "second");
        expect((await stack.preview()).stdout).toMatch(new RegExp(`Resources:\\n\\s+~ ${count} to update\\n`));
        expect(await labelsOf(ids)).toEqual(ids.map(() => "linux"));
    });

    test("a changed label is one update for each", async () => {
        expect((await stack.up()).stdout).toMatch(new RegExp(`Resources:\\n\\s+~ ${count} updated\\n`));
        expect(await labelsOf(ids)).toEqual(ids.map(() => "second"));
    });

    describe("some of them fail", () => {
        const others = ids.filter((id) => id !== down && id !== failing);
        const fail = async () => {
            await stopController(standIn(down));
            await addFault(standIn(failing), { status: 500, count: 1000 });
        };
        const repair = async () => {
            const { home, url } = standIn(down);
            const again = await startController({
                name: down,
                home,
                plugin: newest,
                awsEndpoint: world.world.emulator.endpoint,
            });
            expect(again.url).toBe(url);
            world.world.standIns[ids.indexOf(down)] = again;
            await clearFaults(standIn(failing));
        };
        const upInVain = async (...flags: string[]) => {
            const up = await stack.up({ flags, accept: "any" });
            expect(up.code).not.toBe(0);
            return up;
        };

        test("with --continue-on-error all others are done, and the table names the two", async () => {
            await stack.configure(key("clouds.agents.templates.linux.labels[0]"), "third");
            await fail();
            const up = await upInVain("--continue-on-error");
            expect(table(up)).toEqual({
                ...Object.fromEntries(others.map((id) => [id, "in place"])),
                [down]: "FAILED",
                [failing]: "FAILED",
            });
            expect(up.stdout + up.stderr).toContain(`controller ${down}: `);
            expect(up.stdout + up.stderr).toContain(`controller ${failing}: `);
            expect(await labelsOf(others)).toEqual(others.map(() => "third"));
        });

        test("the next up does just those two", async () => {
            await repair();
            const { stdout } = await stack.up();
            expect(stdout).toMatch(/Resources:\n\s+~ 2 updated\n/);
            expect(await labelsOf(ids)).toEqual(ids.map(() => "third"));
        });

        test("without it, the pushes that have begun are finished; the next up does the rest", async () => {
            await stack.configure(key("clouds.agents.templates.linux.labels[0]"), "fourth");
            await fail();
            const up = await upInVain();
            // Pulumi ends the program at the first failure: there is no table, only the error.
            expect(up.stdout + up.stderr).toMatch(new RegExp(`controller (${down}|${failing}): `));
            await repair();
            const labels = await labelsOf(ids);
            expect(labels.filter((one) => one !== "third" && one !== "fourth")).toEqual([]);
            expect([labels[ids.indexOf(down)], labels[ids.indexOf(failing)]]).toEqual(["third", "third"]);
            const left = labels.filter((one) => one === "third").length;
            const { stdout } = await stack.up();
            expect(stdout).toMatch(new RegExp(`Resources:\\n\\s+~ ${left} updated\\n`));
            expect(await labelsOf(ids)).toEqual(ids.map(() => "fourth"));
        });
    });

    describe("a rollout with a canary", () => {
        const canary = "c005";
        const others = ids.filter((id) => id !== canary);
        const saves = () => Promise.all(others.map(async (id) => (await controllerState(standIn(id))).saves));

        test.each([
            { how: "ends the program", flags: [] },
            { how: "with --continue-on-error", flags: ["--continue-on-error"] },
        ])("that fails touches no other controller: $how", async ({ flags }) => {
            await stack.configure(key("rollout.canary[0]"), canary);
            await stack.configure(key("clouds.agents.templates.linux.labels[0]"), "fifth");
            await addFault(standIn(canary), { failSave: "no space left on device" });
            const [before, labels] = [await saves(), await labelsOf(others)];
            const up = await stack.up({ flags, accept: "any" });
            expect(up.code).not.toBe(0);
            expect(up.stdout + up.stderr).toContain(
                `The rollout ends with the canary ${canary}. Not touched: c001-agents, `,
            );
            expect([await saves(), await labelsOf(others)]).toEqual([before, labels]);
            if (flags.length === 0) return; // Pulumi ends the program, and with it the table
            expect(table(up)).toEqual({
                ...Object.fromEntries(others.map((id) => [id, "not touched"])),
                [canary]: "FAILED",
            });
        });

        test("that passes, and gives an agent that comes online and goes, is followed by the others", async () => {
            await stack.configure(key("rollout.smoke.label"), "fifth");
            expect(table(await stack.up())).toEqual(Object.fromEntries(ids.map((id) => [id, "in place"])));
            expect(await labelsOf(ids)).toEqual(ids.map(() => "fifth"));
            const { Reservations = [] } = await world.ec2.send(new DescribeInstancesCommand({}));
            const states = Reservations.flatMap(({ Instances = [] }) => Instances.map(({ State }) => State!.Name));
            expect(states).toEqual(["terminated"]);
        });
    });

    test("destroy leaves nothing on any of them", async () => {
        await stack.destroy();
        const left = await Promise.all(world.world.controllers.map(readController));
        expect(left.map(({ clouds, credentials }) => [clouds.length, credentials.length])).toEqual(
            ids.map(() => [0, 0]),
        );
    });
});
