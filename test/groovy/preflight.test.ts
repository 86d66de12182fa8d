import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { apply } from "../../jenkins/push/apply";
import { UNKNOWN } from "../../settings/naming";
import { fleet } from "../../cli/status/fleet";
import { readControllerState } from "../../jenkins/preview/controllerState";
import { sentences } from "../../jenkins/push/problems";
import type { PushRequest } from "../../jenkins/push/request";
import { controllerState } from "../../playground/controller/controller";
import { generations } from "../../playground/controller/generations";
import { type Bench, benchOfEachGeneration, messageOf, startBench } from "./bench";

const silent = () => undefined;

const benchOf = benchOfEachGeneration();

describe.each(generations)("the preflight of a controller with ec2 %s", (generation) => {
    let bench: Bench;
    let request: PushRequest;
    const problems = async (...requests: PushRequest[]) =>
        sentences((await readControllerState(request, requests)).problems);

    beforeAll(async () => {
        bench = benchOf(generation);
        await bench.run("neighbours.groovy");
    });
    beforeEach(async () => {
        request = bench.request();
        await bench.run("clear.groovy");
    });

    it("says what is there, and changes nothing", async () => {
        await apply(request, silent);
        const before = await controllerState(bench.controller);
        expect(await readControllerState(request, [request])).toEqual({
            controller: "team-a",
            installed: { jenkins: bench.jenkins, ec2: generation, inactive: false },
            instance: expect.any(String) as string,
            hasUrl: true,
            quietingDown: false,
            clouds: [
                expect.objectContaining({ name: "first", agents: [] }),
                expect.objectContaining({ name: "last", agents: [] }),
                {
                    name: "agents",
                    templates: ["linux", "linux-spot"],
                    securityGroups: [request.cloud.templates[0]!.parameters.securityGroups],
                    agents: [],
                },
            ],
            changed: [],
            problems: [],
        });
        const after = await controllerState(bench.controller);
        expect([after.saves, after.credentialsSaves]).toEqual([before.saves, before.credentialsSaves]);
        expect(after.scripts).toBe(before.scripts + 1);
    });

    it("names what of its own differs already; what AWS has yet to answer counts as the same", async () => {
        await apply(request, silent);
        const [linux, spot] = request.cloud.templates;
        linux!.parameters.labelString = "another";
        spot!.parameters.ami = UNKNOWN;
        request.cloud.parameters.instanceCapStr = "7";
        expect((await readControllerState(request, [request])).changed).toEqual([
            { cloud: "agents", template: "" },
            { cloud: "agents", template: "linux" },
        ]);
    });

    it("takes no offence at what AWS has yet to answer", async () => {
        const [linux] = request.cloud.templates;
        Object.assign(linux!.parameters, { ami: UNKNOWN, securityGroups: UNKNOWN, subnetId: UNKNOWN });
        request.cloud.parameters.roleArn = UNKNOWN;
        expect(await problems(request)).toEqual([]);
    });

    it("finds all that a push would stumble over, of all clouds, by the settings' names", async () => {
        const other = bench.request();
        Object.assign(other.cloud, { name: "other", path: "clouds.other" });
        other.cloud.parameters.newerThanAll = "x";
        const [linux, spot] = request.cloud.templates;
        for (const each of [linux!, spot!]) {
            each.parameters.fromTheFuture = "true";
            each.settings.fromTheFuture = "plugin.fromTheFuture";
        }
        spot!.parameters.amiType = { $class: "hudson.plugins.ec2.TelegraphData" };
        spot!.settings.amiType = "platform";
        spot!.parameters.numExecutors = "many";
        expect(await problems(request, other)).toEqual([
            `clouds.agents.templates.linux.plugin.fromTheFuture, clouds.agents.templates.linux-spot.plugin.fromTheFuture: ec2 ${generation} has no parameter "fromTheFuture": remove the setting, or upgrade the plugin`,
            'clouds.agents.templates.linux-spot.executors: numExecutors: "many" is not a whole number',
            `clouds.agents.templates.linux-spot.platform: ec2 ${generation} does not know TelegraphData: remove the setting, or upgrade the plugin`,
            `clouds.other: ec2 ${generation} has no parameter "newerThanAll": remove the setting, or upgrade the plugin`,
        ]);
    });

    it("finds a cloud that is another's, unless it may be taken over", async () => {
        await apply(request, silent);
        request.cloud.credentials.forEach((each) => (each.description = "Managed by Pulumi stack p/other (a/b)"));
        const [problem, ...more] = await problems(request);
        expect(more).toEqual([]);
        expect(problem).toMatch(/^clouds\.agents\.adopt: .*cloud "agents" exists and was not made by this stack/s);
        request.policy.adopt = true;
        expect(await problems(request)).toEqual([]);
    });

    it("finds credentials of somebody else's that are not there, of another kind, or the stack's own", async () => {
        await bench.run("byHand.groovy");
        const naming = async (credentialsId: string, sshKeysCredentialsId: string) => {
            const naming = bench.request();
            const { description } = naming.cloud.credentials[0]!;
            naming.cloud.credentials = [{ kind: "mark", id: "agents-mark", description, cloud: "agents" }];
            Object.assign(naming.cloud.parameters, { credentialsId, sshKeysCredentialsId });
            naming.cloud.settings = {
                credentialsId: "identity.credentialsId",
                sshKeysCredentialsId: "keyPair.credentialsId",
            };
            return problems(naming);
        };
        expect(await naming("team-key", "team-ssh")).toEqual([]);
        expect(await naming("nowhere", "gone")).toEqual([
            'clouds.agents.identity.credentialsId: credentialsId: the controller has no credentials "nowhere" (those of a folder do not count)',
            'clouds.agents.keyPair.credentialsId: sshKeysCredentialsId: the controller has no credentials "gone" (those of a folder do not count)',
        ]);
        expect(await naming("team-ssh", "team-key")).toEqual([
            'clouds.agents.identity.credentialsId: credentialsId: the credentials "team-ssh" are BasicSSHUserPrivateKey; the plugin takes AmazonWebServicesCredentials here',
            'clouds.agents.keyPair.credentialsId: sshKeysCredentialsId: the credentials "team-key" are AWSCredentialsImpl; the plugin takes SSHUserPrivateKey here',
        ]);
        await apply(request, silent);
        expect(await naming("agents-aws", "team-ssh")).toEqual([
            'clouds.agents.identity.credentialsId: credentialsId: the credentials "agents-aws" were made by this stack, which takes them away when it makes none for the cloud: name some that somebody else made',
        ]);
    });

    it("names the version that has what is missing", async () => {
        const [linux] = request.cloud.templates;
        linux!.parameters.avoidUsingOrphanedNodes = "true";
        linux!.settings.avoidUsingOrphanedNodes = "reuseOrphans";
        linux!.parameters.amiType = { $class: "hudson.plugins.ec2.WindowsSSHData" };
        linux!.settings.amiType = "platform";
        const lacking = parseInt(generation) < 1935;
        expect(await problems(request)).toEqual(
            lacking
                ? [
                      `clouds.agents.templates.linux.platform: ec2 ${generation} does not know WindowsSSHData; ec2 1948.v72ee2dd75cf0 is the first that has it: remove the setting, or upgrade the plugin`,
                      `clouds.agents.templates.linux.reuseOrphans: ec2 ${generation} has no parameter "avoidUsingOrphanedNodes"; ec2 1935.v9b_77210472b_1 is the first that has it: remove the setting, or upgrade the plugin`,
                  ]
                : [],
        );
    });

    it("is refused with a wrong token", async () => {
        request.controller = { ...request.controller, token: "wrong" };
        const error = await readControllerState(request, [request]).catch((each: unknown) => each);
        expect(error).toMatchObject({ refused: true });
        expect(await messageOf(readControllerState(request, [request]))).toContain("with this token (401)");
    });
});

describe("the preflight of a controller without the plugin", () => {
    let bench: Bench;
    beforeAll(async () => {
        bench = await startBench();
    });
    afterAll(() => bench?.stop());

    it("has no fleet", async () => {
        expect(await fleet(bench.request().controller, silent)).toMatchObject({
            installed: { ec2: undefined },
            clouds: [],
            agents: [],
            waiting: [],
        });
    });

    it("finds a problem only where it may not be installed", async () => {
        const request = bench.request();
        request.plugin.install = true;
        expect(await readControllerState(request, [request])).toMatchObject({
            installed: { ec2: undefined },
            clouds: [],
            problems: [],
        });
        request.plugin.install = false;
        const { problems } = await readControllerState(request, [request]);
        expect(sentences(problems)).toEqual([
            expect.stringMatching(
                /^controllers\.team-a\.plugin: the ec2 plugin is not installed\. .*install-plugin ec2:2\d{3}\.v/s,
            ),
        ]);
    });
});
