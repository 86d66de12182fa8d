import { readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { exportCommand } from "../../cli/export";
import { apply } from "../../jenkins/push/apply";
import { UNKNOWN } from "../../settings/naming";
import { Difference } from "../../jenkins/push/difference";
import { liveClouds } from "../../cli/export/liveClouds";
import { alsoSecret } from "../../jenkins/preview/diff";
import { plan } from "../../jenkins/preview/compare";
import { renderPlan } from "../../jenkins/preview/render";
import { CloudPayload, PluginObject, PushRequest } from "../../jenkins/push/request";
import { controllerState } from "../../playground/controller/controller";
import { template } from "../push/fixtures";
import { generations } from "../../playground/controller/generations";
import { type Bench, benchOfEachGeneration, messageOf, startBench } from "./bench";

const silent = () => undefined;

const benchOf = benchOfEachGeneration();

describe.each(generations)("planning for ec2 %s", (generation) => {
    let bench: Bench;
    let request: PushRequest;

    beforeAll(async () => {
        bench = benchOf(generation);
        await bench.run("neighbours.groovy");
        await apply(bench.request(), silent);
    });
    beforeEach(() => {
        request = bench.request();
    });

    function short(differences: Difference[]): string[] {
        return differences.map(
            (each) => `${each.subject} ${each.id} ${each.path.join(".")}: ${each.before} -> ${each.after}`,
        );
    }

    it("shows each difference by its path, and changes nothing", async () => {
        request.cloud.parameters.instanceCapStr = "5";
        request.cloud.templates[0].parameters.labelString = "linux maven";
        request.cloud.templates[0].parameters.tags = [{ name: "team", value: "b" }];
        request.cloud.templates[1] = template("windows");
        const before = await controllerState(bench.controller);
        const found = await plan(request, silent);
        expect(short(found.differences.filter((each) => each.existed && each.wanted !== false))).toEqual([
            "cloud  instanceCapStr: 40 -> 5",
            "template linux labelString: linux docker -> linux maven",
            "template linux tags.0.value: a -> b",
        ]);
        const text = renderPlan(found);
        expect(text).toContain("- template linux-spot");
        expect(text).toContain("+ template windows");
        const after = await controllerState(bench.controller);
        expect([after.saves, after.credentialsSaves]).toEqual([before.saves, before.credentialsSaves]);
    });

    it("shows an edit by hand, an order that changed, and a credential without its secret", async () => {
        request.cloud.templates.reverse();
        const [aws] = request.cloud.credentials;
        request.cloud.credentials[0] = { ...aws, kind: "aws", accessKey: "AKIASECOND", secretKey: "second-secret-key" };
        const found = await plan(request, silent);
        expect(short(found.differences)).toEqual([
            "credential agents-aws accessKey: AKIAEXAMPLE -> AKIASECOND",
            "credential agents-aws secretKey: **** -> ****",
            "cloud  templates.order: linux,linux-spot -> linux-spot,linux",
        ]);
        expect(JSON.stringify(found)).not.toMatch(/second-secret-key|wJalr/);
    });

    it("finds no difference where the plugin does the same", async () => {
        const own = { name: "jenkins-controller", value: "jenkins-ec2-agents/test/team-a" };
        const variables = [
            { key: "A", value: "1" },
            { key: "B", value: "2" },
        ];
        const property = { $class: "EnvironmentVariablesNodeProperty" };
        const spot = { useBidPrice: "true", fallbackToOndemand: "false", spotBlockReservationDuration: "0" };
        const [linux] = request.cloud.templates;
        const withBoth = (forms: PluginObject) => {
            const written = structuredClone(request);
            written.cloud.groupIds = { "build agents": "sg-2" };
            written.cloud.templates = [{ ...linux!, parameters: { ...linux!.parameters, ...forms } }];
            written.policy.adopt = true;
            return written;
        };
        const byHand = withBoth({
            type: "T3Micro",
            labelString: " linux  docker ",
            securityGroups: "build agents, sg-1",
            subnetId: "subnet-1, subnet-2",
            idleTerminationMinutes: "",
            amiType: { $class: "UnixData", sshPort: "22" },
            spotConfig: { ...spot, spotMaxBidPrice: "0.40" },
            tags: [
                { name: "team", value: "a" },
                { name: "os", value: "linux" },
            ],
            nodeProperties: [{ ...property, env: variables }],
        });
        byHand.cloud.credentials.forEach((each) => (each.description = "Made by hand"));
        await apply(byHand, silent);
        const wanted = withBoth({
            labelString: "docker linux",
            securityGroups: "sg-1,sg-2",
            subnetId: "subnet-1 subnet-2",
            idleTerminationMinutes: "0",
            amiType: { $class: "UnixData", sshPort: "22", bootDelay: "0" },
            spotConfig: { ...spot, spotMaxBidPrice: "0.4" },
            tags: [own, { name: "os", value: "linux" }, { name: "team", value: "a" }],
            nodeProperties: [{ ...property, env: variables.toReversed() }],
        });
        const { differences } = await plan(wanted, silent);
        expect(short(differences).filter((line) => !line.startsWith("credential"))).toEqual([]);
        await apply(wanted, silent); // now the cloud is the stack's: its tag is missed where it is not
        wanted.cloud.templates[0]!.parameters["tags"] = [{ name: "os", value: "linux" }];
        expect(short((await plan(wanted, silent)).differences)).toEqual([
            expect.stringMatching(/^template linux tags: /),
        ]);

        wanted.cloud.templates[0]!.parameters["tags"] = [{ ...own, value: "jenkins-ec2-agents/other/team-a" }];
        wanted.cloud.credentials.forEach(
            (each) => (each.description = "Managed by Pulumi stack jenkins-ec2-agents/other"),
        );
        await apply(wanted, silent);
        const taken = withBoth({ tags: [own] }); // another stack's agents get this one's tag
        expect(short((await plan(taken, silent)).differences)).toContain(
            "template linux tags.0.value: jenkins-ec2-agents/other/team-a -> jenkins-ec2-agents/test/team-a",
        );

        await apply({ ...bench.request(), policy: { ...bench.request().policy, adopt: true } }, silent);
    });

    it("says which values are known only after AWS answers, also where the parameter is no text", async () => {
        const [linux, spot] = request.cloud.templates;
        linux.parameters.securityGroups = UNKNOWN;
        linux.parameters.mode = UNKNOWN;
        linux.parameters.monitoring = UNKNOWN;
        spot.parameters.tags = [{ name: "team", value: UNKNOWN }];
        const [aws, ssh] = request.cloud.credentials;
        request.cloud.credentials = [
            { ...aws, kind: "aws", accessKey: UNKNOWN, secretKey: UNKNOWN },
            { ...ssh, kind: "ssh", username: "ec2-user", privateKey: UNKNOWN },
        ];
        const found = await plan(request, silent);
        expect(short(found.differences)).toEqual([
            `credential agents-aws accessKey: AKIAEXAMPLE -> ${UNKNOWN}`,
            `credential agents-aws secretKey: **** -> ${UNKNOWN}`,
            `credential agents-ssh privateKey: **** -> ${UNKNOWN}`,
            `template linux securityGroups: sg-1 -> ${UNKNOWN}`,
            `template linux-spot tags.0.value: a -> ${UNKNOWN}`,
            `template linux mode: NORMAL -> ${UNKNOWN}`,
            `template linux monitoring: false -> ${UNKNOWN}`,
        ]);
        expect(renderPlan(found)).not.toContain(UNKNOWN);
    });

    it("masks what the settings keep secret, before and after, and nothing else", async () => {
        const [linux] = request.cloud.templates;
        linux!.secret = ["initScript", "tags"];
        linux!.parameters.initScript = "#!/bin/sh\necho from-a-secret-key";
        linux!.parameters.tags = [{ name: "team", value: "secret-team" }];
        linux!.parameters.labelString = "linux maven";
        const found = await plan(request, silent);
        expect(short(found.differences).sort()).toEqual([
            "template linux initScript: **** -> ****",
            "template linux labelString: linux docker -> linux maven",
            "template linux tags.0.value: **** -> ****",
        ]);
        expect(JSON.stringify(found)).not.toMatch(/from-a-secret-key|secret-team|echo ready/);
        expect(renderPlan(found)).toContain("~ linux.initScript: **** -> ****");
    });

    it("masks what the last push kept secret, where the settings no longer say it, or say it in plain text", async () => {
        const [linux] = request.cloud.templates;
        const { initScript, ...rest } = linux!.parameters;
        linux!.parameters = { ...rest, initScript: "echo pl4nted-secret", userData: "pl4nted-user-data" };
        linux!.secret = ["initScript", "userData"];
        const { secret } = await apply(request, silent);
        expect(secret).toEqual({ linux: ["initScript", "userData"] });

        linux!.parameters = { ...rest, initScript: initScript! };
        linux!.secret = [];
        expect(JSON.stringify(await plan(request, silent))).toMatch(/pl4nted-secret.*pl4nted-user-data/); // nothing says any more that it is one
        const found = await plan(alsoSecret(request, secret), silent);
        expect(JSON.stringify(found)).not.toContain("pl4nted");
        expect(short(found.differences).sort()).toEqual([
            "template linux initScript: **** -> ****",
            "template linux userData: **** -> ",
        ]);
        expect((await apply(request, silent)).secret).toBeUndefined();
    });

    it("says for a cloud that is not this stack's what an apply would refuse", async () => {
        request.cloud.credentials.forEach(
            (each) => (each.description = "Managed by Pulumi stack jenkins-ec2-agents/tes (team-a/agents)"),
        );
        const found = await plan(request, silent);
        expect(found.foreign).toHaveLength(3);
        expect(renderPlan(found)).toContain('! cloud "agents" exists and was not made by this stack');
    });

    it("masks variables whose names mark secrets, and shows a switch that only sounds so", async () => {
        request.cloud.parameters.useInstanceProfileForCredentials = "true";
        request.cloud.templates[0].parameters.nodeProperties = [
            { $class: "EnvironmentVariablesNodeProperty", env: [{ key: "FTP_PASSWD", value: "transfer-1" }] },
        ];
        const found = await plan(request, silent);
        expect(short(found.differences)).toContain("cloud  useInstanceProfileForCredentials: false -> true");
        expect(JSON.stringify(found)).toContain("FTP_PASSWD");
        expect(JSON.stringify(found)).not.toContain("transfer-1");
    });

    it("fails where an apply would be refused", async () => {
        request.cloud.templates[0].parameters.fromTheFuture = "x";
        expect(await messageOf(plan(request, silent))).toMatch(
            /clouds\.agents\.templates\.linux: ec2 \S+ has no parameter "fromTheFuture"/,
        );
    });

    it("finds nothing that differs from what an export of the live cloud says", async () => {
        const exported = await liveClouds(request.controller, request.cloud.name, silent);
        const [cloud] = exported.clouds;
        expect(exported.clouds).toHaveLength(1);
        expect(cloud.credentials.map((each) => [each.id, each.kind, each.secretKey ?? each.privateKey])).toEqual([
            ["agents-aws", "aws", "****"],
            ["agents-ssh", "ssh", "****"],
        ]);
        const again: CloudPayload = {
            ...request.cloud,
            parameters: withoutEmpty(cloud.parameters),
            templates: cloud.templates.map((each) => ({
                id: String(each.description),
                path: `clouds.agents.templates.${String(each.description)}`,
                settings: {},
                secret: [],
                optional: [],
                parameters: withoutEmpty(each),
            })),
        };
        expect((await plan({ ...request, cloud: again }, silent)).differences).toEqual([]);
    });

    it("exports every EC2 cloud, and a note names those of a Pulumi stack in place of it", async () => {
        const { url, user, token = "" } = request.controller;
        const path = relative(process.cwd(), join(bench.controller.home, "fleet.yaml"));
        const printed = vi.spyOn(process.stderr, "write").mockReturnValue(true);
        vi.spyOn(process.stdout, "write").mockReturnValue(true);
        await exportCommand(["--output", path], { JENKINS_URL: url, JENKINS_USER: user, JENKINS_TOKEN: token });
        expect(Object.keys((parse(readFileSync(path, "utf8")) as { clouds: object }).clouds)).toEqual([
            "first",
            "last",
        ]);
        expect(printed.mock.calls.join()).toContain(
            'note: cloud "agents" is left out: it belongs to the Pulumi stack jenkins-ec2-agents/test',
        );
        vi.restoreAllMocks();
        rmSync(path);
    });
});

function withoutEmpty(parameters: object): PluginObject {
    return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ""));
}

describe("planning for a controller without the plugin", () => {
    it("shows all as new, and what a push does about the plugin", async () => {
        const bench = await startBench();
        try {
            const found = await plan(bench.request(), silent);
            const text = renderPlan(found);
            expect(text).toContain("ec2 not installed");
            expect(text).toContain("+ cloud agents");
            expect(text).toContain("+ template linux-spot");
            expect(text).toContain("a push ends with the command to install it");
        } finally {
            await bench.stop();
        }
    });
});
