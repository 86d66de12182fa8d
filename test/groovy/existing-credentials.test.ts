import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { apply } from "../../jenkins/push/apply";
import { plan } from "../../jenkins/preview/compare";
import { remove } from "../../jenkins/push/remove";
import { renderPlan } from "../../jenkins/preview/render";
import type { PushRequest } from "../../jenkins/push/request";
import { generations } from "../../playground/controller/generations";
import { type Bench, messageOf, startBench } from "./bench";

// The oldest has a name of its own for a cloud; what differs between the others is no matter of credentials.
describe.each([generations[0]!, generations.at(-1)!])(
    "credentials that somebody else made, with ec2 %s",
    (generation) => {
        let bench: Bench;
        const said: string[] = [];
        const report = (line: string) => void said.push(line);
        const ids = async () => Object.keys((await bench.observe()).credentials).sort();

        /** A push whose cloud names both; what it brings itself is the mark. */
        function existing(identity = "(team-a/agents)"): PushRequest {
            const request = bench.request();
            const description = `Managed by Pulumi stack jenkins-ec2-agents/test ${identity}`;
            request.cloud.credentials = [{ kind: "mark", id: "agents-mark", description, cloud: "agents" }];
            Object.assign(request.cloud.parameters, { credentialsId: "team-key", sshKeysCredentialsId: "team-ssh" });
            return request;
        }
        const takeMarkAway = () =>
            bench.script(`
            def store = com.cloudbees.plugins.credentials.SystemCredentialsProvider.instance.store
            def global = com.cloudbees.plugins.credentials.domains.Domain.global()
            store.removeCredentials(global, store.getCredentials(global).find { it.id == 'agents-mark' })
            null`);

        beforeAll(async () => {
            bench = await startBench({ plugin: generation });
            await bench.run("neighbours.groovy");
        });
        afterAll(() => bench?.stop());
        beforeEach(async () => {
            said.length = 0;
            await bench.run("clear.groovy");
            await bench.run("byHand.groovy");
        });

        it("are named by the cloud and stay as they are, whatever becomes of it; an entry without a key marks it as the stack's", async () => {
            const before = await bench.observe();
            await apply(existing(), report);
            const { clouds, credentials } = await bench.observe();
            expect(clouds[2]).toMatchObject({ credentialsId: "team-key", sshKeysCredentialsId: "team-ssh" });
            const { "agents-mark": mark, ...others } = credentials;
            expect(others).toEqual(before.credentials);
            expect(mark).toMatchObject({
                scope: "SYSTEM",
                description: "Managed by Pulumi stack jenkins-ec2-agents/test (team-a/agents)",
                secret: "",
            });
            expect((await plan(existing(), report)).differences).toEqual([]);
            await remove(existing(), report);
            expect((await bench.observe()).clouds).toEqual(before.clouds);
            expect((await bench.observe()).credentials).toEqual(before.credentials);
        });

        it("make a cloud of that name that names them no stack's: without the mark it is refused, and left by a removal", async () => {
            await apply(existing(), report);
            await takeMarkAway();
            const before = await bench.observe();
            expect(await messageOf(apply(existing(), report))).toContain(
                'cloud "agents" exists and was not made by this stack (its credentials are "team-key", "team-ssh")',
            );
            await remove(existing(), report);
            expect(said.at(-1)).toMatch(/not this push's any more .*: left alone$/);
            expect(await bench.observe()).toEqual(before);
            const adopting = existing();
            adopting.policy.adopt = true;
            await apply(adopting, report);
            await apply(existing(), report);
            expect(said.at(-1)).toBe("cloud agents: nothing differs");
        });

        it("serve clouds of two stacks: neither takes the other's", async () => {
            const other = existing();
            other.cloud.credentials[0]!.description =
                "Managed by Pulumi stack jenkins-ec2-agents/other (team-a/agents)";
            await apply(other, report);
            const before = await bench.observe();
            expect(await messageOf(apply(existing(), report))).toContain("was not made by this stack");
            await remove(existing(), report);
            expect(await bench.observe()).toEqual(before);
        });

        it("leave the cloud the stack's after an upgrade from the oldest plugin, which called it ec2-agents", async () => {
            await apply(existing(), report);
            await bench.script("jenkins.model.Jenkins.get().clouds.last().name = 'ec2-agents'; null");
            const { exists, foreign } = await plan(existing(), report);
            expect([exists, foreign]).toEqual([true, []]);
            await apply(existing(), report);
            expect((await bench.observe()).clouds).toHaveLength(3);
        });

        it("leave to a renamed push what it has put in place since", async () => {
            await apply(existing(), report);
            await apply(existing("(team-a/builds)"), report);
            const before = await bench.observe();
            await remove(existing(), report);
            expect(await bench.observe()).toEqual(before);
            await remove(existing("(team-a/builds)"), report);
            expect(await ids()).toEqual(["administrators", "team-key", "team-ssh"]);
        });

        it("take the place of those that were made, which then go, and give it back", async () => {
            await apply(bench.request(), report);
            const there = renderPlan(await plan(existing(), report));
            expect(there).toContain("~ agents.credentialsId: agents-aws -> team-key");
            expect(there).toContain("- credential agents-aws");
            expect(there).toContain("+ credential agents-mark");
            await apply(existing(), report);
            expect(await ids()).toEqual(["administrators", "agents-mark", "team-key", "team-ssh"]);
            await apply(bench.request(), report);
            expect(await ids()).toEqual(["administrators", "agents-aws", "agents-ssh", "team-key", "team-ssh"]);
            expect((await plan(bench.request(), report)).differences).toEqual([]);
        });

        it("leave those that were made where another cloud uses them", async () => {
            await apply(bench.request(), report);
            const other = bench.request();
            other.cloud.name = "other";
            await apply(other, report);
            await apply(existing(), report);
            expect(await ids()).toEqual([
                "administrators",
                "agents-aws",
                "agents-mark",
                "agents-ssh",
                "team-key",
                "team-ssh",
            ]);
        });

        it("leave nothing of the push behind whose Test Connection fails", async () => {
            const before = await bench.observe();
            const request = existing();
            request.policy.testConnection = true;
            request.policy.accessKeySeconds = 0;
            expect(await messageOf(apply(request, report))).toContain("Test Connection failed");
            expect(await bench.observe()).toEqual(before);
        });
    },
);
