import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fleet } from "../../cli/status/fleet";
import { switchAgents, type SwitchRequest } from "../../cli/switch/agents";
import { controllerState, scheduleBuild } from "../../playground/controller/controller";
import { addStaticAgents } from "../../playground/staticAgents";
import { apply } from "../../jenkins/push/apply";
import { template } from "../push/fixtures";
import { startBench, type Bench } from "./bench";
import { newestRelease } from "../../settings/plugin/releases";

describe("switch", () => {
    let bench: Bench;
    const silent = () => undefined;
    const ask = (action: SwitchRequest["action"], names: string[] = [], changes: Partial<SwitchRequest> = {}) =>
        switchAgents(
            { controller: bench.access },
            { label: "docker", owner: "project/prod", action, names, ...changes },
            silent,
        );
    const states = async (...args: Parameters<typeof ask>) =>
        Object.fromEntries((await ask(...args)).map(({ name, state }) => [name, state]));
    const online = async () =>
        (await controllerState(bench.controller)).agents.filter((one) => one.online).map(({ name }) => name);

    beforeAll(async () => {
        bench = await startBench({ plugin: newestRelease.version });
        await addStaticAgents(bench.controller, { agents: 5, days: 1, builds: 0 });
        await bench.script(
            `jenkins.model.Jenkins.get().getNode('linux-5').toComputer().setTemporaryOfflineCause(new hudson.slaves.OfflineCause.ByCLI('for repair')); null`,
        );
    });
    afterAll(() => bench?.stop());

    it("looks at the agents with the label, and changes nothing", async () => {
        expect(await states("read")).toEqual({ "linux-1": "on", "linux-2": "on", "linux-4": "on", "linux-5": "left" });
        expect(await online()).toHaveLength(4);
    });

    it("takes the named ones offline with a reason that names this program; a build that runs there goes on", async () => {
        await scheduleBuild(bench.controller, { label: "docker", seconds: 300 });
        await expect.poll(async () => (await controllerState(bench.controller)).builds[0]!.agent).toBe("linux-1");
        const after = await ask("off", ["linux-1", "linux-2", "linux-5"]);
        expect(after.find(({ name }) => name === "linux-1")).toMatchObject({
            state: "switched",
            busy: 1,
            reason: "Disconnected by admin : [jenkins-ec2-agents project/prod docker] its builds run on EC2; switch --label docker --back brings it back",
        });
        expect(await online()).toEqual(["arm-3", "linux-4"]);
        expect((await controllerState(bench.controller)).builds[0]!.state).toBe("RUNNING");
    });

    it("leaves an agent alone that a person took offline", async () => {
        expect(await states("back")).toMatchObject({ "linux-5": "left" });
        await ask("off", ["linux-1", "linux-2"]);
    });

    it("keeps what it took offline over a restart of Jenkins", async () => {
        await bench.script("jenkins.model.Jenkins.get().getComputers().each { it.failBuilds() }; null");
        await bench.restart();
        expect(await states("read")).toEqual({
            "linux-1": "switched",
            "linux-2": "switched",
            "linux-4": "on",
            "linux-5": "left",
        });
    });

    it("shows in status what is switched off, and which builds only that could take", async () => {
        await ask("off", ["linux-4"]);
        await bench.script(
            "jenkins.model.Jenkins.get().removeNode(jenkins.model.Jenkins.get().getNode('linux-5')); null",
        );
        await scheduleBuild(bench.controller, { label: "docker", seconds: 1 });
        await scheduleBuild(bench.controller, { label: "nobody-has-it", seconds: 1 });
        const { switchedOff, stranded, waitingInAll } = await fleet(bench.access, silent);
        expect(switchedOff.map(({ name, label, owner }) => [name, label, owner])).toEqual([
            ["linux-1", "docker", "project/prod"],
            ["linux-2", "docker", "project/prod"],
            ["linux-4", "docker", "project/prod"],
        ]);
        expect(Math.abs(Date.now() - switchedOff[2]!.since)).toBeLessThan(60_000);
        expect([stranded, waitingInAll]).toEqual([1, 2]);
    });

    it("counts no build as stranded that an agent of a cloud would take, with a label, an expression or none", async () => {
        await bench.script("jenkins.model.Jenkins.get().doQuietDown(); null"); // so that no cloud is asked for an agent
        await ask("off", ["arm-3"], { label: "arm64" });
        await scheduleBuild(bench.controller, { label: "docker || arm64", seconds: 1 });
        await scheduleBuild(bench.controller, { seconds: 1 });
        expect((await fleet(bench.access, silent)).stranded).toBe(3);
        const request = bench.request();
        request.cloud.templates = [template("linux", { labelString: "linux docker", instanceCapStr: "1" })];
        await apply(request, silent);
        expect((await fleet(bench.access, silent)).stranded).toBe(0);
        await ask("back", [], { label: "arm64" });
    });

    it("does not bring back what another stack, or a switch of another label, took offline", async () => {
        await ask("back", [], { owner: "project/test" });
        await ask("back", [], { label: "linux" });
        expect(await online()).toEqual(["arm-3"]);
    });

    it("brings back all that it took offline; a second time changes nothing", async () => {
        expect(new Set(Object.values(await states("back")))).toEqual(new Set(["on"]));
        const before = await online();
        await ask("back");
        expect(await online()).toEqual(before);
    });

    it("brings back an agent that has lost the label since", async () => {
        await ask("off", ["linux-4"]);
        await bench.script("jenkins.model.Jenkins.get().getNode('linux-4').labelString = 'linux'; null");
        expect(await states("back")).toMatchObject({ "linux-4": "on" });
        expect(await online()).toContain("linux-4");
    });
});
