import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import type { PushRequest } from "../../../jenkins/push/request";
import type { StackOutputs } from "../../../component/outputs";
import { valueOf } from "../pulumi-mocks";
import { runWholeProgram, smallStack, type MockedStack } from "./wholeProgram";
import { newestRelease } from "../../../settings/plugin/releases";

let stack: MockedStack;
beforeAll(async () => {
    stack = await runWholeProgram(smallStack);
});

const commandType = "command:local:Command";
const commands = () => stack.resources.filter(({ type }) => type === commandType);

describe("the resources of the whole program", () => {
    it("are pinned: these names are in the state of existing stacks, another one would replace the resource", () => {
        const [first, ...pinned] = stack.resources.map(
            ({ type, name }) => `${stack.options[`${type} ${name}`]!.qualifiedType} ${name}`,
        );
        expect(first).toBe("jenkins-ec2-agents:index:JenkinsAgents agents");
        expect(pinned.map((one) => one.replace("jenkins-ec2-agents:index:JenkinsAgents$", "")).sort()).toEqual([
            "jenkins-ec2-agents:ec2:KeyPair agents-eu-central-1",
            "jenkins-ec2-agents:ec2:KeyPair agents-eu-west-1",
            "jenkins-ec2-agents:ec2:KeyPair$aws:ec2/keyPair:KeyPair agents-eu-central-1",
            "jenkins-ec2-agents:ec2:KeyPair$aws:ec2/keyPair:KeyPair agents-eu-west-1",
            "jenkins-ec2-agents:ec2:KeyPair$tls:index/privateKey:PrivateKey agents-eu-central-1",
            "jenkins-ec2-agents:ec2:KeyPair$tls:index/privateKey:PrivateKey agents-eu-west-1",
            "jenkins-ec2-agents:ec2:SecurityGroup agents",
            "jenkins-ec2-agents:ec2:SecurityGroup west",
            "jenkins-ec2-agents:ec2:SecurityGroup$aws:ec2/securityGroup:SecurityGroup agents",
            "jenkins-ec2-agents:ec2:SecurityGroup$aws:ec2/securityGroup:SecurityGroup west",
            "jenkins-ec2-agents:ec2:SecurityGroup$aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule agents-out-0.0.0.0/0",
            "jenkins-ec2-agents:ec2:SecurityGroup$aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule agents-out-all-ipv6",
            "jenkins-ec2-agents:ec2:SecurityGroup$aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule west-out-0.0.0.0/0",
            "jenkins-ec2-agents:ec2:SecurityGroup$aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule west-out-all-ipv6",
            "jenkins-ec2-agents:ec2:SecurityGroup$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule agents-in-22-10.20.0.0/24",
            "jenkins-ec2-agents:ec2:SecurityGroup$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule west-in-445-10.20.0.0/24",
            "jenkins-ec2-agents:ec2:SecurityGroup$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule west-in-5986-10.20.0.0/24",
            "jenkins-ec2-agents:iam:Access agents",
            "jenkins-ec2-agents:iam:Access$aws:iam/accessKey:AccessKey agents-team-a-1",
            "jenkins-ec2-agents:iam:Access$aws:iam/accessKey:AccessKey agents-team-b-1",
            "jenkins-ec2-agents:iam:Access$aws:iam/group:Group agents",
            "jenkins-ec2-agents:iam:Access$aws:iam/groupPolicyAttachment:GroupPolicyAttachment agents",
            "jenkins-ec2-agents:iam:Access$aws:iam/policy:Policy agents",
            "jenkins-ec2-agents:iam:Access$aws:iam/user:User agents-team-a",
            "jenkins-ec2-agents:iam:Access$aws:iam/user:User agents-team-b",
            "jenkins-ec2-agents:iam:Access$aws:iam/userGroupMembership:UserGroupMembership agents-team-a",
            "jenkins-ec2-agents:iam:Access$aws:iam/userGroupMembership:UserGroupMembership agents-team-b",
            "jenkins-ec2-agents:jenkins:Cloud team-a-agents",
            "jenkins-ec2-agents:jenkins:Cloud team-b-agents",
            "jenkins-ec2-agents:jenkins:Cloud team-b-west",
            "jenkins-ec2-agents:jenkins:Cloud$command:local:Command team-a-agents",
            "jenkins-ec2-agents:jenkins:Cloud$command:local:Command team-b-agents",
            "jenkins-ec2-agents:jenkins:Cloud$command:local:Command team-b-west",
            "pulumi:index:Stash eu-central-1-an-image-875116",
            "pulumi:index:Stash eu-west-1-windows-c4e6c5",
            "pulumi:providers:aws aws-eu-west-1",
        ]);
    });
});

describe("what was the stack's own before there was a component", () => {
    const component = "jenkins-ec2-agents:index:JenkinsAgents";
    const stacksOwn = () =>
        Object.entries(stack.options)
            .filter(([key, { qualifiedType }]) => qualifiedType === `${component}$${key.split(" ")[0]}`)
            .map(([key, options]) => [key, options.stacksOwn]);

    it("is found in the states of that time, pins under all their former names", () => {
        expect(Object.fromEntries(stacksOwn())).toEqual({
            "jenkins-ec2-agents:ec2:KeyPair agents-eu-central-1": [""],
            "jenkins-ec2-agents:ec2:KeyPair agents-eu-west-1": [""],
            "jenkins-ec2-agents:ec2:SecurityGroup agents": [""],
            "jenkins-ec2-agents:ec2:SecurityGroup west": [""],
            "jenkins-ec2-agents:iam:Access agents": [""],
            "jenkins-ec2-agents:jenkins:Cloud team-a-agents": [""],
            "jenkins-ec2-agents:jenkins:Cloud team-b-agents": [""],
            "jenkins-ec2-agents:jenkins:Cloud team-b-west": [""],
            "pulumi:index:Stash eu-central-1-an-image-875116": ["", "eu-central-1-ssm:/an/image", "agents-linux"],
            "pulumi:index:Stash eu-west-1-windows-c4e6c5": [
                "",
                "eu-west-1-filter:name=windows-*;owners=self",
                "west-windows",
            ],
            "pulumi:providers:aws aws-eu-west-1": [""],
        });
    });
});

describe("an image", () => {
    const image = { ssm: "/an/image" };
    const template = { image, instanceType: "m7i.large", labels: ["x"] };
    const withTemplates = async (templates: Record<string, unknown>, others: Record<string, unknown> = {}) => {
        const settings: any = structuredClone(smallStack);
        settings.clouds.agents.templates = templates;
        Object.assign(settings.clouds, others);
        return runWholeProgram(settings);
    };
    const pins = ({ resources, options }: MockedStack) =>
        Object.fromEntries(
            resources
                .filter(({ type }) => type === "pulumi:index:Stash")
                .map(({ type, name }) => [name, options[`${type} ${name}`]!.aliases]),
        );
    const lookUps = ({ calls }: MockedStack) => calls.filter(({ token }) => token.includes("getParameter"));

    it("is looked up and pinned once for all templates of a region, of all clouds; the pins of earlier states stay", async () => {
        const another = { ...smallStack.clouds.agents, templates: { more: template } };
        const found = await withTemplates({ linux: template, arm: template, zebra: template }, { another });
        expect(pins(found)["eu-central-1-an-image-875116"]).toEqual([
            "eu-central-1-ssm:/an/image",
            "agents-arm",
            "agents-linux",
            "agents-zebra",
            "another-more",
        ]);
        expect(lookUps(found)).toHaveLength(1);
    });

    it("has another pin in another region, from another source and for another serial", async () => {
        const elsewhere = { ...smallStack.clouds.agents, region: "eu-west-1", templates: { linux: template } };
        const found = await withTemplates(
            {
                linux: template,
                other: { ...template, image: { ssm: "/another/image" } },
                raised: { ...template, image: { ...image, refresh: 3 } },
            },
            { elsewhere },
        );
        expect(pins(found)).toEqual({
            "eu-central-1-an-image-875116": ["eu-central-1-ssm:/an/image", "agents-linux"],
            "eu-central-1-another-image-0d8d56": ["eu-central-1-ssm:/another/image", "agents-other"],
            "eu-central-1-an-image-875116-3": ["eu-central-1-ssm:/an/image-3", "agents-raised"],
            "eu-west-1-an-image-875116": ["eu-west-1-ssm:/an/image", "elsewhere-linux"],
            "eu-west-1-windows-c4e6c5": ["eu-west-1-filter:name=windows-*;owners=self", "west-windows"],
        });
    });

    it("costs one resource and one look-up for two hundred templates", async () => {
        const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`t${index}`, template]));
        const found = await withTemplates(many);
        const one = await withTemplates({ one: template });
        expect(found.resources).toHaveLength(one.resources.length);
        expect(found.calls).toHaveLength(one.calls.length);
    });
});

describe("a change of the settings", () => {
    const names = ({ resources }: MockedStack) => resources.map(({ type, name }) => `${type} ${name}`);
    /** What is made and what is deleted for a change. */
    const difference = async (change: (settings: any) => void) => {
        const settings = structuredClone(smallStack);
        change(settings);
        const [before, after] = [names(stack), names(await runWholeProgram(settings))];
        return {
            made: after.filter((name) => !before.includes(name)),
            deleted: before.filter((name) => !after.includes(name)),
        };
    };

    it("of the serial makes new access keys and nothing else", async () => {
        expect(await difference((settings) => (settings.access.accessKeySerial = 2))).toEqual({
            made: ["aws:iam/accessKey:AccessKey agents-team-a-2", "aws:iam/accessKey:AccessKey agents-team-b-2"],
            deleted: ["aws:iam/accessKey:AccessKey agents-team-a-1", "aws:iam/accessKey:AccessKey agents-team-b-1"],
        });
    });

    it("of a cloud's templates is a matter of the command, whatever their number and order", async () => {
        const change = (settings: any) => {
            const { fixed, linux } = settings.clouds.agents.templates;
            settings.clouds.agents.templates = { another: fixed, linux, zebra: { ...fixed, labels: ["zebra"] } };
        };
        expect(await difference(change)).toEqual({ made: [], deleted: [] });
    });

    it("of one controller leaves the others' resources alone", async () => {
        const remove = (settings: any) => {
            settings.clouds.agents.controllers = ["team-b"];
            delete settings.controllers["team-a"];
            delete settings.secrets.tokens["team-a"];
        };
        const { made, deleted } = await difference(remove);
        expect(made).toEqual([]);
        expect(deleted.filter((name) => !name.includes("team-a"))).toEqual([]);
        expect(deleted).toHaveLength(5);
    });
});

describe("the command of a push", () => {
    it("is a constant text: nothing of the settings is in it, so that a change is never a replacement", () => {
        for (const { inputs } of commands()) {
            expect(inputs).toMatchObject({
                create: `node -e "require('jenkins-ec2-agents/push')" apply`,
                update: `node -e "require('jenkins-ec2-agents/push')" apply`,
                delete: `node -e "require('jenkins-ec2-agents/push')" remove`,
            });
        }
        expect(commands()).toHaveLength(3);
    });

    it("gets everything else on standard input, which is a secret", () => {
        const names = commands().map(({ name }) => name);
        expect(names.filter((name) => !stack.secretInputs.includes(`${commandType} ${name} stdin`))).toEqual([]);
        for (const { inputs } of commands()) {
            const { stdin, ...others } = inputs;
            expect(stdin).toContain("token-of-");
            for (const secret of ["token-of-", "secret-of-", "RSA PRIVATE KEY"]) {
                expect(JSON.stringify(others)).not.toContain(secret);
            }
        }
    });

    it("is replaced only for another URL or another name of the cloud, and then the old one is removed first", () => {
        for (const { name, inputs } of commands()) {
            expect(inputs.triggers).toEqual([
                name.startsWith("team-a") ? "https://a.example.com/" : "https://b.example.com/",
                name.replace(/^team-[ab]-/, ""),
            ]);
            expect(stack.options[`${commandType} ${name}`]!.deleteBeforeReplace).toBe(true);
        }
    });

    it("has no mark of an edit where none was looked for, and keeps the one of an earlier push", () => {
        for (const { name, inputs } of commands()) {
            expect(inputs.environment).toEqual({ PUSH_DRIFT: "" });
            expect(stack.options[`${commandType} ${name}`]!.ignoreChanges).toEqual(["environment.PUSH_DRIFT"]);
        }
    });

    it("has every setting that a changed template changes on standard input only: an update in place", async () => {
        const changed = structuredClone(smallStack);
        Object.assign(changed.clouds.agents.templates.linux, { executors: 3, initScript: { inline: "echo changed" } });
        const after = await runWholeProgram(changed);
        for (const { name, inputs } of commands()) {
            const { stdin: before, ...rest } = inputs;
            const { stdin, ...restAfter } = after.resources.find(
                (one) => one.type === commandType && one.name === name,
            )!.inputs;
            expect(restAfter).toEqual(rest);
            expect(stdin === before).toBe(name !== "team-a-agents" && name !== "team-b-agents");
        }
    });
});

describe("secrets", () => {
    it("are in no input of any resource that is not marked as a secret", () => {
        for (const { type, name, inputs } of stack.resources) {
            for (const [input, value] of Object.entries(inputs)) {
                if (stack.secretInputs.includes(`${type} ${name} ${input}`)) continue;
                expect(JSON.stringify(value) ?? "", `${type} ${name} ${input}`).not.toMatch(
                    /token-of-|secret-of-|RSA PRIVATE KEY/,
                );
            }
        }
    });
});

describe("a network whose security groups exist", () => {
    it("gets none made, and its agents are in the existing ones only", async () => {
        const existing = "sg-0123456789abcdef0";
        const { resources, outputs } = await runWholeProgram({
            ...smallStack,
            network: { makeSecurityGroup: false, securityGroups: [existing] },
            clouds: { agents: smallStack.clouds.agents },
            controllers: { "team-a": smallStack.controllers["team-a"], "team-b": smallStack.controllers["team-b"] },
        });
        expect(resources.filter(({ type }) => /security/i.test(type))).toEqual([]);
        const pushes = resources.filter(({ type }) => type === "command:local:Command");
        const requests = pushes.map(({ inputs }) => JSON.parse(inputs.stdin as string) as PushRequest);
        expect(requests.flatMap(({ cloud }) => cloud.templates.map((one) => one.parameters.securityGroups))).toEqual(
            Array.from({ length: 4 }, () => existing),
        );
        expect(requests.map(({ cloud }) => cloud.securityGroup)).toEqual(["", ""]);
        expect(await valueOf(outputs.clouds)).toMatchObject({
            agents: { securityGroupId: "", securityGroupIds: [existing] },
        });
    });
});

describe("security groups by name and by tags", () => {
    it("are looked up wherever they are said, once each, and reach the rules and the templates by id", async () => {
        const [named, tagged] = [{ name: "agents" }, { tags: { role: "cache" } }];
        const { linux, fixed } = smallStack.clouds.agents.templates;
        const templates = { linux: { ...linux, securityGroups: [named, tagged] }, fixed };
        const { calls, resources } = await runWholeProgram({
            ...smallStack,
            network: { securityGroups: [named], ingress: { securityGroups: [{ name: "controllers" }] } },
            clouds: { agents: { ...smallStack.clouds.agents, templates } },
        });
        expect(calls.filter(({ token }) => token.includes("getSecurityGroups"))).toHaveLength(3);
        const pushes = resources.filter(({ type }) => type === "command:local:Command");
        const request = JSON.parse(pushes[0]!.inputs.stdin as string) as PushRequest;
        expect(request.cloud.templates.map((one) => one.parameters.securityGroups)).toEqual([
            "agents-id,sg-of-agents",
            "agents-id,sg-of-agents,sg-of-cache",
        ]);
        const rules = resources.filter(({ type }) => type.includes("IngressRule"));
        expect(rules).toMatchObject([
            { name: "agents-in-22-sg-of-controllers", inputs: { referencedSecurityGroupId: "sg-of-controllers" } },
        ]);
    });
});

describe("credentials that somebody else made in Jenkins", () => {
    const types = ({ resources }: MockedStack) => resources.map(({ type, name }) => `${type} ${name}`);
    const requestOf = ({ resources }: MockedStack, push: string) =>
        JSON.parse(
            resources.find(({ type, name }) => type === commandType && name === push)!.inputs.stdin as string,
        ) as PushRequest;

    it("of both kinds leave nothing to make in IAM, and no key pair; a mark says whose the clouds are", async () => {
        const found = await runWholeProgram({
            ...smallStack,
            access: { identity: { credentialsId: "aws-of-the-team" } },
            keyPair: { credentialsId: "ssh-of-the-team" },
            clouds: { agents: smallStack.clouds.agents },
            controllers: { "team-a": smallStack.controllers["team-a"], "team-b": smallStack.controllers["team-b"] },
        });
        expect(types(found).filter((name) => /aws:iam|KeyPair|tls:/.test(name))).toEqual([]);
        const { cloud } = requestOf(found, "team-b-agents");
        expect(cloud.parameters).toMatchObject({
            credentialsId: "aws-of-the-team",
            sshKeysCredentialsId: "ssh-of-the-team",
        });
        expect(cloud.credentials).toMatchObject([{ kind: "mark", id: "agents-mark" }]);
        expect(await valueOf(found.outputs.clouds)).toMatchObject({ agents: { keyPairName: "" } });
        expect(found.outputs).not.toHaveProperty("policyArn");
        expect(await valueOf(found.outputs.accessKeys)).toEqual({});
        expect(await valueOf(found.outputs.privateKeys)).toEqual({});
    });

    it("of one cloud leave the others' user, key and key pair", async () => {
        const settings: any = structuredClone(smallStack);
        Object.assign(settings.clouds.west, {
            identity: { credentialsId: "aws-of-the-team" },
            keyPair: { credentialsId: "ssh-of-the-team" },
        });
        const found = types(await runWholeProgram(settings));
        expect(types(stack).filter((name) => !found.includes(name))).toEqual([
            "jenkins-ec2-agents:ec2:KeyPair agents-eu-west-1",
            "tls:index/privateKey:PrivateKey agents-eu-west-1",
            "aws:ec2/keyPair:KeyPair agents-eu-west-1",
        ]);
    });
});

describe("clouds of one set", () => {
    it("ask AWS for the network that they share once, whatever their number", async () => {
        const { agents } = smallStack.clouds;
        const network = { securityGroups: [{ name: "agents" }], ingress: { cidrs: ["10.20.0.0/24"] } };
        const withClouds = async (ids: string[]) => {
            const clouds = Object.fromEntries(ids.map((id) => [id, { extends: "farm" }]));
            return (await runWholeProgram({ ...smallStack, network, cloudSets: { farm: agents }, clouds })).calls;
        };
        expect(await withClouds(["a", "b", "c"])).toHaveLength((await withClouds(["a"])).length);
    });
});

describe("the outputs", () => {
    const secret = ["accessKeys", "privateKeys"];

    it("are those of StackOutputs, and the keys are secrets, the others not", async () => {
        const expected: StackOutputs = {
            owner: "jenkins-ec2-agents/test",
            policyArn: "arn:aws:mocked:::agents",
            groupName: "jenkins-aws",
            clouds: {
                agents: {
                    region: "eu-central-1",
                    vpcId: "vpc-1",
                    securityGroupId: "agents-id",
                    securityGroupIds: ["agents-id"],
                    keyPairName: "jenkins-aws",
                },
                west: {
                    region: "eu-west-1",
                    vpcId: "vpc-1",
                    securityGroupId: "west-id",
                    securityGroupIds: ["west-id"],
                    keyPairName: "jenkins-aws",
                },
            },
            controllers: {
                "team-a": {
                    url: "https://a.example.com/",
                    userName: "jenkins-aws-team-a",
                    clouds: { agents: pushed("agents", ["fixed", "linux"]) },
                },
                "team-b": {
                    url: "https://b.example.com/",
                    userName: "jenkins-aws-team-b",
                    clouds: { agents: pushed("agents", ["fixed", "linux"]), west: pushed("west", ["windows"]) },
                },
            },
            images: {
                "agents/fixed": { ami: "ami-0123456789abcdef0", source: "ami-0123456789abcdef0" },
                "agents/linux": { ami: "ami-of-the-parameter", source: "ssm:/an/image" },
                "west/windows": { ami: "ami-found", source: "filter:name=windows-*;owners=self" },
            },
            accessKeys: {
                "team-a": { accessKeyId: "agents-team-a-1-id", secretAccessKey: "secret-of-agents-team-a-1" },
                "team-b": { accessKeyId: "agents-team-b-1-id", secretAccessKey: "secret-of-agents-team-b-1" },
            },
            privateKeys: { "eu-central-1": pem, "eu-west-1": pem },
        };
        expect(Object.keys(stack.outputs).sort()).toEqual(Object.keys(expected).sort());
        for (const [name, value] of Object.entries(expected)) {
            const output = pulumi.output(stack.outputs[name]);
            expect(await valueOf(output), name).toEqual(value);
            expect(await pulumi.isSecret(output), name).toBe(secret.includes(name));
        }
    });
});

const pem = "-----BEGIN RSA PRIVATE KEY-----\nmocked\n-----END RSA PRIVATE KEY-----\n";

function pushed(cloud: string, templates: string[]) {
    return { cloud, templates, jenkins: "2.528.1", plugin: newestRelease.version, connection: "Success" };
}
