import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { apply } from "../../jenkins/push/apply";
import { JenkinsClient } from "../../jenkins/push/client";
import { systemClock } from "../../jenkins/push/clock";
import { anything } from "../../jenkins/push/form";
import { remove } from "../../jenkins/push/remove";
import { PushRequest } from "../../jenkins/push/request";
import { runScript } from "../../jenkins/push/script";
import { addFault, clearFaults, controllerState } from "../../playground/controller/controller";
import { Bench, messageOf, startBench } from "../groovy/bench";
import { newest } from "../../playground/controller/generations";

const success = '<div class="ok">Success</div>';

describe("a push that something comes between", () => {
    let bench: Bench;
    let request: PushRequest;
    const report = () => undefined;

    beforeAll(async () => {
        bench = await startBench({ plugin: newest });
        await bench.run("neighbours.groovy");
    });
    afterAll(() => bench?.stop());
    beforeEach(async () => {
        request = bench.request();
        await bench.run("clear.groovy");
    });
    afterEach(() => clearFaults(bench.controller));

    /** Another key, and another label of the first template. */
    const changed = (): PushRequest => {
        const other = bench.request();
        const [aws, ssh] = other.cloud.credentials;
        other.cloud.credentials = [
            { ...aws, kind: "aws", accessKey: "AKIASECOND", secretKey: "second-secret-key" },
            ssh,
        ];
        other.cloud.templates[0].parameters.labelString = "changed";
        return other;
    };
    const held = async () => {
        const { clouds, credentials } = await bench.observe();
        return { clouds, credentials };
    };
    const names = async () => (await bench.observe()).clouds.map(({ jenkinsName }) => jenkinsName);
    /** Test Connection passes, though there is no AWS here. */
    const tested = async (push: PushRequest) => {
        await addFault(bench.controller, { path: "testConnection", status: 200, body: success });
        return { ...push, policy: { ...push.policy, testConnection: true } };
    };

    describe("a full disk of the controller", () => {
        const full = async () => {
            await addFault(bench.controller, { failSave: "No space left on device", count: 100 });
            await addFault(bench.controller, { failCredentialsSave: "No space left on device", count: 100 });
        };

        it("leaves no credential that was there to be tested", async () => {
            await apply(request, report);
            const before = await held();
            const push = await tested(changed());
            await full();
            expect(await messageOf(apply(push, report))).toContain("No space left on device");
            expect(await held()).toEqual(before);
        });

        it("while the clouds are saved: says that what was there is in place, and what is not written", async () => {
            await apply(request, report);
            const before = await held();
            await addFault(bench.controller, { failSave: "No space left on device", count: 100 });
            expect(await messageOf(apply(changed(), report))).toBe(
                "controller team-a: the change failed (IOException: No space left on device); what was there before is in place again, " +
                    "but not on the controller's disk (clouds: IOException: No space left on device): make room there, and run pulumi up again before Jenkins restarts",
            );
            expect(await held()).toEqual(before);
        });

        it("that has room again: the next push completes, and a restart finds the same", async () => {
            await apply(request, report);
            await full();
            await messageOf(apply(changed(), report));
            await clearFaults(bench.controller);
            await apply(changed(), report);
            const after = await held();
            expect(after.credentials["agents-aws"]!.secret).toBe("second-secret-key");
            await bench.restart();
            expect(await held()).toEqual(after);
        });

        it.each(["failSave", "failCredentialsSave"])("during a removal (%s): the next one completes", async (fault) => {
            await apply(request, report);
            await addFault(bench.controller, { [fault]: "No space left on device", count: 100 });
            expect(await messageOf(remove(request, report))).toContain("No space left on device");
            await clearFaults(bench.controller);
            await remove(request, report);
            await bench.restart();
            expect(await names()).toEqual(["first", "last"]);
            expect(Object.keys((await held()).credentials)).toEqual(["administrators"]);
        });
    });

    it("a restart between the test and the change: the change goes on, and leaves nothing of the test", async () => {
        await apply(request, report);
        const { cloud, policy } = changed();
        const client = new JenkinsClient(request.controller, report, (text) => text, systemClock);
        const ask = { cloud, policy, stage: "staged-4102444800-00000001", leaving: "", staged: true };
        await runScript(client, "apply", { step: "prepare", ...ask }, anything);
        await bench.restart();
        expect(Object.keys((await held()).credentials)).toContain("agents-aws-staged-4102444800-00000001");
        await runScript(client, "apply", { step: "swap", ...ask }, anything);
        client.close();
        const { credentials } = await held();
        expect(Object.keys(credentials).sort()).toEqual(["administrators", "agents-aws", "agents-ssh"]);
        expect(credentials["agents-aws"]!.secret).toBe("second-secret-key");
    });

    describe("the death of an earlier push between its test and its change", () => {
        /** What a push does until then; answers how it would go on. */
        const died = async (push: PushRequest) => {
            const client = new JenkinsClient(request.controller, report, (text) => text, systemClock);
            const { cloud, policy } = push;
            const ask = { cloud, policy, stage: "staged-4102444800-00000001", leaving: "", staged: true };
            await runScript(client, "apply", { step: "prepare", ...ask }, anything);
            return () => runScript(client, "apply", { step: "swap", ...ask }, anything).finally(() => client.close());
        };

        it("leaves nothing once the next push is through, though it finds nothing to do", async () => {
            await apply(request, report);
            await died(changed());
            await apply(await tested(request), report);
            const { credentials } = await held();
            expect(Object.keys(credentials).sort()).toEqual(["administrators", "agents-aws", "agents-ssh"]);
        });

        it("was none: where the next one has come in between, it is refused, and what that one did stays", async () => {
            await apply(request, report);
            const goOn = await died(changed());
            await apply(await tested(request), report);
            const after = await held();
            expect(await messageOf(goOn())).toContain("have changed since this push tested its own");
            expect(await held()).toEqual(after);
        });

        it("was none: where a removal has come in between, the cloud does not come back", async () => {
            const goOn = await died(request);
            await remove(request, report);
            expect(await messageOf(goOn())).toContain("have changed since this push tested its own");
            expect(await names()).toEqual(["first", "last"]);
            expect(Object.keys((await held()).credentials)).toEqual(["administrators"]);
        });
    });

    it.each([0, 1])(
        "a proxy that answers 504 for script %i, which goes on: one change, and nothing of the test",
        async (skip) => {
            await apply(request, report);
            const { saves } = await controllerState(bench.controller);
            const late = { path: "scriptText", status: 504, goesOn: true, hangSeconds: 0.2, skip } as const;
            await addFault(bench.controller, late);
            await apply(await tested(changed()), report);
            // The script that the proxy gave up is done by then: a push has the controller's lock one after the other.
            await expect.poll(async () => (await controllerState(bench.controller)).scripts).toBeGreaterThan(0);
            expect((await controllerState(bench.controller)).saves).toBe(saves + 1);
            const { credentials } = await held();
            expect(Object.keys(credentials).sort()).toEqual(["administrators", "agents-aws", "agents-ssh"]);
            expect(credentials["agents-aws"]!.secret).toBe("second-secret-key");
        },
    );

    it("two clouds of two stacks at once: both are there, beside the others", async () => {
        const other = bench.request();
        other.owner = "jenkins-ec2-agents/other";
        other.cloud.name = "others";
        other.cloud.credentials = other.cloud.credentials.map((one) => ({
            ...one,
            id: one.id.replace("agents", "others"),
            description: "Managed by Pulumi stack jenkins-ec2-agents/other (team-a/others)",
        }));
        other.cloud.parameters = {
            ...other.cloud.parameters,
            credentialsId: "others-aws",
            sshKeysCredentialsId: "others-ssh",
        };
        for (let round = 0; round < 3; round++) {
            await Promise.all([apply(request, report), apply(other, report)]);
            expect((await names()).sort()).toEqual(["agents", "first", "last", "others"]);
            await Promise.all([remove(request, report), remove(other, report)]);
            expect(await names()).toEqual(["first", "last"]);
        }
    });

    describe("a person who saves in Jenkins at the same moment", () => {
        const findAgents = "def live = Jenkins.get().clouds.find { it.name == 'agents' }";
        /** As a saved form of that cloud does: another object in its place. */
        const edit = `${findAgents}
            def model = new org.jenkinsci.plugins.structs.describable.DescribableModel(live.class)
            def values = model.parameters.collectEntries { [(it.name): live[it.name]] }.findAll { it.value != null }
            def other = model.instantiate(values + [instanceCapStr: '7'], null)
            Jenkins.get().clouds.replaceBy(Jenkins.get().clouds.collect { it.is(live) ? other : it })`;
        const add = `def clouds = Jenkins.get().clouds
            def model = new org.jenkinsci.plugins.structs.describable.DescribableModel(clouds[0].class)
            clouds.add(model.instantiate([name: 'by a person', region: 'us-east-1', credentialsId: 'administrators', templates: []], null))`;
        const meanwhile = (script: string) => addFault(bench.controller, { duringCredentialsSave: `${script}; null` });

        it("adds a cloud: it stays", async () => {
            await apply(request, report);
            await meanwhile(add);
            await apply(changed(), report);
            expect(await names()).toEqual(["first", "last", "agents", "by a person"]);
        });

        it("adds a cloud, and the change fails: it stays all the same", async () => {
            await apply(request, report);
            await meanwhile(add);
            await addFault(bench.controller, { failSave: "No space left on device", count: 2 });
            await messageOf(apply(changed(), report));
            expect(await names()).toEqual(["first", "last", "agents", "by a person"]);
        });

        it("edits the cloud that is pushed: the push is refused, and what the person saved stays", async () => {
            await apply(request, report);
            const before = await held();
            await meanwhile(edit);
            expect(await messageOf(apply(changed(), report))).toContain(
                'the cloud "agents" was changed in Jenkins by someone else at this very moment: run pulumi up again',
            );
            const after = await held();
            expect(after.credentials).toEqual(before.credentials);
            expect(after.clouds[2]).toEqual({ ...before.clouds[2], instanceCapStr: "7" });
        });
    });
});
