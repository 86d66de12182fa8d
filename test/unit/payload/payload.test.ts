import { describe, expect, it } from "vitest";
import { organization } from "../../../jenkins/requests";
import { runProgram } from "../pulumi-mocks";
import { parameters, payload, templatePayload } from "./support";

describe("the cloud", () => {
    it("uses the controller's access key and the SSH key, as credentials of its own name", () => {
        const { name, credentials, parameters: cloud } = payload();
        expect(name).toBe("agents");
        expect(credentials).toEqual([
            {
                kind: "aws",
                id: "agents-aws",
                description: "Managed by Pulumi stack jenkins-ec2-agents/test (team-a/agents)",
                accessKey: "AKIA-OF-TEAM-A",
                secretKey: "secret-of-team-a",
            },
            {
                kind: "ssh",
                id: "agents-ssh",
                description: "Managed by Pulumi stack jenkins-ec2-agents/test (team-a/agents)",
                username: "ec2-user",
                privateKey: "the private key",
            },
        ]);
        expect(cloud).toEqual({
            useInstanceProfileForCredentials: "false",
            credentialsId: "agents-aws",
            region: "eu-central-1",
            privateKey: "",
            sshKeysCredentialsId: "agents-ssh",
            instanceCapStr: "40",
            roundRobinTemplatesByLabel: "false",
            saturateHighestWeightFirst: "false",
            hotSpareConfigsByLabel: [],
            roleArn: "",
            roleSessionName: "",
            noDelayProvisioning: "false",
            cleanUpOrphanedNodes: "false",
            altEC2Endpoint: "",
        });
    });

    it("marks its credentials with the organization, where the stack's back end has one", () => {
        const marks = payload(undefined, { organization: "acme" }).credentials.map(({ description }) => description);
        const mark = "Managed by Pulumi stack acme/jenkins-ec2-agents/test (team-a/agents)";
        expect(marks).toEqual([mark, mark]);
    });

    it("has the mark that the stack's former name gave them, after a renaming", () => {
        const { formerMark } = payload(undefined, { organization: "acme", formerOwner: "jenkins-ec2-agents/old" });
        expect(formerMark).toBe("Managed by Pulumi stack acme/jenkins-ec2-agents/old (team-a/agents)");
    });

    it.each([
        ["acme", "acme"],
        // What the engine says for a back end that has none: files, S3.
        ["organization", undefined],
    ])("has it from the engine: %s is %s", async (said, known) => {
        const { result } = await runProgram(() => organization(), { organization: said });
        expect(result).toBe(known);
    });

    it("names the parameters that hold what the settings keep secret, by whatever way it came there", () => {
        const change = (raw: any) => {
            raw.clouds.agents.defaults = { environment: { KEY: "from-a-secret" }, executors: 3 };
            raw.clouds.agents.templates.linux.userData = "#!/bin/sh\nmore\n";
        };
        const { secret, templates } = payload(change, { secretTexts: ["from-a-secret", "#!/bin/sh\nmore\n", "3"] });
        expect(secret).toEqual([]);
        expect(templates[0]!.secret.sort()).toEqual(["nodeProperties", "numExecutors", "userData"]);
    });

    it("uses the controller's instance profile where there is no key", () => {
        const { credentials, parameters: cloud } = payload(undefined, { accessKey: undefined });
        expect(credentials.map(({ id }) => id)).toEqual(["agents-ssh"]);
        expect(cloud).toMatchObject({ useInstanceProfileForCredentials: "true", credentialsId: "" });
    });

    describe("with credentials that somebody else made", () => {
        const aws = (raw: any) => (raw.access = { identity: { credentialsId: "aws-of-the-team" } });
        const ssh = (raw: any) => (raw.keyPair = { credentialsId: "ssh-of-the-team" });
        const kinds = ({ credentials }: ReturnType<typeof payload>) => credentials.map(({ kind }) => kind);

        it("names those for AWS, and brings the others", () => {
            const found = payload(aws, { accessKey: undefined });
            expect(kinds(found)).toEqual(["ssh"]);
            expect(found.parameters).toMatchObject({
                useInstanceProfileForCredentials: "false",
                credentialsId: "aws-of-the-team",
                sshKeysCredentialsId: "agents-ssh",
            });
            expect(found.settings).toMatchObject({ credentialsId: "identity.credentialsId" });
        });

        it("names those for SSH, and brings the others", () => {
            const found = payload(ssh, { privateKey: undefined });
            expect(kinds(found)).toEqual(["aws"]);
            expect(found.parameters).toMatchObject({
                credentialsId: "agents-aws",
                sshKeysCredentialsId: "ssh-of-the-team",
            });
            expect(found.settings).toMatchObject({ sshKeysCredentialsId: "keyPair.credentialsId" });
        });

        it("brings a mark where there is nothing else to say whose the cloud is", () => {
            const both = (raw: any) => {
                ssh(raw);
                aws(raw);
            };
            const mark = {
                kind: "mark",
                id: "agents-mark",
                description: "Managed by Pulumi stack jenkins-ec2-agents/test (team-a/agents)",
                cloud: "agents",
            };
            expect(payload(both, { accessKey: undefined, privateKey: undefined }).credentials).toEqual([mark]);
            const onHost = (raw: any) => {
                ssh(raw);
                raw.access = { identity: { mode: "instance-profile" } };
            };
            const found = payload(onHost, { accessKey: undefined, privateKey: undefined });
            expect(found.credentials).toEqual([mark]);
            expect(found.parameters).toMatchObject({ useInstanceProfileForCredentials: "true", credentialsId: "" });
        });

        it("has those that the cloud says over the stack's, and none where it takes them back", () => {
            const change = (raw: any) => {
                ssh(raw);
                raw.clouds.agents.keyPair = { credentialsId: "ssh-of-the-cloud" };
            };
            expect(payload(change).parameters).toMatchObject({ sshKeysCredentialsId: "ssh-of-the-cloud" });
            const back = (raw: any) => {
                ssh(raw);
                raw.clouds.agents.keyPair = { credentialsId: null };
            };
            expect(payload(back).parameters).toMatchObject({ sshKeysCredentialsId: "agents-ssh" });
        });
    });

    it("assumes the role that there is", () => {
        const change = (raw: any) => (raw.access = { identity: { mode: "role", roleSessionName: "builds" } });
        const { parameters: cloud } = payload(change, { roleArn: "arn:aws:iam::123456789012:role/agents" });
        expect(cloud).toMatchObject({
            roleArn: "arn:aws:iam::123456789012:role/agents",
            roleSessionName: "builds",
            credentialsId: "agents-aws",
        });
    });

    it("has no cap where none is said", () => {
        expect(payload((raw) => delete raw.clouds.agents.cap).parameters["instanceCapStr"]).toBe("");
    });

    it("has rules for hot spares in their order, each complete but for a maximum that is not set", () => {
        const rules = {
            any: { label: "linux || mac" },
            first: { label: "linux", order: 1, base: 2, step: 1, maximum: 9, idle: { minutes: 0 } },
            last: { label: "mac", order: 200, grace: { minutes: 5, then: "idle" }, templatesMayOverride: ["grace"] },
        };
        const { hotSpareConfigsByLabel: list } = payload((raw) => {
            Object.assign(raw.clouds.agents, { hotSpares: rules });
            Object.assign(raw.clouds.agents.templates.linux, { labels: ["linux", "mac"] });
        }).parameters;
        const none = {
            baseHotSpares: "0",
            scalingFactor: "5",
            idleTimeoutMinutes: "15",
            gracePeriodMinutes: "0",
            discardAfterGracePeriod: "true",
            allowTemplateIdleTimeoutOverride: "false",
            allowTemplateGracePeriodOverride: "false",
        };
        expect(list).toEqual([
            {
                ...none,
                label: "linux",
                baseHotSpares: "2",
                scalingFactor: "1",
                maxHotSpares: "9",
                idleTimeoutMinutes: "0",
            },
            { ...none, label: "linux || mac" },
            {
                ...none,
                label: "mac",
                gracePeriodMinutes: "5",
                discardAfterGracePeriod: "false",
                allowTemplateGracePeriodOverride: "true",
            },
        ]);
    });

    it.each([
        ["in-order", "false", "false"],
        ["by-share", "true", "false"],
        ["by-rank", "true", "true"],
    ])("asks the templates of a label %s by two switches", (templateOrder, inTurn, byRank) => {
        const { parameters } = payload((raw) => Object.assign(raw.clouds.agents, { templateOrder }));
        expect(parameters).toMatchObject({
            roundRobinTemplatesByLabel: inTurn,
            saturateHighestWeightFirst: byRank,
        });
    });

    it("may be without what nobody asked for, and not without what somebody did", () => {
        expect(payload().optional.sort()).toEqual([
            "altEC2Endpoint",
            "cleanUpOrphanedNodes",
            "hotSpareConfigsByLabel",
            "noDelayProvisioning",
            "roundRobinTemplatesByLabel",
            "saturateHighestWeightFirst",
        ]);
        expect(payload((raw) => (raw.clouds.agents.noDelayProvisioning = false)).optional).not.toContain(
            "noDelayProvisioning",
        );
        expect(payload((raw) => (raw.clouds.agents.plugin = { cleanUpOrphanedNodes: true })).optional).not.toContain(
            "cleanUpOrphanedNodes",
        );
    });

    it("takes raw parameters over what the settings say, every scalar as text, without nulls", () => {
        const { parameters: cloud } = payload(
            (raw) => (raw.clouds.agents.plugin = { instanceCapStr: 3, future: { list: [1, true, "x"], none: null } }),
        );
        expect(cloud).toMatchObject({ instanceCapStr: "3", future: { list: ["1", "true", "x"] } });
        expect(cloud["future"]).not.toHaveProperty("none");
    });
});

describe("a preview, in which one text stands for what AWS has yet to answer", () => {
    it("passes the text on, wherever it stands", () => {
        const unknown = "not-yet-known";
        const { credentials, templates } = payload(
            (raw) => (raw.clouds.agents.templates.linux.image = { ssm: "/a/b" }),
            {
                accessKey: unknown,
                privateKey: unknown,
                securityGroupIds: [unknown, "sg-0123456789abcdef0"],
                subnetIds: { linux: unknown },
                imageIds: { linux: unknown },
            },
        );
        expect(credentials).toMatchObject([{ accessKey: unknown, secretKey: unknown }, { privateKey: unknown }]);
        expect(templates[0]!.parameters).toMatchObject({
            ami: unknown,
            subnetId: unknown,
            securityGroups: `${unknown},sg-0123456789abcdef0`,
        });
    });
});

describe("a template", () => {
    it("starts the image that was looked up, or the one that is named", () => {
        expect(parameters({ image: { ssm: "/a/b" } })).toMatchObject({
            ami: "ami-0fedcba9876543210",
            amiFilters: [],
            amiOwners: "",
        });
        expect(parameters({})["ami"]).toBe("ami-0123456789abcdef0");
    });

    it("leaves the look-up at launch to the plugin, values with spaces in quotes", () => {
        const image = {
            filter: { name: ["agent *", "other"], architecture: "x86_64" },
            owners: ["self", "123456789012"],
            users: ["all"],
            resolve: "launch",
        };
        expect(parameters({ image })).toMatchObject({
            ami: "",
            amiOwners: "self 123456789012",
            amiUsers: "all",
            amiFilters: [
                { name: "architecture", values: "x86_64" },
                { name: "name", values: '"agent *" other' },
            ],
        });
    });

    it("is in the subnets (by spaces) and the security groups (by commas)", () => {
        const templateSecurityGroupIds = { linux: ["sg-0123456789abcdef2", "sg-0123456789abcdef1"] };
        expect(payload(undefined, { templateSecurityGroupIds }).templates[0]!.parameters).toMatchObject({
            subnetId: "subnet-0123456789abcdef0 subnet-0123456789abcdef1",
            securityGroups: "sg-0123456789abcdef0,sg-0123456789abcdef1,sg-0123456789abcdef2",
            zone: "",
        });
        expect(parameters({ zones: ["eu-central-1a"] })["zone"]).toBe("eu-central-1a");
        expect(parameters({ zones: ["eu-central-1a", "eu-central-1b"] })["zone"]).toBe("");
    });

    it("has the stack's tags, its own over them, and the controller's mark", () => {
        expect(parameters({ tags: { team: "builds", "cost-centre": "1" } })["tags"]).toEqual([
            { name: "cost-centre", value: "1" },
            { name: "jenkins-controller", value: "jenkins-ec2-agents/test/team-a" },
            { name: "team", value: "builds" },
        ]);
    });

    it.each([
        [{ idle: { minutes: 10, then: "stop" } }, { idleTerminationMinutes: "10", stopOnTerminate: "true" }],
        [{ idle: { minutes: -5 } }, { idleTerminationMinutes: "-5", stopOnTerminate: "false" }],
        [{ labels: ["linux", "docker"] }, { labelString: "linux docker" }],
        [{ cap: 7 }, { instanceCapStr: "7" }],
        [{}, { instanceCapStr: "", maxTotalUses: "-1", launchTimeoutStr: "1200", numExecutors: "1" }],
        [
            { uses: 1, launchTimeoutSeconds: 0 },
            { maxTotalUses: "1", launchTimeoutStr: "" },
        ],
        [{ reuseOrphans: false }, { avoidUsingOrphanedNodes: "true" }],
        [{ publicAddress: "PUBLIC_IP" }, { associateIPStrategy: "PUBLIC_IP" }],
        [
            { metadata: { tokensRequired: false, hopLimit: 2 } },
            { metadataTokensRequired: "false", metadataHopsLimit: "2" },
        ],
        [
            { spot: { maxPricePerHour: 0.08 } },
            {
                spotConfig: {
                    useBidPrice: "true",
                    spotMaxBidPrice: "0.08",
                    fallbackToOndemand: "false",
                    spotBlockReservationDuration: "0",
                },
            },
        ],
        [
            { spot: { fallbackToOnDemand: true } },
            {
                spotConfig: {
                    useBidPrice: "false",
                    spotMaxBidPrice: "",
                    fallbackToOndemand: "true",
                    spotBlockReservationDuration: "0",
                },
            },
        ],
        [
            {
                blockDevices: [
                    { device: "/dev/xvda", sizeGiB: 100, type: "gp3", throughputMiBps: 250, encrypted: true },
                    { device: "/dev/sdf", sizeGiB: 10 },
                ],
            },
            { customDeviceMapping: "/dev/xvda=:100:true:gp3::encrypted:250,/dev/sdf=:10:true" },
        ],
        [
            { environment: { B: "2", A: "1" } },
            {
                nodeProperties: [
                    {
                        $class: "hudson.slaves.EnvironmentVariablesNodeProperty",
                        env: [
                            { key: "A", value: "1" },
                            { key: "B", value: "2" },
                        ],
                    },
                ],
            },
        ],
        [
            {
                tools: {
                    "maven-3": { type: "maven", home: "/opt/maven" },
                    own: { type: "com.example.Tool$DescriptorImpl", home: "/opt/own" },
                },
            },
            {
                nodeProperties: [
                    {
                        $class: "hudson.tools.ToolLocationNodeProperty",
                        locations: [
                            { key: "hudson.tasks.Maven$MavenInstallation$DescriptorImpl@maven-3", home: "/opt/maven" },
                            { key: "com.example.Tool$DescriptorImpl@own", home: "/opt/own" },
                        ],
                    },
                ],
            },
        ],
        [
            { minimumInstances: 2, schedule: { from: "07:30", to: "18:00", days: ["monday", "sunday"] } },
            {
                minimumNumberOfInstances: "2",
                minimumNumberOfInstancesTimeRangeConfig: {
                    minimumNoInstancesActiveTimeRangeFrom: "07:30",
                    minimumNoInstancesActiveTimeRangeTo: "18:00",
                    monday: "true",
                    tuesday: "false",
                    wednesday: "false",
                    thursday: "false",
                    friday: "false",
                    saturday: "false",
                    sunday: "true",
                },
            },
        ],
    ])("of %j is %j", (change, expected) => {
        expect(parameters(change)).toMatchObject(expected);
    });

    it("names an instance profile by its ARN", () => {
        const scoped = (raw: any) => (raw.access = { policy: "scoped" });
        expect(parameters({ instanceProfile: "builds" }, scoped)["iamInstanceProfile"]).toBe(
            "arn:aws:iam::123456789012:instance-profile/builds",
        );
        const arn = "arn:aws:iam::210987654321:instance-profile/other";
        expect(parameters({ instanceProfile: arn }, scoped)["iamInstanceProfile"]).toBe(arn);
    });

    it("logs in to Windows with the password that is named, or the one that EC2 makes", () => {
        const own = parameters(
            { platform: "windows", winrm: { password: "admin" } },
            (raw) => (raw.secrets.windowsPasswords = { admin: "x" }),
        );
        expect(own["amiType"]).toMatchObject({
            password: "password-of-admin",
            specifyPassword: "true",
            useHTTPS: "true",
        });
        const made = parameters({ platform: "windows" }, (raw) => (raw.access = { policy: "scoped" }));
        expect(made["amiType"]).toMatchObject({ password: "", specifyPassword: "false" });
    });

    it("may be without defaults of this program, and not without what was asked for", () => {
        const { optional } = templatePayload({ nestedVirtualization: false, metadata: { hopLimit: 2 } });
        expect(optional).toEqual(
            expect.arrayContaining([
                "enclaveEnabled",
                "metadataSupported",
                "avoidUsingOrphanedNodes",
                "associateIPStrategy",
            ]),
        );
        for (const parameter of ["nestedVirtualizationEnabled", "metadataHopsLimit", "ami", "type", "securityGroups"]) {
            expect(optional).not.toContain(parameter);
        }
    });
});

describe("security groups that the settings name", () => {
    it("have their ids beside them, as a live cloud may have the names", () => {
        const named = (raw: any) => {
            raw.clouds.agents.network = { securityGroups: [{ name: "builds" }, "sg-0123456789abcdef9"] };
            raw.clouds.agents.templates.linux.securityGroups = [{ name: "Linux agents" }];
        };
        const { groupIds } = payload(named, {
            securityGroupIds: ["sg-0123456789abcdef0", "sg-0123456789abcdef1", "sg-0123456789abcdef9"],
            templateSecurityGroupIds: { linux: ["sg-0123456789abcdef2"] },
        });
        expect(groupIds).toEqual({ builds: "sg-0123456789abcdef1", "Linux agents": "sg-0123456789abcdef2" });
        expect(payload()).not.toHaveProperty("groupIds");
    });
});
