import { describe, expect, it } from "vitest";
import { resolved, template } from "./support";

describe("a template", () => {
    it("has safe defaults", () => {
        expect(template({})).toMatchObject({
            id: "linux",
            description: "linux",
            executors: 1,
            mode: "NORMAL",
            platform: "unix",
            remoteUser: "ec2-user",
            remoteFolder: "/home/ec2-user",
            idle: { minutes: 30, then: "terminate" },
            launchTimeoutSeconds: 1200,
            metadata: { enabled: true, tokensRequired: true, hopLimit: 1, supported: true },
            deleteRootOnTermination: true,
            connectionStrategy: "PRIVATE_IP",
            hostKeyVerification: "CHECK_NEW_SOFT",
            tenancy: "Default",
            initScript: "",
            userData: "",
        });
    });

    it.each([
        [{ remoteUser: "root" }, "/root"],
        [{ remoteUser: "ubuntu" }, "/home/ubuntu"],
        [{ remoteUser: "ubuntu", remoteFolder: "/data" }, "/data"],
        [{ platform: "mac", instanceType: "mac2.metal", tenancy: "Host" }, "/Users/ec2-user"],
        [{ platform: "windows-ssh" }, "C:\\Users\\Administrator"],
    ])("of %j works in %s", (change, folder) => {
        expect(template(change).remoteFolder).toBe(folder);
    });

    it("takes a script from a file (one line), as it is (several lines), or either by name", () => {
        const files = { "scripts/init.sh": "#!/bin/sh\necho from the file\n" };
        expect(template({ initScript: "scripts/init.sh" }, files).initScript).toBe("#!/bin/sh\necho from the file\n");
        expect(template({ initScript: { file: "scripts/init.sh" } }, files).initScript).toBe(
            "#!/bin/sh\necho from the file\n",
        );
        expect(template({ initScript: "#!/bin/sh\necho here\n" }).initScript).toBe("#!/bin/sh\necho here\n");
        expect(template({ initScript: { inline: "echo here" } }).initScript).toBe("echo here");
    });

    it("may put a folder before those in PATH, as Jenkins has it", () => {
        const environment = { "PATH+MAVEN": "/opt/maven/bin" };
        expect(template({ environment }).environment).toEqual(environment);
    });

    it("remembers what was asked for", () => {
        const { explicit } = resolved((raw) => {
            raw.clouds.agents.defaults = { metadata: { hopLimit: 2 }, tags: { team: "builds" } };
        }).clouds["agents"]!.templates["linux"]!;
        expect(explicit.sort()).toEqual([
            "image",
            "image.id",
            "instanceType",
            "labels",
            "metadata",
            "metadata.hopLimit",
            "tags",
        ]);
    });
});

describe("layers", () => {
    const layered = (defaults: object, sets: Record<string, object>, own: object) =>
        resolved((raw) => {
            raw.templateSets = sets;
            Object.assign(raw.clouds.agents, { defaults });
            Object.assign(raw.clouds.agents.templates.linux, own);
        }).clouds["agents"]!.templates["linux"]!;

    it("go over one another: the cloud's defaults, the sets in their order, the template", () => {
        const sets = { one: { executors: 2, cap: 2, uses: 2 }, two: { cap: 3, uses: 3 } };
        expect(
            layered({ executors: 1, cap: 1, uses: 1, ephemeralDevices: true }, sets, {
                extends: ["one", "two"],
                uses: 4,
            }),
        ).toMatchObject({
            ephemeralDevices: true,
            executors: 2,
            cap: 3,
            uses: 4,
        });
        expect(layered({}, sets, { extends: ["two", "one"] }).cap).toBe(2);
        expect(layered({}, sets, { extends: "two" }).cap).toBe(3);
    });

    it("merge maps key by key, and replace lists", () => {
        const { tags, idle, labels } = layered(
            { tags: { team: "builds", tier: "test" }, idle: { minutes: 5, then: "stop" }, labels: ["a", "b"] },
            {},
            { tags: { tier: "live" }, idle: { minutes: 10 }, labels: ["c"] },
        );
        expect(tags).toEqual({ team: "builds", tier: "live" });
        expect(idle).toEqual({ minutes: 10, then: "stop" });
        expect(labels).toEqual(["c"]);
    });

    it("take an inherited value back with null", () => {
        const { cap, spot, tags, idle } = layered(
            { cap: 5, spot: { fallbackToOnDemand: true }, tags: { team: "builds" }, idle: { minutes: 5 } },
            {},
            { cap: null, spot: null, tags: { team: null }, idle: { minutes: null } },
        );
        expect({ cap, spot, tags, minutes: idle.minutes }).toEqual({
            cap: undefined,
            spot: undefined,
            tags: {},
            minutes: 30,
        });
    });

    it("replace an image as a whole, as its forms exclude one another", () => {
        expect(
            layered(
                { image: { ssm: "/aws/service/image", refresh: 3 } },
                {},
                { image: { id: "ami-0123456789abcdef1" } },
            ).image,
        ).toEqual({
            kind: "id",
            id: "ami-0123456789abcdef1",
        });
    });

    it("go into the raw parameters", () => {
        expect(layered({ plugin: { one: 1, two: { three: 3 } } }, {}, { plugin: { two: { four: 4 } } }).plugin).toEqual(
            {
                one: 1,
                two: { three: 3, four: 4 },
            },
        );
    });

    it("of identity and network: the cloud's over the stack's", () => {
        const { identity, network } = resolved((raw) => {
            raw.access = { identity: { mode: "role", roleSessionName: "builds" } };
            raw.network = { vpc: { tags: { Name: "builds" } }, egress: ["10.0.0.0/8"] };
            raw.clouds.agents.identity = { base: "instance-profile" };
            raw.clouds.agents.network = { vpc: { id: "vpc-0123456789abcdef0" } };
        }).clouds["agents"]!;
        expect(identity).toEqual({ mode: "role", base: "instance-profile", roleSessionName: "builds" });
        expect(network).toMatchObject({
            vpc: { id: "vpc-0123456789abcdef0" },
            egress: ["10.0.0.0/8"],
            securityGroups: [],
        });
    });
});

describe("images", () => {
    const filter = { filter: { name: "agent-*", architecture: ["x86_64"] }, owners: ["self"] };
    it.each([
        [{ id: "ami-0123456789abcdef0" }, { kind: "id", id: "ami-0123456789abcdef0" }],
        [
            { ssm: "/a/b", refresh: 2 },
            { kind: "ssm", parameter: "/a/b", refresh: 2 },
        ],
        [
            filter,
            {
                kind: "filter",
                filters: { name: ["agent-*"], architecture: ["x86_64"] },
                owners: ["self"],
                users: [],
                refresh: 0,
            },
        ],
        [
            { ...filter, resolve: "launch", users: ["all"] },
            {
                kind: "launch",
                filters: { name: ["agent-*"], architecture: ["x86_64"] },
                owners: ["self"],
                users: ["all"],
            },
        ],
    ])("%j", (image, expected) => {
        expect(template({ image }).image).toEqual(expected);
    });
});

describe("a list of instance types", () => {
    const { templates } = resolved((raw) => {
        raw.clouds.agents.templates.linux.instanceType = ["m7i.large", "m6i.large"];
        raw.clouds.agents.templates.linux.description = "Linux";
    }).clouds["agents"]!;

    it("makes a template for each type, in order, with the same labels", () => {
        expect(
            Object.values(templates).map(({ id, key, description, instanceType, labels }) => [
                id,
                key,
                description,
                instanceType,
                labels,
            ]),
        ).toEqual([
            ["linux-m7i.large", "linux", "Linux-m7i.large", "m7i.large", ["linux"]],
            ["linux-m6i.large", "linux", "Linux-m6i.large", "m6i.large", ["linux"]],
        ]);
    });

    it("of one type keeps its ids when a second type comes", () => {
        const one = resolved((raw) => (raw.clouds.agents.templates.linux.instanceType = ["m7i.large"]));
        expect(Object.keys(one.clouds["agents"]!.templates)).toEqual(["linux-m7i.large"]);
    });
});

describe("the order of templates", () => {
    it("is that of `order`, then of the ids", () => {
        const { templates } = resolved((raw) => {
            const { linux } = raw.clouds.agents.templates;
            raw.clouds.agents.templates = {
                b: linux,
                a: linux,
                z: { ...linux, order: 1 },
                c: { ...linux, order: 200 },
            };
        }).clouds["agents"]!;
        expect(Object.keys(templates)).toEqual(["z", "a", "b", "c"]);
    });
});

describe("the order of clouds", () => {
    it("is that of `order`, then of the ids", () => {
        const { clouds } = resolved((raw) => {
            const { agents } = raw.clouds;
            raw.clouds = { b: agents, a: agents, z: { ...agents, order: 1 }, c: { ...agents, order: 200 } };
        });
        expect(Object.keys(clouds)).toEqual(["z", "a", "b", "c"]);
    });
});

describe("the stack", () => {
    it("fills in what is not said", () => {
        const { name, watch, parallel, access, keyPair, prices } = resolved();
        expect({ name, watch, parallel, policy: access.policy, bits: keyPair.bits }).toEqual({
            name: "jenkins-aws",
            watch: "report",
            parallel: 10,
            policy: "broad",
            bits: 4096,
        });
        expect(prices.source).toContain("us-east-1");
    });

    it("gives a cloud its id for a name, and the stack's region", () => {
        const { name, region } = resolved().clouds["agents"]!;
        expect([name, region]).toEqual(["agents", "eu-central-1"]);
        const own = resolved((raw) => Object.assign(raw.clouds.agents, { name: "EC2 agents", region: "us-east-1" }))
            .clouds["agents"]!;
        expect([own.name, own.region]).toEqual(["EC2 agents", "us-east-1"]);
    });

    it("ends URLs of controllers in a slash, and reads their certificates", () => {
        const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
        const controller = resolved((raw) => (raw.controllers["team-a"].certificateAuthority = "ca.pem"), {
            "ca.pem": pem,
        }).controllers["team-a"]!;
        expect(controller).toMatchObject({ url: "https://jenkins.example.com/team-a/", certificateAuthority: pem });
    });

    it("keeps secrets out of the controllers", () => {
        expect(JSON.stringify(resolved().controllers)).not.toContain("token-of-team-a");
        expect(resolved().secrets.tokens).toEqual({ "team-a": "token-of-team-a" });
    });
});
