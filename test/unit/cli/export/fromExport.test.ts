import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cloudPayload } from "../../../../jenkins/payload";
import type { CloudReferences } from "../../../../jenkins/payload/references";
import { CloudPayload } from "../../../../jenkins/push/request";
import { CloudSettings, readSettings } from "../../../../settings";
import { fleetFile } from "../../../../cli/export/fleetFile";
import { settingsFromExport } from "../../../../cli/export/fromExport";
import { mapValues } from "../../../../settings/collections";
import type { ExportedCloud, PluginObject, PluginValue } from "../../../../settings/schema/codec";
import { context, smallStack } from "../../settings/support";

const subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];

function payloadOf(cloud: CloudSettings): CloudPayload {
    const references: CloudReferences = {
        owner: "project/stack",
        controller: "team-a",
        follows: [],
        accessKey: { id: "key", secret: "secret" },
        privateKey: "private key",
        securityGroupIds: [],
        templateSecurityGroupIds: mapValues(cloud.templates, ({ securityGroups }) => securityGroups as string[]),
        subnetIds: mapValues(cloud.templates, ({ subnets: own = [] }) => own as string[]),
        imageIds: {},
        instanceProfileArns: {},
        windowsPasswords: {},
        tags: {},
        secretTexts: [],
    };
    return cloudPayload(cloud, references);
}

/** What the plugin makes of a payload and `export` prints: short class names, and "" for all that is empty. */
function exportOf({ name, parameters, templates }: CloudPayload): ExportedCloud {
    return {
        name,
        parameters: live(parameters),
        templates: templates.map((template) => ({
            spotConfig: "",
            minimumNumberOfInstancesTimeRangeConfig: "",
            ...live(template.parameters),
        })),
    };
}

function live(values: PluginObject): PluginObject {
    return Object.fromEntries(
        Object.entries(values).map(([key, value]) => [
            key,
            key === "$class" ? String(value).replace(/^.*\./, "") : liveValue(value),
        ]),
    );
}

function liveValue(value: PluginValue): PluginValue {
    if (Array.isArray(value)) return value.length === 0 ? "" : value.map(liveValue);
    return typeof value === "string" ? value : live(value);
}

/** Templates in a stack of their own, resolved. */
function cloudOf(clouds: Record<string, unknown>): CloudSettings {
    const raw = { ...smallStack(), access: { policy: "scoped" }, clouds, parallel: 1 };
    return Object.values(readSettings(raw, context()).settings.clouds)[0]!;
}

function cloudWith(templates: Record<string, object>, own: object = { templateOrder: "by-share" }): CloudSettings {
    const [image, instanceType] = [{ id: "ami-0123456789abcdef0" }, "m7i.large"];
    const complete = Object.fromEntries(
        Object.entries(templates).map(([id, own]) => [id, { image, instanceType, subnets, ...own }]),
    );
    return cloudOf({
        agents: { controllers: ["team-a"], cap: 40, noDelayProvisioning: true, templates: complete, ...own },
    });
}

/** The clouds of an export, by way of the fleet file that the export writes. */
function exportedClouds(clouds: ExportedCloud[]): Record<string, CloudSettings> {
    const path = "fleets/team-a.yaml";
    const { "team-a": controller } = smallStack().controllers;
    const { yaml, texts } = fleetFile({ path, clouds, controllers: { "team-a": controller } });
    const raw = { fleet: path, secrets: smallStack().secrets };
    return readSettings(raw, context({ [path]: yaml, ...texts })).settings.clouds;
}

const exportedCloud = (cloud: ExportedCloud) => Object.values(exportedClouds([cloud]))[0]!;

/** Parameters of the templates after settings -> payload -> plugin -> export -> settings -> payload. */
function roundTrip(cloud: CloudSettings): [before: unknown, after: unknown] {
    const before = payloadOf(cloud);
    const after = payloadOf(exportedCloud(exportOf(before)));
    const parameters = ({ parameters: own, templates }: CloudPayload) => [
        own,
        templates.map((template) => template.parameters),
    ];
    return [parameters(before), parameters(after)];
}

/** Scripts as people have them: of whatever ends of lines, blanks and length. */
const anyText = fc.oneof(
    fc.constantFrom<unknown>(
        "#!/bin/sh\necho 'a: b' # c\n",
        { inline: "echo one line" },
        { inline: "no end of line\n\t" },
    ),
    fc
        .array(
            fc.string({ unit: fc.constantFrom("a", " ", "\t", "\r", "\n", ":", "#", "'", '"', "{{", "\\", "ü", "😀") }),
            {
                minLength: 1,
                maxLength: 12,
            },
        )
        .map((parts) => ({ inline: parts.join("\n") || "x" })),
    fc
        .integer({ min: 100, max: 400 })
        .map((lines) => ({ inline: "Write-Host 'a line of PowerShell'\r\n".repeat(lines) })),
);

const choices: Record<string, fc.Arbitrary<unknown>> = {
    image: fc.constantFrom<unknown>(
        { id: "ami-0123456789abcdef1" },
        {
            filter: { name: ["agent *", "other"], architecture: "x86_64" },
            owners: ["self", "123456789012"],
            users: ["all"],
            resolve: "launch",
        },
    ),
    instanceType: fc.constantFrom<unknown>("c7i-flex.large", "t4g.micro", ["m7i.large", "m6i.24xlarge"]),
    labels: fc.constantFrom<unknown>([], ["linux"], ["linux", "docker"]),
    mode: fc.constantFrom("NORMAL"),
    executors: fc.integer({ min: 1, max: 9 }),
    remoteUser: fc.constantFrom("root", "ubuntu"),
    remoteFolder: fc.constantFrom("/data", "/home/a b"),
    temporaryFolder: fc.constant("/var/tmp"),
    initScript: anyText,
    userData: anyText,
    java: fc.constant({ path: "/usr/bin/java", options: "-Xmx512m" }),
    environment: fc.constant({ B: "2", A: "x=y" }),
    tools: fc.constant({ "maven-3": { type: "maven", home: "/opt/maven" } }),
    idle: fc.constantFrom({ minutes: 0 }, { minutes: -5 }, { then: "stop" }, { minutes: 60, then: "terminate" }),
    cap: fc.integer({ min: 3, max: 40 }),
    minimumInstances: fc.integer({ min: 0, max: 3 }),
    uses: fc.constantFrom(1, 10),
    weight: fc.constantFrom(1, 1_000),
    grace: fc.constantFrom({}, { minutes: 5 }, { minutes: 30, then: "idle" }),
    launchTimeoutSeconds: fc.constantFrom(0, 300, 1200),
    reuseOrphans: fc.boolean(),
    terminateIdleDuringShutdown: fc.boolean(),
    tags: fc.constant({ team: "builds", "a:b": "c d" }),
    tenancy: fc.constantFrom("Default", "Host"),
    encryptRootVolume: fc.constantFrom("DEFAULT", "ENCRYPTED", "UNENCRYPTED"),
    deleteRootOnTermination: fc.boolean(),
    blockDevices: fc.constantFrom<unknown>(
        [],
        [
            { device: "/dev/xvda", sizeGiB: 100, type: "gp3", throughputMiBps: 250, encrypted: true },
            { device: "/dev/sdf", snapshot: "snap-0123456789abcdef0", deleteOnTermination: false, encrypted: false },
        ],
    ),
    ephemeralDevices: fc.boolean(),
    ebsOptimized: fc.boolean(),
    detailedMonitoring: fc.boolean(),
    metadata: fc.constantFrom({ tokensRequired: false }, { hopLimit: 2 }, { enabled: false, supported: false }),
    enclave: fc.boolean(),
    nestedVirtualization: fc.boolean(),
    ssh: fc.constantFrom({ port: 2222 }, { rootCommandPrefix: "sudo", bootDelaySeconds: 5 }),
    platform: fc.constantFrom("unix"),
    securityGroups: fc.constantFrom([], ["sg-0123456789abcdef0"]),
    publicAddress: fc.constantFrom("DEFAULT", "SUBNET", "PUBLIC_IP", "PRIVATE_IP"),
    connectionStrategy: fc.constantFrom("PRIVATE_IP", "PRIVATE_DNS"),
    hostKeyVerification: fc.constantFrom("CHECK_NEW_HARD", "OFF"),
    sshProcess: fc.boolean(),
    instanceProfile: fc.constant("arn:aws:iam::123456789012:instance-profile/builds"),
    plugin: fc.constant({ someFutureParameter: "7" }),
};

const anyTemplate = fc
    .tuple(
        fc.record(choices, { requiredKeys: [] }),
        fc.constantFrom<object>({}, { spot: { maxPricePerHour: 0.08 } }, { spot: { fallbackToOnDemand: true } }),
    )
    .map(([template, spot]): object =>
        allowed(JSON.stringify(template["idle"])?.includes("stop") ? template : { ...template, ...spot }),
    );

/** Without what the plugin would ignore, and settings refuse. */
function allowed(template: any): object {
    if (template.ephemeralDevices) delete template.blockDevices;
    if (template.spot?.maxPricePerHour !== undefined) delete template.tenancy;
    return template;
}

describe("settings -> payload -> plugin -> export -> settings", () => {
    it("come back as the same payload, whatever the templates say", () => {
        fc.assert(
            fc.property(
                fc.dictionary(fc.constantFrom("linux", "a", "z", "docker-1"), anyTemplate, {
                    minKeys: 1,
                    noNullPrototype: true,
                }),
                (templates) => {
                    const [before, after] = roundTrip(cloudWith(templates));
                    expect(after).toEqual(before);
                },
            ),
            { numRuns: 300 },
        );
    });

    it("come back as the same payload from templates that differ in where they are", () => {
        fc.assert(
            fc.property(anyTemplate, anyTemplate, (linux, docker) => {
                const own = (template: object, index: number) => ({ ...template, subnets: [subnets[index]] });
                const templates = {
                    "linux-a": own(linux, 0),
                    "linux-b": own(linux, 1),
                    "docker-a": own(docker, 0),
                    "docker-b": own(docker, 1),
                };
                const [before, after] = roundTrip(cloudWith(templates));
                expect(after).toEqual(before);
            }),
            { numRuns: 30 },
        );
    });

    it("come back as the same payloads from clouds that are alike, each with what is its own", () => {
        const oneMore = fc.dictionary(fc.constantFrom("linux", "docker-1"), anyTemplate, { noNullPrototype: true });
        fc.assert(
            fc.property(anyTemplate, anyTemplate, oneMore, fc.boolean(), (linux, docker, changed, spread) => {
                const templates = { linux, "docker-1": docker };
                const clouds = [templates, { ...templates, ...(spread ? changed : {}) }].map((own, index) => {
                    const cloud = cloudWith(mapValues(own, (one) => ({ ...one, subnets: [subnets[index]] })));
                    return { ...payloadOf(cloud), name: `zone-${index}` };
                });
                const exported = Object.values(exportedClouds(clouds.map(exportOf))).map(payloadOf);
                const parameters = ({ name, parameters: own, templates: all }: CloudPayload) => [
                    name,
                    // The names of the credentials are made of the cloud's.
                    { ...own, credentialsId: "", sshKeysCredentialsId: "" },
                    all.map((template) => template.parameters),
                ];
                expect(exported.map(parameters)).toEqual(clouds.map(parameters));
            }),
            { numRuns: 30 },
        );
    });

    it.each([
        ["macOS", { platform: "mac", instanceType: "mac2.metal", tenancy: "Host" }],
        [
            "Windows over WinRM, with EC2's password",
            { platform: "windows", winrm: { https: false, bootDelaySeconds: 60 } },
        ],
        ["Windows over SSH", { platform: "windows-ssh" }],
        ["a schedule", { minimumInstances: 1, schedule: { from: "07:30", to: "18:00", days: ["monday"] } }],
        ["exclusive", { mode: "EXCLUSIVE", labels: ["big"] }],
        ["burst", { instanceType: "t3.large", unlimitedCpuCredits: true }],
        ["spare agents", { spareInstances: 2, idle: { minutes: 60 } }],
        ["a description that is no id", { description: "Linux, big (2 CPUs)" }],
    ])("come back: %s", (_, own) => {
        const [before, after] = roundTrip(cloudWith({ linux: own }));
        expect(after).toEqual(before);
    });

    it("come back: rules for hot spares, in their order, and the order of templates", () => {
        const rules = {
            second: { label: "linux && !arm64", base: 1, step: 2, maximum: 7, order: 2 },
            first: { label: "linux", order: 1, idle: { minutes: 0 }, grace: { then: "idle" } },
            third: { label: "docker", order: 3, templatesMayOverride: ["idle", "grace"] },
        };
        const templates = {
            linux: { labels: ["linux"], weight: 3 },
            docker: { labels: ["docker"] },
        };
        const own = { templateOrder: "by-rank", hotSpares: rules };
        const [before, after] = roundTrip(cloudWith(templates, own));
        expect(after).toEqual(before);
    });

    it.each([
        ["access-key", "builds"],
        ["instance-profile", "jenkins"],
    ])("come back: a role that %s assumes in sessions %s", (base, roleSessionName) => {
        const exported = exportOf(payloadOf(cloudWith({ linux: {} })));
        const roleArn = "arn:aws:iam::123456789012:role/agents";
        const useInstanceProfileForCredentials = String(base === "instance-profile");
        Object.assign(exported.parameters, { roleArn, roleSessionName, useInstanceProfileForCredentials });
        const { identity } = cloudOf(settingsFromExport([exported], ["team-a"]).clouds);
        expect(identity).toEqual({ mode: "role", base, roleArn, roleSessionName });
    });
});

describe("an export", () => {
    const linux = {
        description: "linux",
        ami: "ami-0123456789abcdef0",
        type: "m7i.large",
        remoteAdmin: "ec2-user",
        remoteFS: "/home/ec2-user",
    };

    it("of an older plugin, which has constants of AWS SDK 1 for instance types, has the types' names", () => {
        // NamingStrategy.getEnumValueName of the SDK's generator.
        const constantOf = (type: string) =>
            type
                .split(/[ _\-.:]/)
                .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
                .join("");
        const types =
            "t3.micro m5.24xlarge m5dn.2xlarge c7i-flex.large mac1.metal mac2-m2.metal mac2-m2pro.metal mac2-m1ultra.metal " +
            "u-6tb1.metal u-12tb1.112xlarge u7i-12tb.224xlarge u7in-32tb.224xlarge c7i.metal-24xl r7iz.metal-16xl " +
            "hpc6a.48xlarge vt1.3xlarge im4gn.large cc2.8xlarge trn1n.32xlarge p4de.24xlarge x2iezn.metal m1.small";
        const templates = types.split(" ").map((type) => ({ ...linux, description: type, type: constantOf(type) }));
        const { clouds } = settingsFromExport([{ name: "agents", parameters: {}, templates }], ["team-a"]);
        const exported = Object.values(clouds["agents"]!["templates"] as Record<string, { instanceType: string }>);
        expect(exported.map(({ instanceType }) => instanceType)).toEqual(types.split(" "));
    });

    it("of an older plugin says a public address in today's terms", () => {
        const { clouds } = settingsFromExport(
            [{ name: "agents", parameters: {}, templates: [{ ...linux, associatePublicIp: "true" }] }],
            ["team-a"],
        );
        expect((clouds["agents"]!["templates"] as any).linux.publicAddress).toBe("PUBLIC_IP");
    });

    it("keeps what no setting can say under the plugin's own name", () => {
        const template = {
            ...linux,
            remoteFS: "",
            numExecutors: "",
            zone: "eu-central-1a",
            subnetId: subnets.join(","),
            somethingNew: "7",
        };
        const { clouds } = settingsFromExport(
            [{ name: "agents", parameters: { other: "1" }, templates: [template] }],
            ["team-a"],
        );
        expect(clouds["agents"]!["plugin"]).toEqual({ other: "1" });
        expect((clouds["agents"]!["templates"] as any).linux).toMatchObject({
            subnets,
            plugin: { remoteFS: "", numExecutors: "", zone: "eu-central-1a", somethingNew: "7" },
        });
    });

    it("keeps node properties that no setting has, with all others, under the plugin's own name", () => {
        const variables = { $class: "EnvironmentVariablesNodeProperty", env: [{ key: "A", value: "1" }] };
        const monitor = { $class: "DiskSpaceMonitorNodeProperty", freeDiskSpaceThreshold: "1GiB" };
        const templates = ["a", "b"].map((description) => ({
            ...linux,
            description,
            nodeProperties: [variables, monitor],
        }));
        const exported = [{ name: "agents", parameters: {}, templates }];
        const { clouds, notes } = settingsFromExport(exported, ["team-a"]);
        const { defaults } = clouds["agents"] as { defaults: Record<string, unknown> };
        expect(defaults).toMatchObject({ plugin: { nodeProperties: [variables, monitor] } });
        expect(defaults).not.toHaveProperty("environment");
        expect(notes).toEqual([
            "clouds.agents.templates.{a, b}: plugin.nodeProperties keeps all node properties, in place of environment and tools: no setting has DiskSpaceMonitorNodeProperty",
        ]);
    });

    it("leaves out a choice that reads null, empty texts, and an image that is not there", () => {
        const unset = { connectionStrategy: "", hostKeyVerificationStrategy: "", initScript: "", userData: "" };
        const template = { ...linux, ami: "", ...unset };
        const { clouds } = settingsFromExport([{ name: "agents", parameters: {}, templates: [template] }], ["team-a"]);
        expect((clouds["agents"]!["templates"] as any).linux).toEqual({ instanceType: "m7i.large" });
    });

    it("keeps what the plugin ignores under the plugin's own name, as no setting may say it", () => {
        const settingsOf = (parameters: PluginObject) => {
            const template = { ...linux, ...parameters };
            const { clouds } = settingsFromExport(
                [{ name: "agents", parameters: {}, templates: [template] }],
                ["team-a"],
            );
            const { templates } = cloudOf({ agents: { ...clouds["agents"], cap: 1, region: "eu-central-1" } });
            return templates["linux"]!;
        };
        expect(settingsOf({ tenancy: "Dedicated", zone: "eu-central-1a eu-central-1b" })).toMatchObject({
            tenancy: "Default",
            plugin: { tenancy: "Dedicated" },
        });
        expect(settingsOf({ tenancy: "Dedicated", zone: "eu-central-1a" })).toMatchObject({
            tenancy: "Dedicated",
            plugin: {},
        });
        expect(
            settingsOf({ tenancy: "Host", spotConfig: { useBidPrice: "true", spotMaxBidPrice: "0.08" } }),
        ).toMatchObject({ tenancy: "Default", plugin: { tenancy: "Host" } });
        expect(settingsOf({ useEphemeralDevices: "true", customDeviceMapping: "/dev/sdf=:10" })).toMatchObject({
            ephemeralDevices: true,
            blockDevices: [],
            plugin: { customDeviceMapping: "/dev/sdf=:10" },
        });
        const ofWindows = { remoteFS: "C:\\Jenkins", userData: "<powershell>\nStart-Service sshd\n</powershell>\n" };
        expect(settingsOf(ofWindows)).toMatchObject({ platform: "unix", userData: "", plugin: ofWindows });
        expect(settingsOf({ remoteFS: "jenkins" })).toMatchObject({ plugin: { remoteFS: "jenkins" } });
        expect(settingsOf({ hotSpareWeight: "5" })).toMatchObject({ weight: 1, plugin: { hotSpareWeight: "5" } });
        expect(settingsOf({ labelString: "linux docker linux" }).labels).toEqual(["linux", "docker"]);
    });

    it("notes a folder that does not fit the login, and takes it over as it is", () => {
        const exported = { name: "agents", parameters: {}, templates: [{ ...linux, remoteFS: "C:\\Jenkins" }] };
        const { notes } = settingsFromExport([exported], ["team-a"]);
        expect(notes).toContain(
            "clouds.agents.templates.linux: plugin.remoteFS keeps it, in place of remoteFolder: it does not fit the platform unix, which the login has",
        );
    });

    describe("with the credentials kept", () => {
        const kept = (parameters: Record<string, string>) => {
            const named = { credentialsId: "hand-aws", sshKeysCredentialsId: "hand-ssh", ...parameters };
            const exported = { name: "agents", parameters: named, templates: [linux] };
            return cloudOf(settingsFromExport([exported], ["team-a"], { keepCredentials: true }).clouds);
        };

        it("names those that the cloud names, for AWS and for SSH", () => {
            const { identity, keyPair, plugin } = kept({});
            expect(identity).toMatchObject({ mode: "access-key", credentialsId: "hand-aws" });
            expect(keyPair).toEqual({ credentialsId: "hand-ssh" });
            expect(plugin).toEqual({});
        });

        it("names them beneath a role, and none where the controller's instance is the identity, or where there are none", () => {
            const roleArn = "arn:aws:iam::123456789012:role/agents";
            expect(kept({ roleArn }).identity).toMatchObject({ mode: "role", credentialsId: "hand-aws", roleArn });
            const onHost = kept({ useInstanceProfileForCredentials: "true" }).identity;
            expect(onHost.mode).toBe("instance-profile");
            expect(onHost.credentialsId).toBeUndefined();
            const none = kept({ credentialsId: "", sshKeysCredentialsId: "" });
            expect([none.identity.credentialsId, none.keyPair.credentialsId]).toEqual([undefined, undefined]);
        });
    });

    it("keeps the order of the clouds", () => {
        const cloud = (name: string) => ({ name, parameters: {}, templates: [linux] });
        expect(Object.keys(exportedClouds(["fleet", "agents"].map(cloud)))).toEqual(["fleet", "agents"]);
    });

    it("gives templates ids that settings allow, and keeps their order", () => {
        const templates = ["Linux (big)", "linux big", "Linux, big!", "2026"].map((description) => ({
            ...linux,
            description,
        }));
        const cloud = exportedCloud({ name: "EC2 agents", parameters: {}, templates });
        expect([cloud.id, cloud.name]).toEqual(["EC2-agents", "EC2 agents"]);
        expect(Object.values(cloud.templates).map(({ id, description }) => [id, description])).toEqual([
            ["Linux-big", "Linux (big)"],
            ["linux-big", "linux big"],
            ["Linux-big-2", "Linux, big!"],
            ["template-2026", "2026"],
        ]);
    });

    it("has no security group made where each template is in one by hand, which lets its controller in", () => {
        const exported = (...groups: string[]) => {
            const templates = groups.map((securityGroups, index) => ({
                ...linux,
                description: `t${index}`,
                securityGroups,
            }));
            return settingsFromExport([{ name: "agents", parameters: {}, templates }], ["team-a"]).clouds["agents"]![
                "network"
            ];
        };
        expect(exported("sg-0123456789abcdef0", "builds")).toEqual({ makeSecurityGroup: false });
        expect(exported("sg-0123456789abcdef0", "")).toBeUndefined();
    });

    it("makes defaults of what all templates of a cloud share", () => {
        const templates = ["a", "b"].map((description) => ({
            ...linux,
            description,
            labelString: description,
            numExecutors: "4",
        }));
        expect(
            settingsFromExport([{ name: "agents", parameters: {}, templates }], ["team-a"]).clouds["agents"],
        ).toEqual({
            controllers: ["team-a"],
            adopt: true,
            defaults: { executors: 4, image: { id: "ami-0123456789abcdef0" }, instanceType: "m7i.large" },
            templates: { a: { labels: ["a"] }, b: { labels: ["b"] } },
        });
    });

    it("never keeps a masked secret under the plugin's own name, and says what is left out", () => {
        const nodeProperties = [
            {
                $class: "EnvironmentVariablesNodeProperty",
                env: [
                    { key: "not-a-name", value: "1" },
                    { key: "DB_PASSWORD", value: "****" },
                ],
            },
        ];
        const { clouds, notes } = settingsFromExport(
            [{ name: "agents", parameters: {}, templates: [{ ...linux, nodeProperties, newSecret: "****" }] }],
            ["team-a"],
        );
        expect(JSON.stringify(clouds)).not.toContain("****");
        expect(notes).toEqual([
            expect.stringMatching(/^clouds\.agents\.templates\.linux: newSecret is left out/),
            expect.stringMatching(/^clouds\.agents\.templates\.linux: nodeProperties is left out/),
        ]);
    });

    it("says which secrets are to be set, and leaves them out", () => {
        const windows = {
            ...linux,
            remoteFS: "C:\\Jenkins",
            amiType: { $class: "WindowsData", password: "****", specifyPassword: "true", useHTTPS: "true" },
        };
        const variables = [
            { key: "DB_PASSWORD", value: "****" },
            { key: "A", value: "1" },
        ];
        const node = {
            ...windows,
            nodeProperties: [{ $class: "EnvironmentVariablesNodeProperty", env: variables }],
            securityGroups: "Build agents, sg-0123456789abcdef0",
        };
        const { clouds, notes } = settingsFromExport(
            [{ name: "agents", parameters: {}, templates: [node] }],
            ["team-a"],
        );
        expect((clouds["agents"]!["templates"] as any).linux).toMatchObject({
            platform: "windows",
            winrm: { password: "linux" },
            environment: { A: "1" },
            securityGroups: [{ name: "Build agents" }, "sg-0123456789abcdef0"],
        });
        expect(notes).toEqual([
            "clouds.agents.templates.linux: its password is to be set: pulumi config set --secret --path 'secrets.windowsPasswords.linux'",
            "clouds.agents.templates.linux: security groups by name have to be in the network's VPC: Build agents",
            "clouds.agents.templates.linux: variables that look like secrets are left out: DB_PASSWORD",
        ]);
    });
});
