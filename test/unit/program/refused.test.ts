import * as pulumi from "@pulumi/pulumi";
import { afterEach, describe, expect, it } from "vitest";
import { preflight } from "../../../jenkins/preview/preflight";
import { UNKNOWN } from "../../../settings/naming";
import type { CloudPayload } from "../../../jenkins/push/request";
import { configuredSettings } from "../../../settings/read/configuration";
import { dataOf, framed, ScriptedServer, type Reaction, type Seen } from "../../push/server";
import { runProgram } from "../pulumi-mocks";
import { configure, smallStack } from "./wholeProgram";

const servers: ScriptedServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));

async function controller(react: (request: Seen) => Reaction): Promise<string> {
    const server = await ScriptedServer.start(react);
    servers.push(server);
    return server.url;
}

const plugins = (version: string) => JSON.stringify({ plugins: [{ shortName: "ec2", version, active: true }] });

/** A Jenkins whose plugin finds these problems in the first cloud that it is asked about. */
const lacking = (problems: object[]) => (request: Seen) => {
    if (request.method === "GET") return { status: 200, body: plugins("1911.va_4d9cd6da_2cf") };
    const data = dataOf(request);
    const wanted = (data.wanted as object[]).map((_, index) => ({
        problems: index === 0 ? problems : [],
        foreign: [],
        changed: [],
    }));
    return {
        status: 200,
        body: framed(data, { value: { instance: "one", hasUrl: true, quietingDown: false, clouds: [], wanted } }),
    };
};

function against(first: string, second: string): Record<string, unknown> {
    const settings = structuredClone(smallStack) as any;
    settings.watch = "report";
    settings.controllers["team-a"].url = first;
    settings.controllers["team-b"].url = second;
    return settings;
}

/** Runs the small stack against two controllers; gives what was registered and how the program ended. */
async function run(first: string, second: string, call: (token: string) => Record<string, unknown>) {
    configure(against(first, second));
    let error: unknown;
    const { resources } = await runProgram(
        async () => {
            const { default: program } = (await import("../../../index")) as unknown as {
                default: () => Promise<unknown>;
            };
            await program().catch((reason: unknown) => (error = reason));
        },
        { call },
    );
    return { registered: resources.map(({ type }) => type).filter((type) => !type.startsWith("pulumi:")), error };
}

const everything = (token: string) =>
    ({
        "pulumi:pulumi:readStackOutputs": { outputs: {} },
        "aws:ec2/getVpc:getVpc": { id: "vpc-1" },
        "aws:ec2/getSubnets:getSubnets": { ids: ["subnet-1"] },
        "aws:ec2/getInstanceTypes:getInstanceTypes": { instanceTypes: ["m7i.large"] },
        "aws:ec2/getAmi:getAmi": { id: "ami-1" },
        "aws:ssm/getParameter:getParameter": { value: "ami-2" },
        "aws:index/getCallerIdentity:getCallerIdentity": { arn: "arn:aws:iam::111122223333:user/ci" },
    })[token]!;

describe("what can't be", () => {
    it("ends the program before anything is made, with all of it, by the settings' paths", async () => {
        const first = await controller(() => ({ status: 401 }));
        const lack = {
            code: "parameter-unknown",
            template: "linux",
            parameter: "avoidUsingOrphanedNodes",
            lacks: "avoidUsingOrphanedNodes",
            text: 'ec2 1911 has no parameter "avoidUsingOrphanedNodes"',
        };
        const second = await controller(lacking([lack]));
        const noSubnets = (token: string) => (token.includes("getSubnets") ? { ids: [] } : everything(token));
        const { registered, error } = await run(first, second, noSubnets);
        expect(registered).toEqual(["jenkins-ec2-agents:index:JenkinsAgents"]);
        expect(pulumi.RunError.isInstance(error)).toBe(true);
        const { message, stack } = error as Error;
        expect(stack).toBe(message); // Pulumi would spend a minute on frames
        expect(message).toContain("controllers.team-a\n    controller team-a: ");
        expect(message).toContain("pulumi config set --secret --path secrets.tokens.team-a");
        expect(message).toContain("controller team-b: ec2 1911 has no parameter");
        expect(message).toContain("1935.v9b_77210472b_1 is the first that has it");
        expect(message).toContain("network.subnets\n    vpc-1 has no subnet");
    });

    it("has a heading of its own where controllers only refuse the token", async () => {
        const first = await controller(() => ({ status: 401 }));
        const second = await controller(() => ({ status: 401 }));
        const { error } = await run(first, second, everything);
        expect((error as Error).message).toMatch(/^Jenkins does not accept the user or the token/);
    });

    it("is not that a controller is down", async () => {
        const first = await controller(() => ({ status: 500, byProxy: true }));
        const second = await controller(lacking([]));
        configure(against(first, second));
        const { result } = await runProgram(() => preflight(configuredSettings().settings, {}), {
            call: everything,
        });
        expect(result["team-a"]!.unanswered).toEqual([expect.stringContaining("with 500")]);
        expect(result["team-b"]!.state).toMatchObject({ installed: { ec2: "1911.va_4d9cd6da_2cf" }, problems: [] });
    });

    it("is looked for with a placeholder for a group said by name, which AWS has yet to find", async () => {
        const groups: unknown[] = [];
        const noting = (request: Seen) => {
            if (request.method === "POST") {
                const [{ cloud }] = dataOf(request).wanted as [{ cloud: CloudPayload }];
                groups.push(...cloud.templates.map(({ parameters }) => parameters.securityGroups));
            }
            return lacking([])(request);
        };
        const settings = against(await controller(noting), await controller(lacking([]))) as any;
        delete settings.clouds.west;
        settings.network = { makeSecurityGroup: false, securityGroups: ["sg-0123456789abcdef0"] };
        settings.clouds.agents.templates.fixed.securityGroups = [{ name: "cache-clients" }];
        configure(settings);
        await runProgram(() => preflight(configuredSettings().settings, {}), { call: everything });
        expect(new Set(groups)).toEqual(new Set(["sg-0123456789abcdef0", `sg-0123456789abcdef0,${UNKNOWN}`]));
    });

    it("is a VPC that is not there: only that is told, and not that it has no subnets", async () => {
        const settings = structuredClone(smallStack) as any;
        settings.watch = "off";
        delete settings.clouds.west;
        settings.network.vpc = { id: "vpc-0123456789abcdef0" };
        configure(settings);
        const nothing = (token: string) => (/getVpcs|getSubnets/.test(token) ? { ids: [] } : everything(token));
        const { result } = await runProgram(
            async () => {
                const { default: program } = (await import("../../../index")) as unknown as {
                    default: () => Promise<unknown>;
                };
                return program().catch((reason: unknown) => reason);
            },
            { call: nothing },
        );
        expect((result as Error).message).toContain("network.vpc.id: vpc-0123456789abcdef0\n    EC2 has no such VPC");
        expect((result as Error).message).not.toContain("subnet");
    });

    it("is a region that the provider does not know: no provider is made for it", async () => {
        const settings = structuredClone(smallStack) as any;
        settings.clouds.west.region = "eu-wset-1";
        configure(settings);
        const { result, resources } = await runProgram(
            async () => {
                const { default: program } = (await import("../../../index")) as unknown as {
                    default: () => Promise<unknown>;
                };
                return program().catch((reason: unknown) => reason);
            },
            { call: everything },
        );
        expect((result as Error).message).toContain(
            "clouds.west.region: eu-wset-1\n    is no region that the AWS provider knows: did you mean eu-west-1?",
        );
        expect(resources.map(({ type }) => type)).toEqual(["jenkins-ec2-agents:index:JenkinsAgents"]);
    });
});

describe("a script of one line in place of its file", () => {
    it("is no file, however long it is", () => {
        for (const script of [
            "sudo dnf install -y git\tmake",
            "x".repeat(5_000),
            "a/".repeat(3_000),
            "package.json/x",
        ]) {
            const settings = structuredClone(smallStack) as any;
            settings.clouds.agents.templates.linux.initScript = script;
            configure(settings);
            expect(() => configuredSettings()).toThrow(
                /One setting is wrong.*clouds\.agents\.templates\.linux\.initScript: .*no such file/s,
            );
        }
    });
});
