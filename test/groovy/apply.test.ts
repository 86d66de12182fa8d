import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { apply } from "../../jenkins/push/apply";
import { plan } from "../../jenkins/preview/compare";
import { remove } from "../../jenkins/push/remove";
import { renderPlan } from "../../jenkins/preview/render";
import { PushRequest } from "../../jenkins/push/request";
import { controllerState } from "../../playground/controller/controller";
import { template } from "../push/fixtures";
import { generations } from "../../playground/controller/generations";
import { type Bench, benchOfEachGeneration, messageOf } from "./bench";

const benchOf = benchOfEachGeneration();

describe.each(generations)("applying to ec2 %s", (generation) => {
    let bench: Bench;
    let request: PushRequest;
    const said: string[] = [];
    const report = (line: string) => void said.push(line);

    beforeAll(async () => {
        bench = benchOf(generation);
        await bench.run("neighbours.groovy");
    });
    beforeEach(async () => {
        said.length = 0;
        request = bench.request();
        await bench.run("clear.groovy");
    });

    it("makes the cloud with every template and both credentials, beside what is there", async () => {
        const result = await apply(request, report);
        expect(result).toEqual({
            controller: "team-a",
            cloud: "agents",
            jenkins: bench.jenkins,
            plugin: generation,
            templates: ["linux", "linux-spot"],
            connection: "skipped",
            securityGroup: "sg-0123456789abcdef0",
        });
        const { clouds, credentials } = await bench.observe();
        expect(clouds.map((each) => each.name ?? each.cloudName)).toEqual(["first", "last", "agents"]);
        const [, , cloud] = clouds;
        expect(cloud).toMatchObject({ region: "eu-central-1", credentialsId: "agents-aws", instanceCapStr: "40" });
        const templates = cloud.templates as Record<string, unknown>[];
        expect(templates.map((each) => each.description)).toEqual(["linux", "linux-spot"]);
        expect(templates[0]).toMatchObject({
            ami: "ami-0123456789abcdef0",
            type: parseInt(generation) >= 1911 ? "t3.micro" : "T3Micro",
            labelString: "linux docker",
            mode: "NORMAL",
            numExecutors: "1",
            idleTerminationMinutes: "10",
            initScript: "#!/bin/sh\nset -e\necho ready",
            amiType: { $class: "UnixData", sshPort: "22" },
            tags: [{ name: "team", value: "a" }],
        });
        expect(credentials["agents-aws"]).toEqual({
            kind: "AWSCredentialsImpl",
            scope: "SYSTEM",
            description: "Managed by Pulumi stack jenkins-ec2-agents/test (team-a/agents)",
            secret: "wJalrXUtnFEMI/K7MDENG",
        });
        expect(credentials["agents-ssh"]).toMatchObject({ kind: "BasicSSHUserPrivateKey", scope: "SYSTEM" });
        expect(credentials.administrators).toMatchObject({ description: "Made by hand" });
    });

    it("saves nothing when nothing differs, also after a restart's reading from disk", async () => {
        await apply(request, report);
        const { saved } = await bench.observe();
        await apply(request, report);
        expect((await bench.observe()).saved).toBe(saved);
        expect(said.at(-1)).toBe("cloud agents: nothing differs");
        await bench.restart();
        expect((await plan(request, report)).differences).toEqual([]);
    });

    it("changes a cloud in its place, with one save", async () => {
        await apply(request, report);
        await bench.script(
            "jenkins.model.Jenkins.get().clouds.with { all -> all.replaceBy([all[0], all[2], all[1]]) }; null",
        );
        const { saves } = await controllerState(bench.controller);
        request.cloud.templates[0].parameters.initScript = "#!/bin/sh\necho changed";
        await apply(request, report);
        const { clouds } = await bench.observe();
        expect(clouds.map((each) => each.name ?? each.cloudName)).toEqual(["first", "agents", "last"]);
        expect((clouds[1].templates as Record<string, unknown>[])[0].initScript).toBe("#!/bin/sh\necho changed");
        expect((await controllerState(bench.controller)).saves).toBe(saves + 1);
    });

    describe("of a stack with several clouds", () => {
        const names = ["alpha", "beta", "gamma"];
        const one = (name: string): PushRequest => ({
            ...request,
            cloud: {
                ...request.cloud,
                name,
                follows: names.slice(0, names.indexOf(name)),
                parameters: {
                    ...request.cloud.parameters,
                    credentialsId: `${name}-aws`,
                    sshKeysCredentialsId: `${name}-ssh`,
                },
                credentials: request.cloud.credentials.map((each) => ({
                    ...each,
                    id: each.id.replace("agents", name),
                    description: each.description.replace("/agents", `/${name}`),
                })),
            },
        });
        const push = async (order: string[]) => {
            for (const name of order) await apply(one(name), report);
        };
        const order = async () => (await bench.observe()).clouds.map((each) => each.cloudName ?? each.name);

        it.each([[["gamma", "alpha", "beta"]], [["beta", "gamma", "alpha"]]])(
            "keeps the order of the settings, pushed as %j, behind what is not the stack's",
            async (pushed) => {
                await push(pushed);
                expect(await order()).toEqual(["first", "last", ...names]);
                const { saved } = await bench.observe();
                await push(names);
                expect(await order()).toEqual(["first", "last", ...names]);
                expect((await bench.observe()).saved).toBe(saved);
            },
        );

        it("says where one stands before what it follows, and puts it in its place", async () => {
            await push(names);
            await bench.script(
                "def all = jenkins.model.Jenkins.get().clouds; all.replaceBy(all.toList().reverse()); null",
            );
            expect(renderPlan(await plan(one("gamma"), report))).toContain(
                "~ gamma.place\n      (new order: beta, alpha, gamma, last, first)",
            );
            await push(["beta", "gamma", "alpha"]);
            expect((await order()).filter((name) => names.includes(String(name)))).toEqual(names);
        });
    });

    it("puts back what someone edited by hand", async () => {
        await apply(request, report);
        const before = await bench.observe();
        const edited = bench.request();
        edited.cloud.templates[0].parameters.labelString = "edited";
        edited.cloud.parameters.instanceCapStr = "3";
        await apply(edited, report);
        await apply(request, report);
        expect((await bench.observe()).clouds).toEqual(before.clouds);
    });

    it("takes a rotated key without another change", async () => {
        await apply(request, report);
        const { saved } = await bench.observe();
        const [aws] = request.cloud.credentials;
        request.cloud.credentials[0] = { ...aws, kind: "aws", accessKey: "AKIASECOND", secretKey: "second-secret-key" };
        await apply(request, report);
        const after = await bench.observe();
        expect(after.credentials["agents-aws"].secret).toBe("second-secret-key");
        expect(after.saved).toBe(saved);
    });

    describe("with the instance profile in place of an access key", () => {
        function withoutKey(): PushRequest {
            const { cloud, ...rest } = bench.request();
            cloud.credentials.shift();
            Object.assign(cloud.parameters, { credentialsId: "", useInstanceProfileForCredentials: "true" });
            return { ...rest, cloud };
        }

        it("takes the key's credentials away, and the plan says so", async () => {
            await apply(request, report);
            const found = await plan(withoutKey(), report);
            expect(found.differences).toContainEqual(
                expect.objectContaining({ subject: "credential", id: "agents-aws", wanted: false }),
            );
            expect(renderPlan(found)).toContain("- credential agents-aws");
            await apply(withoutKey(), report);
            expect(Object.keys((await bench.observe()).credentials)).toEqual(["administrators", "agents-ssh"]);
            expect((await plan(withoutKey(), report)).differences).toEqual([]);
        });

        it("takes them away with the cloud, if it was not applied since", async () => {
            await apply(request, report);
            await remove(withoutKey(), report);
            expect(Object.keys((await bench.observe()).credentials)).toEqual(["administrators"]);
        });

        it("leaves them where another cloud uses them, or where they are not this stack's", async () => {
            const other = bench.request();
            other.cloud.name = "other";
            await apply(request, report);
            await apply(other, report);
            await apply(withoutKey(), report);
            expect((await bench.observe()).credentials).toHaveProperty("agents-aws");
            await bench.run("clear.groovy");
            request.cloud.credentials[0].description = "Made by hand";
            request.policy.adopt = true;
            await apply(request, report);
            await apply(withoutKey(), report);
            expect((await bench.observe()).credentials).toHaveProperty("agents-aws");
        });
    });

    it("keeps any character of texts", async () => {
        const text = "#!/bin/sh\necho 'a' \"b\" $HOME ${x} \\n \u00fc \u4e2d </script> ''' \"\"\" \t\nEOF\n";
        request.cloud.templates[0].parameters.initScript = text;
        await apply(request, report);
        const [, , cloud] = (await bench.observe()).clouds;
        expect((cloud.templates as Record<string, unknown>[])[0].initScript).toBe(text);
    });

    it("sends a cloud that is larger than a form in parts that apply as one", async () => {
        const noise = (seed: number) =>
            Array.from({ length: 4_000 }, (_, index) =>
                Math.sin(seed + index)
                    .toString(36)
                    .slice(2),
            ).join("\n");
        request.cloud.templates = Array.from({ length: 12 }, (_, index) =>
            template(`large-${index}`, { initScript: noise(index * 10_000) }),
        );
        await apply(request, report);
        const [, , cloud] = (await bench.observe()).clouds;
        expect((cloud.templates as Record<string, unknown>[]).map((each) => each.initScript)).toEqual(
            request.cloud.templates.map((each) => each.parameters.initScript),
        );
    });

    describe("refuses before anything changes", () => {
        async function refused(): Promise<string> {
            const before = await bench.observe();
            const message = await messageOf(apply(request, report));
            expect(await bench.observe()).toEqual(before);
            return message;
        }

        it("every parameter that this version lacks, with the templates that ask for it", async () => {
            request.cloud.parameters.newerThanAll = "x";
            request.cloud.templates.forEach((each) => (each.parameters.fromTheFuture = "true"));
            const message = await refused();
            expect(message).toContain(
                `clouds.agents.templates.linux, clouds.agents.templates.linux-spot: ec2 ${generation} has no parameter "fromTheFuture"`,
            );
            expect(message).toContain(`clouds.agents: ec2 ${generation} has no parameter "newerThanAll"`);
        });

        it("a parameter of a nested object that this version lacks", async () => {
            request.cloud.templates[1].parameters.amiType = { $class: "UnixData", sshPort: "22", colour: "blue" };
            expect(await refused()).toMatch(
                /clouds\.agents\.templates\.linux-spot: Unknown parameter\(s\) found for class type '.*UnixData': colour/,
            );
        });

        it("numbers that are none, which the plugin would take in silence, all at once", async () => {
            request.cloud.parameters.instanceCapStr = "many";
            request.cloud.templates[0].parameters.idleTerminationMinutes = "soon";
            request.cloud.templates[1].parameters.amiType = { $class: "UnixData", sshPort: "abc" };
            const message = await refused();
            expect(message).toContain('clouds.agents.cap: instanceCapStr: "many" is not a whole number');
            expect(message).toContain(
                'clouds.agents.templates.linux.idle.minutes: idleTerminationMinutes: "soon" is not a whole number',
            );
            expect(message).toContain(
                'clouds.agents.templates.linux-spot: amiType.sshPort: "abc" is not a whole number',
            );
        });

        it("an instance type or other constant that does not exist", async () => {
            request.cloud.templates[0].parameters.mode = "SOMETIMES";
            expect(await refused()).toMatch(
                /clouds\.agents\.templates\.linux\.mode: mode: "SOMETIMES" is not one of NORMAL, EXCLUSIVE/,
            );
        });

        it("a value that the plugin cannot build with, naming template and parameter", async () => {
            request.cloud.templates[1].parameters.minimumNumberOfInstances = "a few";
            expect(await refused()).toMatch(
                /clouds\.agents\.templates\.linux-spot: minimumNumberOfInstances: NumberFormatException/,
            );
        });

        it("templates without image or description, and descriptions that are not unique", async () => {
            request.cloud.templates[0].parameters.ami = "";
            expect(await refused()).toContain(
                "clouds.agents.templates.linux: ami: no image: give ami, or amiFilters with amiOwners",
            );
            request = bench.request();
            request.cloud.templates[1].parameters.description = "linux";
            expect(await refused()).toContain(
                'clouds.agents.templates.linux, clouds.agents.templates.linux-spot: description: "linux" must be unique in the cloud',
            );
        });

        it("a credentials id that does not exist, which the plugin would take as the controller's own AWS identity", async () => {
            request.cloud.parameters.credentialsId = "nowhere";
            expect(await refused()).toContain(
                'clouds.agents: credentialsId: the controller has no credentials "nowhere"',
            );
        });

        it("without a secret in the message, although the plugin's own message holds them", async () => {
            request.cloud.templates[0].parameters.amiType = {
                $class: "WindowsData",
                password: "windows-password",
                useHTTPS: "true",
                bootDelay: "0",
                specifyPassword: "true",
            };
            request.cloud.templates[0].parameters.maxTotalUses = "never";
            const message = await refused();
            expect(message).toMatch(/clouds\.agents\.templates\.linux: maxTotalUses: NumberFormatException/);
            expect(message).not.toContain("windows-password");
        });
    });

    it("drops what this version lacks and the user did not ask for", async () => {
        request.cloud.parameters.newerThanAll = "x";
        request.cloud.optional = ["newerThanAll"];
        request.cloud.templates[0].parameters.fromTheFuture = "true";
        request.cloud.templates[0].optional = ["fromTheFuture"];
        expect((await apply(request, report)).templates).toEqual(["linux", "linux-spot"]);
    });

    it("says a public address in this version's words", async () => {
        request.cloud.templates[0].parameters.associateIPStrategy = "PUBLIC_IP";
        request.cloud.templates[1].parameters.associateIPStrategy = "SUBNET";
        await apply(request, report);
        const [, , cloud] = (await bench.observe()).clouds;
        const [first, second] = cloud.templates as Record<string, unknown>[];
        if (parseInt(generation) >= 2036) {
            expect([first.associateIPStrategy, second.associateIPStrategy]).toEqual(["PUBLIC_IP", "SUBNET"]);
        } else {
            expect([first.associatePublicIp, second.associatePublicIp]).toEqual(["true", "false"]);
        }
    });

    describe("a cloud that this stack did not make", () => {
        beforeEach(async () => {
            const other = bench.request();
            other.cloud.credentials.forEach((each) => (each.description = "Made by hand"));
            await apply(other, report);
        });

        it("is left alone, with what taking over would change and how to", async () => {
            request.cloud.templates[0].parameters.labelString = "linux maven";
            const before = await bench.observe();
            const message = await messageOf(apply(request, report));
            expect(message).toContain('cloud "agents" exists and was not made by this stack');
            expect(message).toContain('credentials "agents-aws" exist with the description "Made by hand"');
            expect(message).toMatch(/Taking over would change: .*template linux labelString.*Set adopt: true/);
            expect(await bench.observe()).toEqual(before);
        });

        it("is taken over if the policy says so", async () => {
            request.policy.adopt = true;
            await apply(request, report);
            request.policy.adopt = false;
            await apply(request, report);
            expect((await bench.observe()).credentials["agents-aws"].description).toBe(
                "Managed by Pulumi stack jenkins-ec2-agents/test (team-a/agents)",
            );
        });

        it("is left alone by a removal", async () => {
            await remove(request, report);
            expect((await bench.observe()).clouds).toHaveLength(3);
            expect(said.join("\n")).toContain("left alone");
        });
    });

    describe("a stack whose back end has organizations", () => {
        /** The request of the stack of that name in an organization. */
        function of(organization: string): PushRequest {
            const other = bench.request();
            other.cloud.credentials.forEach((each) => {
                each.description = each.description.replace(" stack ", ` stack ${organization}/`);
            });
            return other;
        }
        const mark = async () => (await bench.observe()).credentials["agents-aws"].description;

        it("knows the mark of before it said the organization, and puts its own in the place", async () => {
            await apply(request, report);
            await apply(of("acme"), report);
            expect(await mark()).toBe("Managed by Pulumi stack acme/jenkins-ec2-agents/test (team-a/agents)");
            await remove(of("acme"), report);
            expect(Object.keys((await bench.observe()).credentials)).toEqual(["administrators"]);
        });

        it("is known by the stack's former name after a renaming, and gets the new one", async () => {
            await apply(request, report);
            const renamed = bench.request();
            renamed.cloud.formerMark = renamed.cloud.credentials[0]!.description;
            renamed.cloud.credentials.forEach((each) => (each.description = each.description.replace("/test", "/new")));
            await apply(renamed, report);
            expect(await mark()).toBe("Managed by Pulumi stack jenkins-ec2-agents/new (team-a/agents)");
            await remove(renamed, report);
            expect(Object.keys((await bench.observe()).credentials)).toEqual(["administrators"]);
        });

        it("is another than that of another organization, and than that of a back end without any", async () => {
            await apply(of("acme"), report);
            const before = await bench.observe();
            for (const other of [of("umbrella"), request]) {
                expect(await messageOf(apply(other, report))).toContain(
                    'cloud "agents" exists and was not made by this',
                );
                await remove(other, report);
            }
            expect(await bench.observe()).toEqual(before);
        });
    });

    it("lets two pushes at once both succeed, one after the other", async () => {
        const second = bench.request();
        second.cloud.templates[0].parameters.labelString = "second";
        await Promise.all([apply(request, report), apply(second, report)]);
        const { clouds } = await bench.observe();
        expect(clouds).toHaveLength(3);
        const [linux] = clouds[2].templates as Record<string, unknown>[];
        expect(["linux docker", "second"]).toContain(linux.labelString);
    });

    describe("removing", () => {
        it("takes away the cloud and its credentials, and nothing else", async () => {
            const before = await bench.observe();
            await apply(request, report);
            await remove(request, report);
            const after = await bench.observe();
            expect(after.clouds).toEqual(before.clouds);
            expect(after.credentials).toEqual(before.credentials);
        });

        it("succeeds where the cloud is gone already, and still takes the credentials", async () => {
            await apply(request, report);
            await bench.script("jenkins.model.Jenkins.get().clouds.with { it.remove(it.last()) }; null");
            await remove(request, report);
            await remove(request, report);
            expect(Object.keys((await bench.observe()).credentials)).toEqual(["administrators"]);
        });

        it.each(["(team-b/agents)", "(team-a/builds)"])(
            "leaves what a push has put in place since whose controller or cloud has another id: %s",
            async (identity) => {
                await apply(request, report);
                const renamed = marked(identity);
                await apply(renamed, report);
                const before = await bench.observe();
                expect(before.credentials["agents-aws"].description).toBe(
                    `Managed by Pulumi stack jenkins-ec2-agents/test ${identity}`,
                );
                said.length = 0;
                await remove(request, report);
                expect(await bench.observe()).toEqual(before);
                expect(said).toEqual([
                    `cloud "agents" is not this push's any more (its credentials: "Managed by Pulumi stack jenkins-ec2-agents/test ${identity}"): left alone`,
                ]);
                await remove(renamed, report);
                expect(Object.keys((await bench.observe()).credentials)).toEqual(["administrators"]);
            },
        );

        it("leaves the credentials of such a push, also where its cloud is gone", async () => {
            await apply(marked("(team-b/agents)"), report);
            await bench.script("jenkins.model.Jenkins.get().clouds.with { it.remove(it.last()) }; null");
            const before = await bench.observe();
            await remove(request, report);
            expect(await bench.observe()).toEqual(before);
            expect(said.join("\n")).toContain('credentials "agents-aws" are not this push\'s any more: left alone');
        });

        /** The request of a push of the same stack with another mark. */
        function marked(identity: string): PushRequest {
            const other = bench.request();
            other.cloud.credentials.forEach(
                (each) => (each.description = `Managed by Pulumi stack jenkins-ec2-agents/test ${identity}`.trim()),
            );
            return other;
        }

        it("follows an apply that has put its own mark in the place of an older one of the stack", async () => {
            await apply(marked(""), report);
            await apply(request, report);
            await remove(request, report);
            expect(Object.keys((await bench.observe()).credentials)).toEqual(["administrators"]);
        });

        it("leaves credentials that another cloud uses", async () => {
            await apply(request, report);
            const other = bench.request();
            other.cloud.name = "other";
            await apply(other, report);
            await remove(request, report);
            expect((await bench.observe()).credentials).toHaveProperty("agents-aws");
            expect(said.join("\n")).toContain('credentials "agents-aws" are used by another cloud: left alone');
            await remove(other, report);
            expect((await bench.observe()).credentials).not.toHaveProperty("agents-aws");
        });
    });
});
