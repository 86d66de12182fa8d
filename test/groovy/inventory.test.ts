import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readInventory, type Inventory } from "../../cli/inventory/readInventory";
import { addStaticAgents } from "../../playground/staticAgents";
import { startBench, type Bench } from "./bench";
import { newestRelease } from "../../settings/plugin/releases";

describe("inventory", () => {
    let bench: Bench;
    let found: Inventory;
    const lines: string[] = [];

    beforeAll(async () => {
        bench = await startBench({ plugin: newestRelease.version });
        await addStaticAgents(bench.controller, { agents: 7, days: 1, builds: 5000 });
        await bench.script(`
            import hudson.slaves.EnvironmentVariablesNodeProperty as Variables
            def jenkins = jenkins.model.Jenkins.get()
            def closed = new hudson.slaves.DumbSlave('closed', '/srv', new hudson.slaves.JNLPLauncher())
            closed.numExecutors = 0
            jenkins.addNode(closed)
            closed.toComputer().monitorData = ['hudson.node_monitors.SwapSpaceMonitor': [totalPhysicalMemory: -1L]]
            jenkins.getNode('arm-3').nodeProperties = [new Variables([new Variables.Entry('API_TOKEN', 'very-secret-value'), new Variables.Entry('A', 'b'), new Variables.Entry('NEXUS', 'https://builder:very-secret-value@nexus.example.com/')])]
            jenkins.getNode('legacy-6').toComputer().setTemporaryOfflineCause(new hudson.slaves.OfflineCause.ByCLI('for repair'))
            null`);
        found = await readInventory(bench.access, { days: 14 }, (line) => lines.push(line));
    });
    afterAll(() => bench?.stop());

    it("reads what an agent is", () => {
        expect(found.agents.find(({ name }) => name === "linux-1")).toMatchObject({
            labels: ["linux", "docker"],
            executors: 2,
            folder: "/home/jenkins",
            exclusive: false,
            started: "SSH",
            system: "Linux (amd64)",
            memoryBytes: 8 * 2 ** 30,
            java: "17.0.12",
            environment: [{ name: "JAVA_HOME", value: "/usr/lib/jvm/java-17", secret: false }],
            tools: [
                { type: "hudson.tasks.Maven$MavenInstallation$DescriptorImpl", name: "maven-3", home: "/opt/maven" },
            ],
            online: true,
            idleSince: expect.any(Number) as number,
        });
        expect(found.agents.find(({ name }) => name === "legacy-6")).toMatchObject({
            online: false,
            offlineReason: "Disconnected by admin : for repair",
        });
    });

    it("reads an agent without an executor, which is never idle, and whose memory Jenkins could not read", () => {
        const closed = found.agents.find(({ name }) => name === "closed");
        expect(closed).toMatchObject({ labels: [], executors: 0, started: "inbound" });
        expect([closed?.idleSince, closed?.memoryBytes]).toEqual([undefined, undefined]);
    });

    it("leaves out the value of a variable that is named like a secret, or holds one", () => {
        expect(found.agents.find(({ name }) => name === "arm-3")!.environment).toEqual([
            { name: "A", value: "b", secret: false },
            { name: "API_TOKEN", value: "", secret: true },
            { name: "NEXUS", value: "", secret: true },
        ]);
        expect(JSON.stringify(found)).not.toContain("very-secret-value");
    });

    it("works the figures out of Jenkins' moving averages, as they were counted", () => {
        const { busyByHour, busyByMinute } = found.agents.find(({ name }) => name === "linux-1")!;
        expect(busyByHour).toHaveLength(24);
        expect(busyByMinute).toHaveLength(1440);
        expect(new Set(busyByHour)).toEqual(new Set([0, 2]));
        expect(busyByHour.filter((figure) => figure === 2)).toHaveLength(10);
    });

    it("lets Jenkins decide which agents an expression of labels fits", () => {
        const label = (wanted: string) => found.labels.find(({ name }) => name === wanted);
        expect(label("linux && docker")).toMatchObject({
            jobs: 1,
            agents: ["linux-1", "linux-2", "linux-4", "linux-5", "linux-7"],
        });
        expect(label("linux && gpu")).toMatchObject({ jobs: 1, agents: [], elsewhere: false });
    });

    it("reads builds in pages where the load statistics are short, and says how far it is", () => {
        expect(found.buildsRead).toBe("all");
        expect(found.builds).toHaveLength(5000);
        expect(lines).toEqual(["2000 builds read", "4000 builds read"]);
    });

    it("ends in time with some of the builds", async () => {
        const some = await readInventory(bench.access, { days: 14, mostBuilds: 2000 }, () => undefined);
        expect(some).toMatchObject({ buildsRead: "some", builds: { length: 2000 } });
    });

    it("lets Jenkins decide which jobs ask for an agent by its name", async () => {
        await bench.script(`
            def job = new hudson.model.FreeStyleProject('by-name')
            job.assignedLabel = jenkins.model.Jenkins.get().getLabel('legacy-6')
            jenkins.model.Jenkins.get().addJob(job); null`);
        const { labels } = await readInventory(bench.access, { days: 1 }, () => undefined);
        expect(labels.find(({ name }) => name === "legacy-6")).toMatchObject({
            jobs: 1,
            agents: [],
            agentsByName: ["legacy-6"],
        });
    });

    it("ends in time on a controller with many jobs without a build of these days, and loads no build of a Pipeline", async () => {
        const added = await bench.script(`
            import hudson.model.*
            def jenkins = jenkins.model.Jenkins.get()
            class SlowProject extends FreeStyleProject {
                SlowProject(String name) { super(name) }
                Run getLastBuild() { Thread.sleep(20); return super.lastBuild }
            }
            class NeverLoaded extends Job {
                NeverLoaded(String name) { super(name) }
                Run getLastBuild() { throw new IllegalStateException('a build of a Pipeline was loaded') }
            }
            long old = System.currentTimeMillis() - 60L * 86_400_000
            (1..500).each {
                def job = new SlowProject("slow-\${it}")
                job.history = [new FreeStyleBuild(1, old, 1000, 'linux-1')]
                jenkins.addJob(job)
            }
            def pipeline = new NeverLoaded('never-loaded')
            pipeline.history = [new Run(1, old, 1000)]
            jenkins.addJob(pipeline)
            print 'added'`);
        expect(added).toContain("added");
        const start = Date.now();
        const some = await readInventory(bench.access, { days: 14, buildSeconds: 1 }, () => undefined);
        expect(Date.now() - start).toBeLessThan(8000);
        expect(some.buildsRead).toBe("some");
        const all = await readInventory(bench.access, { days: 14 }, () => undefined);
        expect(all).toMatchObject({ buildsRead: "all", namelessJobs: 1, builds: { length: 5000 } });
    });

    it("reads no builds where the statistics reach far enough, and saves nothing", async () => {
        const before = (await bench.observe()).saved;
        const short = await readInventory(bench.access, { days: 1 }, () => undefined);
        expect(short).toMatchObject({ buildsRead: "none", builds: [] });
        expect((await bench.observe()).saved).toBe(before);
    });
});
