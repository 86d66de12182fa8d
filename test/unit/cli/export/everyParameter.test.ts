import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fleetFile } from "../../../../cli/export/fleetFile";
import { cloudPayload } from "../../../../jenkins/payload";
import type { CloudPayload } from "../../../../jenkins/push/request";
import { parametersOf, readContracts, type Contract } from "../../../../playground/controller/contract";
import { readSettings, UserError } from "../../../../settings";
import { mapValues } from "../../../../settings/collections";
import type { PluginObject, PluginValue } from "../../../../settings/schema/codec";
import { instanceTypeOf } from "../../../../settings/schema/template/instanceType";
import { context } from "../../settings/support";

const contracts = readContracts(join(__dirname, "../../../../playground/controller/contract"));
const whole = (name: string) => `hudson.plugins.ec2.${name}`;

/** Values that a controller may have, beside nothing. Those that settings refuse are in other tests. */
const texts: Record<string, string[]> = {
    altEC2Endpoint: ["https://vpce-1.ec2.eu-central-1.vpce.amazonaws.com"],
    ami: ["ami-0123456789abcdef0"],
    amiOwners: ["self"],
    amiUsers: ["self all"],
    bootDelay: ["0", "120"],
    credentialsId: ["aws-by-hand"],
    customDeviceMapping: ["/dev/sdf=:100:true:gp3", "/dev/sdf=:100", "/dev/sdb=ephemeral0"],
    iamInstanceProfile: ["arn:aws:iam::123456789012:instance-profile/agents"],
    idleTerminationMinutes: ["10", "0", "-5"],
    initScript: ["echo one", "#!/bin/sh\necho two\n"],
    instanceCapStr: ["7"],
    javaPath: ["java", "/opt/java/bin/java"],
    jvmopts: ["-Xmx512m"],
    label: ["linux", "docker"],
    labelString: [" linux  docker "],
    launchTimeoutStr: ["300"],
    minimumNoInstancesActiveTimeRangeFrom: ["1:00 PM", "08:30"],
    minimumNoInstancesActiveTimeRangeTo: ["18:00", "5:30 PM"],
    numExecutors: ["2"],
    remoteAdmin: ["ubuntu"],
    region: ["eu-central-1"],
    remoteFS: ["/data"],
    roleArn: ["arn:aws:iam::123456789012:role/agents"],
    roleSessionName: ["jenkins"],
    rootCommandPrefix: ["sudo"],
    securityGroups: ["sg-0123456789abcdef0, builders", "sg-0123456789abcdef0"],
    slaveCommandPrefix: ["nice"],
    slaveCommandSuffix: ["-x"],
    spotMaxBidPrice: ["0.40"],
    sshKeysCredentialsId: ["ssh-by-hand"],
    sshPort: ["22", "2222"],
    subnetId: ["subnet-0123456789abcdef0, subnet-0123456789abcdef1"],
    tmpDir: ["/var/tmp"],
    userData: ["#cloud-config\n"],
    zone: ["eu-central-1a"],
};

const numbers: Record<string, string[]> = { metadataHopsLimit: ["1", "2"], maxTotalUses: ["-1", "3"] };

const env = [
    { key: "B", value: "1" },
    { key: "A", value: "2" },
];
const location = { key: "hudson.tasks.Maven$MavenInstallation$DescriptorImpl@maven-3", home: "/opt/maven" };
const nodeProperties: PluginValue[] = [
    "",
    [{ $class: "EnvironmentVariablesNodeProperty", env }],
    [{ $class: "ToolLocationNodeProperty", locations: [location] }],
    [{ $class: "DiskSpaceMonitorNodeProperty", freeDiskSpaceThreshold: "1GiB" }],
];

/** Any value of a parameter, as an export prints it. */
function valueOf(contract: Contract, name: string, type: string): fc.Arbitrary<PluginValue> {
    if (name === "type") return fc.constantFrom(type === "String" ? "m7i.large" : "M5Large");
    if (name === "nodeProperties") return fc.constantFrom(...nodeProperties);
    if (name === "tags") return fc.constantFrom<PluginValue>("", [{ name: "team", value: "a" }]);
    if (name === "amiFilters") return fc.constantFrom<PluginValue>("", [{ name: "name", values: "agent-*" }]);
    if (/^boolean$/i.test(type)) return fc.constantFrom("true", "false");
    if (/^int(eger)?$/i.test(type)) return fc.constantFrom(...(numbers[name] ?? ["0", "2"]));
    const constants = Object.entries(contract.enums).find(([enumeration]) => enumeration.endsWith(`.${type}`))?.[1];
    if (constants) return fc.constantFrom("", ...constants);
    if (type === "Node.Mode") return fc.constantFrom("NORMAL", "EXCLUSIVE");
    if (type === "AMITypeData") {
        const logins = ["UnixData", "MacData"].filter((login) => whole(login) in contract.classes);
        return fc.constantFrom(...logins).chain((login) => objectOf(contract, whole(login), login));
    }
    if (type === "SpotConfiguration") return optional(objectOf(contract, whole(type), type));
    if (type === "MinimumNumberOfInstancesTimeRangeConfig") {
        return optional(objectOf(contract, whole(`util.${type}`), type));
    }
    if (type === "List<HotSpareConfigByLabel>") {
        const rule = objectOf(contract, whole("HotSpareConfigByLabel"), "HotSpareConfigByLabel");
        return fc.oneof(
            fc.constant<PluginValue>(""),
            rule.map((one) => [one]),
        );
    }
    if (!(name in texts)) throw new Error(`${contract.version}: no values for ${name}: ${type}`);
    const needed = [
        "ami",
        "credentialsId",
        "label",
        "labelString",
        "minimumNoInstancesActiveTimeRangeFrom",
        "minimumNoInstancesActiveTimeRangeTo",
        "region",
        "sshKeysCredentialsId",
    ];
    return fc.constantFrom(...(needed.includes(name) ? [] : [""]), ...texts[name]!);
}

const optional = (object: fc.Arbitrary<PluginObject>): fc.Arbitrary<PluginValue> =>
    fc.oneof(fc.constant<PluginValue>(""), object);

/** Parameters that newer releases keep only as another view of a second one: no export has them (classes.groovy). */
const views: Record<string, string> = {
    associatePublicIp: "associateIPStrategy",
    connectUsingPublicIp: "connectionStrategy",
    usePrivateDnsName: "connectionStrategy",
};

function objectOf(contract: Contract, className: string, simple: string): fc.Arbitrary<PluginObject> {
    const parameters = parametersOf(contract, className);
    const names = new Set(parameters.map(({ name }) => name));
    const read = parameters.filter(({ name }) => name !== "description" && !names.has(views[name] ?? ""));
    return fc
        .record(Object.fromEntries(read.map(({ name, type }) => [name, valueOf(contract, name, type)])))
        .map((values) => ({ ...(simple === "" ? {} : { $class: simple }), ...values }));
}

/** What a template has that somebody made in Jenkins' form without a choice of their own. */
const usual: Record<string, PluginValue> = {
    ami: "ami-0123456789abcdef0",
    amiType: { $class: "UnixData", sshPort: "22", bootDelay: "" },
    associateIPStrategy: "DEFAULT",
    connectionStrategy: "PRIVATE_IP",
    ebsEncryptRootVolume: "DEFAULT",
    hostKeyVerificationStrategy: "CHECK_NEW_SOFT",
    idleTerminationMinutes: "30",
    labelString: "linux",
    launchTimeoutStr: "600",
    maxTotalUses: "-1",
    metadataEndpointEnabled: "true",
    metadataHopsLimit: "1",
    metadataSupported: "true",
    metadataTokensRequired: "true",
    minimumNumberOfInstances: "0",
    minimumNumberOfSpareInstances: "0",
    mode: "NORMAL",
    numExecutors: "1",
    remoteAdmin: "ec2-user",
    remoteFS: "/home/ec2-user",
    tenancy: "Default",
    type: "m7i.large",
};

/** A template with a choice for up to ten of its parameters. */
function templateOf(contract: Contract): fc.Arbitrary<PluginObject> {
    const any = objectOf(contract, whole("SlaveTemplate"), "");
    return any.chain((values) => {
        const names = Object.keys(values);
        return fc
            .subarray(names, { minLength: 1, maxLength: 10 })
            .map((chosen) =>
                Object.fromEntries(
                    names.map((name) => [name, chosen.includes(name) ? values[name]! : (usual[name] ?? "")]),
                ),
            );
    });
}

/** A cloud with a choice for up to four of its parameters. */
function cloudOf(contract: Contract): fc.Arbitrary<PluginObject> {
    const others = ["name", "cloudName", "templates", "privateKey"];
    // Which of the two classes has them depends on the release.
    const classes = ["EC2Cloud", "AmazonEC2Cloud"].map(whole).filter((name) => name in contract.classes);
    const parameters = classes
        .flatMap((name) => parametersOf(contract, name))
        .filter(({ name }) => !others.includes(name));
    const values = parameters.map(({ name, type }) => [name, valueOf(contract, name, type)] as const);
    return fc.record(Object.fromEntries(values)).chain((all) =>
        fc.subarray(Object.keys(all), { minLength: 1, maxLength: 4 }).map((chosen) => ({
            ...{ region: "eu-central-1", credentialsId: "aws-by-hand", sshKeysCredentialsId: "ssh-by-hand" },
            ...Object.fromEntries(chosen.map((name) => [name, all[name]!])),
        })),
    );
}

/** The cloud that Jenkins would get from a fleet file; undefined where it is refused. */
function readBack(yaml: string, files: Record<string, string>): CloudPayload | undefined {
    const path = "fleets/team-a.yaml";
    try {
        const raw = {
            fleet: path,
            secrets: { tokens: { "team-a": "-" } },
            network: { ingress: { cidrs: ["10.0.0.0/8"] } },
        };
        const [cloud] = Object.values(readSettings(raw, context({ [path]: yaml, ...files })).settings.clouds);
        const profiles = Object.values(cloud!.templates).map(({ instanceProfile = "" }) => [
            instanceProfile,
            instanceProfile,
        ]);
        const name = (which: unknown) => (typeof which === "string" ? which : Object.values(which as object).join());
        return cloudPayload(cloud!, {
            owner: "o",
            controller: "c",
            follows: [],
            securityGroupIds: [],
            templateSecurityGroupIds: mapValues(cloud!.templates, ({ securityGroups }) => securityGroups.map(name)),
            subnetIds: mapValues(cloud!.templates, ({ subnets = [] }) => subnets.map(name)),
            imageIds: {},
            instanceProfileArns: Object.fromEntries(profiles),
            windowsPasswords: {},
            tags: {},
            secretTexts: [],
            roleArn: cloud!.identity.roleArn,
        });
    } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return undefined;
    }
}

/** What is the same as nothing: defaults, and classes that the type of a parameter says already. */
const insignificant = [
    "",
    "0",
    "false",
    "22",
    "java",
    "-1",
    "HotSpareConfigByLabel",
    "SpotConfiguration",
    "MinimumNumberOfInstancesTimeRangeConfig",
];

/** The words in a value, in their order in the alphabet: what is left of it when nothing of its form counts. */
function wordsIn(value: PluginValue): string[] {
    if (typeof value !== "string") return Object.values(value).flatMap(wordsIn).sort();
    const text = /^[A-Z]\w+$/.test(value) ? instanceTypeOf(value) : value.replace(/^hudson[.\w]*\.(?=[A-Z])/, "");
    const clock = text.replace(
        /^(\d+):(\d\d) PM$/,
        (_, hour: string, minute: string) => `${Number(hour) + 12}:${minute}`,
    );
    const words = clock.split(/[\s,;]+/).map((word) => (/^\d+\.\d+$/.test(word) ? String(Number(word)) : word));
    return words.filter((word) => !insignificant.includes(word)).sort();
}

describe.each(contracts.map((contract) => [contract.version, contract] as const))("ec2 %s", (version, contract) => {
    it("exported with any value of any parameter, comes back the same but for what is noted", () => {
        let accepted = 0;
        const template = templateOf(contract);
        fc.assert(
            fc.property(template, (live) => {
                const clouds = [{ name: "agents", parameters: {}, templates: [{ description: "linux", ...live }] }];
                const controllers = { "team-a": { url: "https://jenkins.example.com/", user: "admin" } };
                const {
                    yaml,
                    texts: files,
                    notes,
                } = fleetFile({
                    path: "fleets/team-a.yaml",
                    clouds,
                    controllers,
                    plugin: version,
                });
                const after = readBack(yaml, files)?.templates[0]!.parameters;
                if (after === undefined) {
                    expect(notes).toContainEqual(
                        expect.stringMatching(/^is refused until it is put right: clouds\.agents/),
                    );
                    return;
                }
                accepted++;
                const { associateIPStrategy, tags } = after;
                const own = { associatePublicIp: String(associateIPStrategy === "PUBLIC_IP") };
                const others = (tags as PluginObject[]).filter(({ name }) => name !== "jenkins-controller");
                const wanted: PluginObject = { ...own, ...after, tags: others };
                const changed = Object.keys(live).filter(
                    (name) => wordsIn(live[name]!).join(" ") !== wordsIn(wanted[name] ?? "").join(" "),
                );
                const unsaid = changed.filter((name) => !notes.some((note) => note.includes(name)));
                expect(unsaid).toEqual([]);
            }),
            { numRuns: 25 },
        );
        expect(accepted).toBeGreaterThan(10); // the others are refused, by name
    });

    it("exported with any value of any parameter of a cloud, comes back the same but for what is noted", () => {
        let accepted = 0;
        fc.assert(
            fc.property(cloudOf(contract), (parameters) => {
                const {
                    yaml,
                    texts: files,
                    notes,
                } = fleetFile({
                    path: "fleets/team-a.yaml",
                    clouds: [
                        {
                            name: "agents",
                            parameters,
                            templates: [{ description: "linux", ...usual, labelString: "linux docker" }],
                        },
                    ],
                    controllers: { "team-a": { url: "https://jenkins.example.com/", user: "admin" } },
                    keepCredentials: true,
                    plugin: version,
                });
                const after = readBack(yaml, files)?.parameters;
                if (after === undefined) {
                    expect(notes).toContainEqual(
                        expect.stringMatching(/^is refused until it is put right: clouds\.agents/),
                    );
                    return;
                }
                accepted++;
                const changed = Object.keys(parameters).filter(
                    (name) => wordsIn(parameters[name]!).join(" ") !== wordsIn(after[name] ?? "").join(" "),
                );
                expect(changed.filter((name) => !notes.some((note) => note.includes(name)))).toEqual([]);
            }),
            { numRuns: 25 },
        );
        expect(accepted).toBeGreaterThan(10); // the others are refused, by name
    });
});
