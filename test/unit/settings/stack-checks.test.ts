import { describe, expect, it } from "vitest";
import { readSettings, UserError } from "../../../settings";
import { warnings as warningMessages } from "../../../settings/messages/settingsMessages";
import { context, problems, smallStack, warnings } from "./support";

const privateKey = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n";
const publicKey = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAB agents";

type Case = [name: string, change: (raw: any) => void, path: string, message: string, fix?: string];

function check(cases: Case[]): void {
    it.each(cases)("%s", (_, change, path, message, fix) => {
        expect(problems(change).map((problem) => [problem.path, problem.message, problem.fix])).toEqual([
            [path, message, fix],
        ]);
    });
}

describe("the stack", () => {
    check([
        ["an unknown key", (raw) => (raw.cloud = {}), "cloud", "is not a setting: did you mean clouds?"],
        [
            "a name that IAM refuses",
            (raw) => (raw.name = "jenkins aws"),
            "name",
            "must be 1 to 40 letters, digits and + = , . @ _ -",
        ],
        ["no controllers", (raw) => delete raw.controllers, "controllers", "is needed: must be a map"],
        ["no clouds", (raw) => (raw.clouds = {}), "clouds", "must have at least one cloud"],
        ["a watch of its own", (raw) => (raw.watch = "repair"), "watch", "must be one of report, heal, off"],
        [
            "the policy's name of 0.2.0",
            (raw) => (raw.access = { policy: "seed" }),
            "access.policy",
            "must be one of broad, scoped: did you mean broad?",
        ],
        [
            "a price table that is not there",
            (raw) => (raw.prices = "p.json"),
            "prices",
            "no such file; paths are relative to the folder of Pulumi.yaml",
        ],
        [
            "the tag that a stack knows its own by",
            (raw) => (raw.tags = { "jenkins-stack": "mine" }),
            "tags.jenkins-stack",
            "is a tag that this program sets itself: remove it",
        ],
        [
            "a canary that is no controller",
            (raw) => (raw.rollout = { canary: ["team-aa"] }),
            "rollout.canary[0]",
            "there is no controller team-aa: did you mean team-a?",
        ],
        [
            "a smoke run without a canary",
            (raw) => (raw.rollout = { smoke: { label: "linux" } }),
            "rollout.smoke",
            "needs canaries: set rollout.canary",
        ],
        [
            "a smoke run for a label that no template has",
            (raw) => (raw.rollout = { canary: ["team-a"], smoke: { label: "linx" } }),
            "rollout.smoke.label",
            "no template on the canaries has it: did you mean linux?",
        ],
        [
            "an id that can't be one",
            (raw) => (raw.clouds.agents.templates["a.b"] = {}),
            'clouds.agents.templates["a.b"]',
            "an id has letters, digits, - and _, begins with a letter or digit, and has at most 60 characters",
        ],
    ]);

    it("says what is wrong with a price table", () => {
        const read = (table: string) =>
            problems((raw) => (raw.prices = "p.json"), { "p.json": table }).map(({ message }) => message);
        expect(read("no JSON")).toEqual([
            "is not a price table (the file: Invalid input: expected object, received undefined); settings/prices.json has the form",
        ]);
        expect(read('{"source":"mine","date":"2026-11-24","currency":"EUR","perHour":{"m7i.large":0}}')).toEqual([
            "is not a price table (perHour.m7i.large: Too small: expected number to be >0); settings/prices.json has the form",
        ]);
        expect(read('{"source":"mine","date":"2026-11-24","currency":"EUR","perHour":{"m7i.large":0.1}}')).toEqual([]);
    });
});

describe("controllers", () => {
    check([
        [
            "no user",
            (raw) => delete raw.controllers["team-a"].user,
            "controllers.team-a.user",
            "is needed: must be text",
        ],
        [
            "plain http beyond this machine",
            (raw) => (raw.controllers["team-a"].url = "http://jenkins.example.com/"),
            "controllers.team-a.url",
            "must be https, because others can read token and AWS key over http; http is for this machine only",
        ],
        [
            "a URL that is no base",
            (raw) => (raw.controllers["team-a"].url = "https://jenkins.example.com/?a=b"),
            "controllers.team-a.url",
            "must be a base URL, without ? and #",
        ],
        [
            "no URL",
            (raw) => (raw.controllers["team-a"].url = "jenkins"),
            "controllers.team-a.url",
            "must be a URL, like https://jenkins.example.com/team-a/",
        ],
        [
            "a page of Jenkins for its URL",
            (raw) => (raw.controllers["team-a"].url = "https://jenkins.example.com/team-a/manage/"),
            "controllers.team-a.url",
            "is a page of Jenkins: set the base URL, https://jenkins.example.com/team-a/",
        ],
        [
            "a page within a page",
            (raw) => (raw.controllers["team-a"].url = "https://jenkins.example.com/job/builds/job/main/"),
            "controllers.team-a.url",
            "is a page of Jenkins: set the base URL, https://jenkins.example.com/",
        ],
        [
            "a least version of the plugin over the one that is installed",
            (raw) =>
                (raw.controllers["team-a"].plugin = {
                    minimum: "2059.v05f9d511d7e5",
                    version: "1950.v4a_a_04b_84b_c74",
                }),
            "controllers.team-a.plugin.minimum",
            "is newer than plugin.version, 1950.v4a_a_04b_84b_c74: raise that, or lower this",
        ],
        [
            "a controller that is there twice",
            (raw) => {
                raw.controllers["team-b"] = {
                    ...raw.controllers["team-a"],
                    url: "https://jenkins.example.com/team-a/",
                };
                raw.secrets.tokens["team-b"] = "x";
                raw.clouds.agents.controllers.push("team-b");
            },
            "controllers.team-b.url",
            "is the URL of controllers.team-a too: list each controller once",
        ],
        [
            "no token",
            (raw) => (raw.secrets = {}),
            "secrets.tokens.team-a",
            "is needed: the API token of provisioner",
            "pulumi config set --secret --path 'secrets.tokens.team-a'",
        ],
        [
            "a token and a password",
            (raw) => (raw.secrets.passwords = { "team-a": "x" }),
            "secrets.passwords.team-a",
            "has no effect, because a token is set too",
            "pulumi config rm --path 'secrets.passwords.team-a'",
        ],
        [
            "a token of nobody",
            (raw) => (raw.secrets.tokens["team-q"] = "x"),
            "secrets.tokens.team-q",
            "there is no controller team-q: did you mean team-a?",
        ],
        [
            "a client key without a certificate",
            (raw) => (raw.secrets.clientKeys = { "team-a": "x" }),
            "secrets.clientKeys.team-a",
            "has no certificate",
            "clientCertificate: client.pem",
        ],
    ]);

    it("need certificates that are some, and the key of a client certificate", () => {
        const files = { "ca.pem": "no certificate", "client.pem": "-----BEGIN CERTIFICATE-----\n" };
        const change = (raw: any) =>
            Object.assign(raw.controllers["team-a"], {
                certificateAuthority: "ca.pem",
                clientCertificate: "client.pem",
            });
        expect(problems(change, files).map(({ path, message, fix }) => [path, message, fix])).toEqual([
            [
                "controllers.team-a.certificateAuthority",
                "is not a certificate in PEM form: it has no line BEGIN CERTIFICATE",
                undefined,
            ],
            [
                "controllers.team-a.clientCertificate",
                "has no key",
                "pulumi config set --secret --path 'secrets.clientKeys.team-a'",
            ],
        ]);
    });

    it("may be reached over plain http on this machine", () => {
        for (const url of ["http://localhost:8080/", "http://127.0.0.1:8080/jenkins", "http://[::1]:8080/"]) {
            expect(problems((raw) => (raw.controllers["team-a"].url = url))).toEqual([]);
        }
    });
});

describe("clouds", () => {
    check([
        [
            "a controller that is not there",
            (raw) => raw.clouds.agents.controllers.push("team-b"),
            "clouds.agents.controllers[1]",
            "there is no controller team-b: did you mean team-a?",
        ],
        [
            "a controller named twice",
            (raw) => raw.clouds.agents.controllers.push("team-a"),
            "clouds.agents.controllers",
            "names team-a more than once",
        ],
        [
            "one name on one controller twice",
            (raw) => (raw.clouds.more = { ...raw.clouds.agents, name: "agents" }),
            "clouds.more.name",
            "the controller team-a has a cloud agents already, clouds.agents: set another name",
        ],
        [
            "an endpoint of another region",
            (raw) => (raw.clouds.agents.endpoint = "https://ec2.us-east-1.amazonaws.com"),
            "clouds.agents.endpoint",
            "belongs to the region us-east-1, and the cloud is in eu-central-1",
        ],
        [
            "an endpoint over plain http",
            (raw) => (raw.clouds.agents.endpoint = "http://ec2.example.com"),
            "clouds.agents.endpoint",
            "must be https; http is for this machine only",
        ],
        [
            "a raw parameter that this program manages",
            (raw) => (raw.clouds.agents.plugin = { credentialsId: "mine" }),
            "clouds.agents.plugin.credentialsId",
            "is managed by this program and not allowed under plugin; the setting is identity.credentialsId",
        ],
        [
            "AWS credentials of somebody else's for an identity that has no key",
            (raw) => (raw.clouds.agents.identity = { mode: "instance-profile", credentialsId: "aws-of-the-team" }),
            "clouds.agents.identity.credentialsId",
            "are an access key, and the mode is instance-profile",
        ],
        [
            "the same beneath a role",
            (raw) =>
                (raw.access = {
                    identity: {
                        mode: "role",
                        base: "instance-profile",
                        credentialsId: "aws-of-the-team",
                        roleArn: "arn:aws:iam::123456789012:role/agents",
                    },
                }),
            "access.identity.credentialsId",
            "are an access key, and the base is instance-profile",
        ],
        [
            "AWS credentials of somebody else's with a role that is made",
            (raw) => (raw.clouds.agents.identity = { mode: "role", credentialsId: "aws-of-the-team" }),
            "clouds.agents.identity.credentialsId",
            "cannot assume a role that this stack makes: set roleArn of an existing role",
        ],
        [
            "a role without the mode",
            (raw) => (raw.clouds.agents.identity = { roleArn: "arn:aws:iam::123456789012:role/agents" }),
            "clouds.agents.identity.roleArn",
            "has an effect only with mode: role; the mode is access-key",
        ],
        [
            "no templates",
            (raw) => (raw.clouds.agents.templates = {}),
            "clouds.agents.templates",
            "must have at least one template",
        ],
        [
            "an unknown setting",
            (raw) => (raw.clouds.agents.instanceCap = 3),
            "clouds.agents.instanceCap",
            "is not a setting: there is adopt, busyAgents, cap, cleanUpOrphanedNodes, controllers, defaults, drainMinutes, endpoint, extends, hotSpares, identity, keyPair, name, network, noDelayProvisioning, order, plugin, region, templateOrder, templates, testConnection",
        ],
    ]);

    it("need a region", () => {
        expect(problems(() => undefined, {}, { region: undefined })).toMatchObject([
            {
                path: "clouds.agents.region",
                message: "is needed, because aws:region is not set",
                fix: "pulumi config set aws:region eu-central-1",
            },
        ]);
    });
});

const securityGroup = "sg-0123456789abcdef0";

/** The small stack with a second cloud in another region. */
function twoRegions(raw: any): any {
    raw.clouds.more = structuredClone({ ...raw.clouds.agents, region: "us-east-1" });
    raw.clouds.more.templates.linux.image = { ssm: "/a/b" };
    return raw;
}

describe("ids of one region", () => {
    const elsewhere = (id: string) =>
        `${id} is used by clouds.agents in eu-central-1 too, and this cloud is in us-east-1: an id belongs to one region`;
    const own = (path: string) => `set here what is in us-east-1: ${path}`;
    check([
        [
            "a security group that two regions inherit",
            (raw) => (twoRegions(raw).network = { securityGroups: [securityGroup] }),
            "clouds.more.network.securityGroups",
            elsewhere(securityGroup),
            own("clouds.more.network.securityGroups"),
        ],
        [
            "a prefix list that two regions inherit",
            (raw) => (twoRegions(raw).network = { ingress: { prefixLists: ["pl-0123456789abcdef0"] } }),
            "clouds.more.network.ingress.prefixLists",
            elsewhere("pl-0123456789abcdef0"),
            own("clouds.more.network.ingress.prefixLists"),
        ],
        [
            "a VPC that two regions inherit",
            (raw) => (twoRegions(raw).network = { vpc: { id: "vpc-0123456789abcdef0" } }),
            "clouds.more.network.vpc.id",
            elsewhere("vpc-0123456789abcdef0"),
            own("clouds.more.network.vpc.id"),
        ],
        [
            "an image in a set that templates of two regions start from",
            (raw) => {
                raw.templateSets = { base: { image: { id: "ami-0123456789abcdef0" } } };
                twoRegions(raw).clouds.more.templates.linux.image = undefined;
                raw.clouds.agents.templates.linux.extends = raw.clouds.more.templates.linux.extends = "base";
            },
            "clouds.more.templates.linux.image",
            elsewhere("ami-0123456789abcdef0"),
            own("clouds.more.templates.linux.image"),
        ],
    ]);

    it("may be used by all clouds of their region", () => {
        const found = problems((raw) => {
            twoRegions(raw).clouds.more.region = "eu-central-1";
            raw.network = { securityGroups: [securityGroup] };
        });
        expect(found).toEqual([]);
    });

    it("are not what is said by name or tags: each region has its own", () => {
        const found = problems((raw) => {
            twoRegions(raw).network = { securityGroups: [{ name: "agents" }, { tags: { role: "cache" } }] };
        });
        expect(found).toEqual([]);
    });
});

describe("the network", () => {
    check([
        [
            "two ways to say the VPC",
            (raw) => (raw.network = { vpc: { id: "vpc-0123456789abcdef0", tags: { Name: "builds" } } }),
            "network.vpc",
            "has id and tags: remove one of them",
        ],
        [
            "two ways to say the subnets, in one cloud",
            (raw) =>
                (raw.clouds.agents.network = {
                    subnets: { ids: ["subnet-0123456789abcdef0"], tags: { tier: "private" } },
                }),
            "clouds.agents.network.subnets",
            "has ids and tags: remove one of them",
        ],
        [
            "a range with bits of a host",
            (raw) => (raw.network = { ingress: { cidrs: ["10.20.0.5/24"] } }),
            "network.ingress.cidrs[0]",
            "has bits of a host: the range is 10.20.0.0/24, the one address 10.20.0.5/32",
        ],
        [
            "a range with bits of a host in IPv6",
            (raw) => (raw.controllers["team-a"].addresses = ["2001:db8::5/64"]),
            "controllers.team-a.addresses[0]",
            "has bits of a host: the range is 2001:db8::/64, the one address 2001:db8::5/128",
        ],
        [
            "no security group made, and none that exists",
            (raw) => (raw.network = { makeSecurityGroup: false }),
            "network.makeSecurityGroup",
            "is false, and these templates have no security group: linux",
            "set network.securityGroups, or securityGroups of these templates",
        ],
        [
            "rules of a security group that is not made",
            (raw) =>
                (raw.clouds.agents.network = {
                    makeSecurityGroup: false,
                    securityGroups: ["sg-0123456789abcdef0"],
                    egress: ["10.0.0.0/8"],
                }),
            "clouds.agents.network.egress",
            "has no effect with makeSecurityGroup: false: remove it",
        ],
        [
            "nobody who may connect",
            (raw) => delete raw.controllers["team-a"].addresses,
            "network.ingress",
            "nobody may connect to the agents: set the controllers' addresses, network.ingress, or security groups of your own",
            "pulumi config set --path 'controllers.team-a.addresses[0]' 10.20.0.5/32",
        ],
        [
            "an address range that is none",
            (raw) => (raw.controllers["team-a"].addresses = ["10.20.0.300/32"]),
            "controllers.team-a.addresses[0]",
            "is not an address range: write an address and a length of at most 32 bits (IPv6: 128), such as 10.0.0.5/32",
        ],
        [
            "an address without a length",
            (raw) => (raw.network = { ingress: { cidrs: ["10.20.0.5"] } }),
            "network.ingress.cidrs[0]",
            "must be an address range (CIDR), like 10.0.0.5/32",
        ],
    ]);
});

describe("the key pair", () => {
    const unusableKey =
        "must be an RSA private key in PEM form (BEGIN RSA PRIVATE KEY) without a passphrase, the only form that the plugin reads: ssh-keygen -p -m PEM -N '' -f KEY rewrites one";
    const bring = (raw: any, secret: string | undefined, key: unknown) => {
        raw.keyPair = { publicKey: key };
        if (secret !== undefined) raw.secrets.privateKey = secret;
    };
    check([
        [
            "a public half alone",
            (raw) => bring(raw, undefined, publicKey),
            "keyPair.publicKey",
            "has no private half",
            "pulumi config set --secret --path 'secrets.privateKey'",
        ],
        [
            "a private half alone",
            (raw) => (raw.secrets.privateKey = privateKey),
            "secrets.privateKey",
            "has no public half",
            "pulumi config set --path keyPair.publicKey FILE",
        ],
        [
            "a key that the plugin can't find",
            (raw) => bring(raw, privateKey, { inline: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA agents" }),
            "keyPair.publicKey",
            "is not an RSA public key in OpenSSH form (ssh-rsa AAAA…): the plugin works with RSA keys only",
            "ssh-keygen -t rsa -b 4096 -m PEM -f agents",
        ],
        [
            "a private key of another form",
            (raw) => bring(raw, "-----BEGIN PRIVATE KEY-----\n", publicKey),
            "secrets.privateKey",
            unusableKey,
            "pulumi config set --secret --path 'secrets.privateKey'",
        ],
        [
            "a private key in OpenSSH's own form",
            (raw) => bring(raw, "-----BEGIN OPENSSH PRIVATE KEY-----\n", publicKey),
            "secrets.privateKey",
            unusableKey,
            "pulumi config set --secret --path 'secrets.privateKey'",
        ],
        [
            "a private key with a passphrase",
            (raw) => bring(raw, "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n", publicKey),
            "secrets.privateKey",
            unusableKey,
            "pulumi config set --secret --path 'secrets.privateKey'",
        ],
    ]);

    it("of one's own is for some cloud: refused where each has its key from credentials in Jenkins", () => {
        const bringUnused = (raw: any) => {
            bring(raw, privateKey, publicKey);
            raw.clouds.agents.keyPair = { credentialsId: "ssh-of-the-team" };
        };
        expect(problems(bringUnused).map(({ path, message }) => `${path} ${message}`)).toEqual([
            "keyPair.publicKey has no effect: every cloud uses Jenkins credentials (keyPair.credentialsId)",
        ]);
        const another = (raw: any) => {
            raw.clouds.more = structuredClone({ ...raw.clouds.agents, name: "more" });
            bringUnused(raw);
        };
        expect(problems(another)).toEqual([]);
    });

    it("is read from a file, or is the key itself", () => {
        expect(problems((raw) => bring(raw, privateKey, "agents.pub"), { "agents.pub": `${publicKey}\n` })).toEqual([]);
        expect(problems((raw) => bring(raw, privateKey, publicKey))).toEqual([]);
    });
});

describe("secrets in plain text", () => {
    const plain = "looks like a secret in plain text";
    const fix = "take it out, set it under secrets, and replace it where it is valid: it has been in a file";
    check([
        [
            "a token beside the user",
            (raw) => (raw.controllers["team-a"].token = "abc"),
            "controllers.team-a.token",
            "is a secret in plain text",
            "pulumi config set --secret --path 'secrets.tokens.team-a'",
        ],
        [
            "a password beside the user",
            (raw) => (raw.controllers["team-a"].password = "abc"),
            "controllers.team-a.password",
            "is a secret in plain text",
            "pulumi config set --secret --path 'secrets.passwords.team-a'",
        ],
        [
            "a password in a URL",
            (raw) => (raw.controllers["team-a"].proxy = "http://me:word@proxy.example.com"),
            "controllers.team-a.proxy",
            plain,
            fix,
        ],
        [
            "an AWS key in a variable",
            (raw) => (raw.clouds.agents.templates.linux.environment = { KEY: "AKIAIOSFODNN7EXAMPLE" }),
            "clouds.agents.templates.linux.environment.KEY",
            plain,
            fix,
        ],
    ]);

    it.each([
        ["of another scheme", "socks5://me:word@proxy.example.com:1080", "must be the URL of a proxy"],
        ["with a slash in it", "http://me:wo/rd@proxy.example.com", "must be the URL of a proxy"],
    ])("are not in the message about a URL %s", (_, proxy, message) => {
        const found = problems((raw) => (raw.controllers["team-a"].proxy = proxy));
        expect(found.map(({ value }) => value)).toEqual(found.map(() => "[secret]"));
        expect(JSON.stringify(found)).toContain(message);
        expect(JSON.stringify(found)).not.toContain("me:wo");
    });

    it("are none where the stack's file has them encrypted: a proxy with a password", () => {
        const proxy = "http://me:word@proxy.example.com";
        const file = "config:\n  jenkins-ec2-agents:controllers: { team-a: { proxy: { secure: v1:abc } } }\n";
        const encrypted = { secretKeys: new Set(["secrets", "controllers"]) };
        const change = (raw: any) => (raw.controllers["team-a"].proxy = proxy);
        expect(problems(change, { "Pulumi.test.yaml": file }, encrypted)).toEqual([]);
        const plainFile = `config:\n  jenkins-ec2-agents:controllers: { team-a: { proxy: "${proxy}", user: { secure: v1:x } } }\n`;
        expect(problems(change, { "Pulumi.test.yaml": plainFile }, encrypted).map(({ message }) => message)).toEqual([
            plain,
        ]);
    });

    it("are refused in a controller's URL, encrypted or not: it is in every message", () => {
        const found = problems(
            (raw) => (raw.controllers["team-a"].url = "https://me:word@jenkins.example.com/"),
            {},
            {
                secretKeys: new Set(["secrets", "controllers"]),
            },
        );
        expect(found).toMatchObject([
            {
                path: "controllers.team-a.url",
                value: "[secret]",
                message: "must not contain user or password: they have their own settings",
            },
        ]);
    });

    it("are found where `secrets` is not encrypted", () => {
        expect(problems(() => undefined, {}, { secretKeys: new Set() })).toMatchObject([
            {
                path: "secrets.tokens.team-a",
                value: "[secret]",
                message: "is in plain text in the stack's configuration",
                fix: "pulumi config set --secret --path 'secrets.tokens.team-a'",
            },
        ]);
    });

    it("are found where one of `secrets` is not encrypted in the stack's file", () => {
        const file = (token: string) =>
            `config:\n  jenkins-ec2-agents:secrets:\n    tokens:\n      team-a: ${token}\n      other: { secure: v1:abc }\n`;
        const plainToken = {
            code: "plain-text-secret",
            severity: "error",
            path: "secrets.tokens.team-a",
            value: "[secret]",
            message: "is in plain text in the stack's configuration",
            fix: "pulumi config set --secret --path 'secrets.tokens.team-a'",
        };
        expect(problems(() => undefined, { "Pulumi.test.yaml": file("abc") })).toEqual([plainToken]);
        expect(problems(() => undefined, { "Pulumi.test.yaml": file("{ secure: v1:abc }") })).toEqual([]);
        expect(problems(() => undefined, { "Pulumi.test.yaml": "{ no: [ yaml" })).toEqual([]);
    });

    it("are found in scripts, and are not in the message", () => {
        const script = `#!/bin/sh\ncat > key <<END\n${privateKey}END\n`;
        const found = problems((raw) => (raw.clouds.agents.templates.linux.initScript = "init.sh"), {
            "init.sh": script,
        });
        expect(found.map(({ path, value }) => [path, value])).toEqual([
            ["clouds.agents.templates.linux.initScript", "[secret]"],
        ]);
    });

    it("are never in a message, whatever else is wrong with them", () => {
        const raw = smallStack();
        raw.secrets = {
            tokens: { nobody: "hidden-1" },
            passwords: "hidden-2",
            privateKey: "hidden-3",
            other: "hidden-4",
        };
        raw.controllers["team-a"] = { token: "hidden-5", api_token: "hidden-6", url: 5 };
        expect(() => readSettings(raw, context({}, { secretKeys: new Set() }))).toThrow(UserError);
        try {
            readSettings(raw, context({}, { secretKeys: new Set() }));
        } catch (error) {
            expect(JSON.stringify([(error as Error).message, error])).not.toContain("hidden");
        }
    });
});

describe("all that is wrong", () => {
    it("is said at once, with path, value, what is allowed and the fix", () => {
        const raw = smallStack();
        raw.clouds.agents.cap = -1;
        raw.clouds.agents.templates.linux.zones = ["us-east-1a"];
        raw.watch = "on";
        expect(() => readSettings(raw, context())).toThrow(
            [
                "3 settings are wrong.",
                "clouds.agents.cap: -1\n    must be a whole number from 1 to 100000\n    see docs/messages.md#wrong-form",
                'watch: "on"\n    must be one of report, heal, off\n    see docs/messages.md#wrong-form',
                'clouds.agents.templates.linux.zones: ["us-east-1a"]\n    us-east-1a is not in the cloud\'s region eu-central-1',
            ].join("\n\n"),
        );
    });

    it("is said of the rest of a cloud whose controllers are missing", () => {
        const found = problems((raw) => {
            delete raw.clouds.agents.controllers;
            raw.clouds.agents.templates.linux.mode = "EXCLUSIVE";
            raw.clouds.agents.templates.linux.labels = [];
        });
        expect(found.map(({ path }) => path)).toEqual([
            "clouds.agents.controllers",
            "clouds.agents.templates.linux.mode",
        ]);
    });
});

/** A rule for hot spares of the template's label. */
const hotSpares = (rule: object) => (raw: any) => {
    raw.clouds.agents.hotSpares = { builds: { label: "linux", ...rule } };
    raw.clouds.agents.templates.linux.labels = ["linux"];
};

describe("hot spares and weights", () => {
    it.each<[string, (raw: any) => void, string, string]>([
        [
            "a maximum below the base",
            hotSpares({ base: 3, maximum: 2 }),
            "clouds.agents.hotSpares.builds.maximum",
            "must be at least the base of 3",
        ],
        [
            "a label of no template",
            hotSpares({ label: "linux && docker" }),
            "clouds.agents.hotSpares.builds.label",
            "fits the labels of no template of this cloud",
        ],
        [
            "two rules for one label",
            (raw) => {
                hotSpares({})(raw);
                raw.clouds.agents.hotSpares.more = { label: "linux" };
            },
            "clouds.agents.hotSpares.more.label",
            "is the label of builds already",
        ],
        [
            "a weight where templates take no turns",
            (raw) => (raw.clouds.agents.templates.linux.weight = 2),
            "clouds.agents.templates.linux.weight",
            "has an effect only with the cloud's templateOrder of by-share or by-rank",
        ],
        [
            "no weight above 0",
            (raw) => {
                raw.clouds.agents.templateOrder = "by-share";
                raw.clouds.agents.templates.linux.weight = 0;
            },
            "clouds.agents.templateOrder",
            "needs a template with a weight above 0",
        ],
    ])("are refused with %s", (_, change, path, message) => {
        expect(problems(change).map((problem) => [problem.path, problem.message])).toEqual([[path, message]]);
    });

    it("give a schedule something to hold for", () => {
        const schedule = { days: ["monday"] };
        const scheduled = (raw: any) => (raw.clouds.agents.templates.linux.schedule = schedule);
        expect(problems((raw) => (hotSpares({})(raw), scheduled(raw)))).toEqual([]);
    });
});

describe("warnings", () => {
    const linux = (change: Record<string, unknown>) => (raw: any) =>
        Object.assign(raw.clouds.agents.templates.linux, change);
    const cases: [name: string, change: (raw: any) => void, path: string, message: string][] = [
        [
            "unused-cloud-set",
            (raw) => (raw.cloudSets = { builders: { cap: 1 } }),
            "cloudSets.builders",
            "no cloud uses it in extends",
        ],
        [
            "existing-credentials-need-more",
            (raw) => {
                raw.access = { identity: { credentialsId: "aws-of-the-team" } };
                linux({ instanceProfile: "builds" })(raw);
            },
            "access.identity.credentialsId",
            "the credentials have to have, beyond the 17 actions: iam:PassRole (linux). This stack does not give it",
        ],
        [
            "existing-role-needs-more",
            (raw) => {
                raw.clouds.agents.identity = { mode: "role", roleArn: "arn:aws:iam::123456789012:role/agents" };
                linux({ instanceProfile: "builds" })(raw);
            },
            "clouds.agents.identity.roleArn",
            "the role has to have, beyond the 17 actions: iam:PassRole (linux). This stack does not give it",
        ],
        [
            "cap-over-the-clouds",
            linux({ cap: 41 }),
            "clouds.agents.templates.linux.cap",
            "is more than the cloud's cap of 40, which is reached first",
        ],
        [
            "cloud-name-beyond-ascii",
            (raw) => (raw.clouds.agents.name = "Büro"),
            "clouds.agents.name",
            "has characters beyond ASCII: after a save of the cloud's form in Jenkins the next page is an error 400",
        ],
        ...["initScript", "userData"].map((setting): (typeof cases)[number] => [
            "script-with-crlf",
            linux({ [setting]: { inline: "#!/bin/sh\r\ntrue\r\n" } }),
            `clouds.agents.templates.linux.${setting}`,
            "has line ends of Windows (CRLF): commands fail on them, and a save of the form in Jenkins changes them to LF",
        ]),
        [
            "launch-timeout-under-a-minute",
            linux({ launchTimeoutSeconds: 30 }),
            "clouds.agents.templates.linux.launchTimeoutSeconds",
            "is in seconds, and hardly any instance boots so fast: set 300 or more, or 0 for no limit",
        ],
        [
            "launch-timeout-after-grace",
            linux({ launchTimeoutSeconds: 900, grace: { minutes: 5 } }),
            "clouds.agents.templates.linux.launchTimeoutSeconds",
            "has no effect: the grace period ends the instance after 5 minutes",
        ],
        [
            "hot-spares-never-end",
            hotSpares({ idle: { minutes: 0 } }),
            "clouds.agents.hotSpares.builds.idle.minutes",
            "keeps every agent of the rule for ever: set minutes other than 0",
        ],
        [
            "idle-time-of-rule",
            (raw) => (hotSpares({})(raw), linux({ idle: { minutes: 60 } })(raw)),
            "clouds.agents.templates.linux.idle.minutes",
            "has no effect: agents go after the 15 minutes of hotSpares.builds",
        ],
        [
            "no-public-address-with-price",
            linux({ spot: { maxPricePerHour: 0.1 } }),
            "clouds.agents.templates.linux.publicAddress",
            "with spot.maxPricePerHour the plugin uses DEFAULT like PRIVATE_IP: set PRIVATE_IP if you mean that, otherwise SUBNET",
        ],
        [
            "no-cap",
            (raw) => delete raw.clouds.agents.cap,
            "clouds.agents",
            "neither the cloud nor each of its templates has a cap: instances may start without limit",
        ],
        [
            "open-to-the-world",
            (raw) => (raw.network = { ingress: { cidrs: ["0.0.0.0/0"] } }),
            "network.ingress",
            "the whole internet may connect to the agents: set the controllers' addresses instead",
        ],
        [
            "orphan-clean-up-on-shared-cloud",
            (raw) => {
                raw.controllers["team-b"] = { ...raw.controllers["team-a"], url: "https://other.example.com/" };
                raw.secrets.tokens["team-b"] = "x";
                Object.assign(raw.clouds.agents, { controllers: ["team-a", "team-b"], cleanUpOrphanedNodes: true });
            },
            "clouds.agents.cleanUpOrphanedNodes",
            "the controllers team-a, team-b have a cloud agents in eu-central-1: in one account one may terminate the other's agents",
        ],
        [
            "plugin-parameter-has-setting",
            linux({ plugin: { numExecutors: 3 } }),
            "clouds.agents.templates.linux.plugin.numExecutors",
            "overrides the setting executors: use that setting, which is checked",
        ],
        [
            "plugin-parameter-has-setting",
            (raw) => (raw.clouds.agents.plugin = { instanceCapStr: "5" }),
            "clouds.agents.plugin.instanceCapStr",
            "overrides the setting cap: use that setting, which is checked",
        ],
        [
            "secret-in-environment",
            linux({ environment: { NPM_TOKEN: "x" } }),
            "clouds.agents.templates.linux.environment.NPM_TOKEN",
            "has the name of a secret, and is in plain text in Jenkins: use Jenkins credentials",
        ],
        [
            "broad-reads-consoles-late",
            linux({ hostKeyVerification: "CHECK_NEW_SOFT" }),
            "access.policy",
            "broad lacks ec2:DescribeInstanceTypes: on Nitro types host keys are read late or not in time. Templates: agents/linux",
        ],
        [
            "spot-without-fallback",
            linux({ spot: {} }),
            "clouds.agents.templates.linux.spot",
            "builds wait while EC2 has no Spot capacity; from plugin 1885 on fallbackToOnDemand works only with maxPricePerHour",
        ],
        [
            "stopped-agents-never-started",
            linux({ idle: { then: "stop" }, reuseOrphans: false }),
            "clouds.agents.templates.linux.reuseOrphans",
            "with idle.then: stop, stopped instances never start again, and you pay for their volumes: set true",
        ],
        [
            "unused-controller",
            (raw) => {
                raw.controllers["team-b"] = { ...raw.controllers["team-a"], url: "https://other.example.com/" };
                raw.secrets.tokens["team-b"] = "x";
            },
            "controllers.team-b",
            "no cloud names this controller",
        ],
        [
            "unused-secret",
            (raw) => (raw.secrets.windowsPasswords = { admin: "x" }),
            "secrets.windowsPasswords.admin",
            "no template uses it in winrm.password",
        ],
        [
            "unused-template-set",
            (raw) => (raw.templateSets = { docker: {} }),
            "templateSets.docker",
            "no template uses it in extends",
        ],
        [
            "unused-variable",
            (raw) => (raw.clouds.agents.templates.linux.variables = { version: "1.2.3" }),
            "clouds.agents.templates.linux.variables.version",
            "no initScript or userData of the cloud uses it",
        ],
        [
            "winrm-without-https",
            (raw) => {
                raw.secrets.windowsPasswords = { admin: "x" };
                linux({ platform: "windows", winrm: { password: "admin", https: false } })(raw);
            },
            "clouds.agents.templates.linux.winrm.https",
            "over plain HTTP others can read the password on the way: set true",
        ],
    ];

    it.each(cases)("%s", (name, change, path, message) => {
        expect(warnings(change)).toEqual([{ code: name, path, message, severity: "warning" }]);
        expect(message.length).toBeLessThanOrEqual(160);
    });

    it("say nothing against Spot with a price, with a fallback or without", () => {
        for (const fallbackToOnDemand of [true, false]) {
            const spot = { maxPricePerHour: 0.08, fallbackToOnDemand };
            expect(warnings(linux({ spot, publicAddress: "SUBNET" }))).toEqual([]);
        }
    });

    it("say nothing against CRLF in a script of Windows", () => {
        const windows = { platform: "windows-ssh", initScript: { inline: "echo off\r\n" } };
        expect(warnings(linux(windows)).map(({ code }) => code)).not.toContain("script-with-crlf");
    });

    it("are one line for all templates that meet the same", () => {
        const found = warnings((raw) => {
            const { linux: one } = raw.clouds.agents.templates;
            raw.clouds.agents.templates = { one, two: one, three: one };
            raw.clouds.agents.defaults = { spot: {}, launchTimeoutSeconds: 30 };
            raw.clouds.more = { ...raw.clouds.agents, name: "more" };
        });
        expect(found.map(({ code, path }) => [code, path])).toEqual([
            [
                "launch-timeout-under-a-minute",
                "clouds.agents.templates.{one,three,two}.launchTimeoutSeconds, clouds.more.templates.{one,three,two}.launchTimeoutSeconds",
            ],
            [
                "spot-without-fallback",
                "clouds.agents.templates.{one,three,two}.spot, clouds.more.templates.{one,three,two}.spot",
            ],
        ]);
    });

    it.each(cases)("%s can be silenced", (name, change) => {
        const silenced = (raw: any) => {
            change(raw);
            raw.silence = [name];
        };
        expect(warnings(silenced)).toEqual([]);
    });

    it("are all covered here", () => {
        // Three have their cases elsewhere: in fleet-files.test.ts, machines.test.ts and plugin-faults.test.ts.
        const elsewhere = ["configuration-near-limit", "unchecked-in-ec2", "plugin-newer-than-known"];
        const covered = [...cases.map(([name]) => name), ...elsewhere];
        expect([...new Set(covered)].sort()).toEqual(Object.keys(warningMessages).sort());
    });

    it("have names, and silence takes no others", () => {
        expect(problems((raw) => (raw.silence = ["spot-without-falback"])).map(({ message }) => message)).toEqual([
            "is not a warning: did you mean spot-without-fallback?",
        ]);
    });
});
