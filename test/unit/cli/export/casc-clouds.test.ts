import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it, test } from "vitest";
import { cloudsOfCasc, switches } from "../../../../cli/export/casc/clouds";
import { settingsFromExport } from "../../../../cli/export/fromExport";
import { instanceTypeOf } from "../../../../settings/schema/template/instanceType";
import { parametersOf, readContracts } from "../../../../playground/controller/contract";

const contracts = join(__dirname, "../../../../playground/controller/contract");
const folder = mkdtempSync(join(tmpdir(), "casc-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes files and reads their clouds. */
function read(files: Record<string, string>, given: Record<string, string> = {}) {
    const own = mkdtempSync(join(folder, "files-"));
    for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(own, name)), { recursive: true });
        writeFileSync(join(own, name), text);
    }
    return cloudsOfCasc([own], { given, readFile: () => undefined });
}

/** The only template of a file with these lines, and the notes. */
function templateOf(lines: string, given: Record<string, string> = {}) {
    const indented = lines.trim().replaceAll("\n", "\n            ");
    const { clouds, notes } = read(
        {
            "jenkins.yaml": `
jenkins:
  clouds:
    - amazonEC2:
        name: builds
        templates:
          - description: linux
            ${indented}
`,
        },
        given,
    );
    return { template: clouds[0]!.templates[0]!, notes };
}

const at = "jenkins.clouds[0].amazonEC2.templates[0]";

const file = `
jenkins:
  clouds:
    - amazonEC2:
        name: "builds"
        region: eu-central-1
        instanceCapStr: "40"
        useInstanceProfileForCredentials: false
        sshKeysCredentialsId: hand-ssh
        templates:
          - description: linux
            ami: ami-0123456789abcdef0
            labelString: "linux docker"
            type: m7i.large
            numExecutors: 2
            remoteFS: /home/ec2-user
            remoteAdmin: ec2-user
            idleTerminationMinutes: "10"
            amiType:
              unixData: { sshPort: "22", rootCommandPrefix: sudo }
            tags:
              - { name: team, value: builds }
            nodeProperties:
              - envVars: { env: [{ key: A, value: "1" }] }
              - toolLocation: { locations: [{ home: /opt/maven, key: "hudson.tasks.Maven$MavenInstallation$DescriptorImpl@maven-3" }] }
          - ami: ami-0123456789abcdef1
            type: m7i.large
            amiType:
              windowsData: { password: "\${WINDOWS_PASSWORD}", useHTTPS: true }
    - docker: { name: other }
unclassified:
  location: { url: "https://jenkins.example.com/" }
`;

describe("a Configuration as Code file", () => {
    const found = read({ "jenkins.yaml": file });
    const { clouds, notes } = settingsFromExport(found.clouds, ["team-a"]);

    it("gives the EC2 clouds, as settings", () => {
        expect(clouds.builds).toMatchObject({ controllers: ["team-a"], region: "eu-central-1", cap: 40, adopt: true });
        const { linux } = clouds.builds!.templates as Record<string, object>;
        expect(linux).toMatchObject({
            image: { id: "ami-0123456789abcdef0" },
            labels: ["linux", "docker"],
            executors: 2,
            idle: { minutes: 10 },
            ssh: { rootCommandPrefix: "sudo" },
            tags: { team: "builds" },
            environment: { A: "1" },
            tools: { "maven-3": { home: "/opt/maven" } },
        });
    });

    it("what it does not say is as the plugin has it by default, not as this program would have it", () => {
        const { linux } = found.clouds[0]!.templates.map((template) => ({
            [String(template.description)]: template,
        }))[0]!;
        expect(linux).toMatchObject({ hostKeyVerificationStrategy: "CHECK_NEW_SOFT", deleteRootOnTermination: "" });
    });

    it("names what could not be taken, and never shows a password", () => {
        expect(found.notes).toEqual([
            "jenkins.clouds[0].amazonEC2.templates[1]: has no description: it is called template-2",
            "jenkins.clouds[1]: docker is no cloud of the EC2 plugin, so it is left out",
        ]);
        expect(notes).toContainEqual(expect.stringContaining("secrets.windowsPasswords.template-2"));
        expect(JSON.stringify(found)).not.toContain("WINDOWS_PASSWORD");
    });

    it("says where the controller is, if the file does", () => {
        expect(found.url).toBe("https://jenkins.example.com/");
    });

    it.each([
        ["jobs: []", "there is no amazonEC2 under jenkins.clouds."],
        ["jenkins: { clouds: { a: 1 } }", "jenkins.clouds must be a list."],
        ["jenkins: { clouds: [{ amazonEC2: { templates: 5 } }] }", "templates must be a list of templates."],
        ["a: 1\n---\nb: 1", "has 2 documents"],
        ["a: [", "is not YAML"],
    ])("that has none, or is none, is refused: %s", (text, message) => {
        expect(() => read({ "casc.yaml": text })).toThrow(message);
    });
});

describe("YAML as Jenkins reads it", () => {
    it("takes merge keys, and truth values of YAML 1.1, but leaves texts as they are", () => {
        const { clouds } = read({
            "jenkins.yaml": `
x-base: &base { monitoring: yes, ebsOptimized: Off, remoteAdmin: on }
jenkins:
  clouds:
    - amazonEC2:
        name: 012
        noDelayProvisioning: ON
        templates:
          - { <<: *base, description: no, ami: 1_0, spotConfig: { useBidPrice: y, spotMaxBidPrice: 0.40 }, nodeProperties: [envVars: { env: [{ key: DEBUG, value: yes }, { key: PYTHON, value: 3.10 }] }] }
`,
        });
        expect(clouds[0]).toMatchObject({ name: "012", parameters: { noDelayProvisioning: "true" } });
        expect(clouds[0]!.templates[0]).toMatchObject({
            description: "no",
            monitoring: "true",
            ebsOptimized: "false",
            remoteAdmin: "on",
            ami: "1_0",
            spotConfig: { useBidPrice: "true", spotMaxBidPrice: "0.4" },
            nodeProperties: [
                {
                    env: [
                        { key: "DEBUG", value: "yes" },
                        { key: "PYTHON", value: "3.1" },
                    ],
                },
            ],
        });
    });

    it("takes null for absent", () => {
        const { template, notes } = templateOf("javaPath: ~\nmode:\njvmopts: null");
        expect(template).toMatchObject({ javaPath: "java", mode: "NORMAL", jvmopts: "" });
        expect(notes).toEqual([]);
    });

    it("appends the clouds of several files of a folder, by name", () => {
        const cloud = (name: string) => `jenkins: { clouds: [amazonEC2: { name: ${name} }] }`;
        const { clouds, url } = read({
            "b.yml": cloud("second"),
            "a/first.yaml": cloud("first"),
            "c.yaml": "unclassified: { location: { url: 'https://jenkins.example.com/' } }",
            ".hidden.yaml": cloud("hidden"),
            "notes.txt": "no YAML: [",
        });
        expect(clouds.map(({ name }) => name)).toEqual(["first", "second"]);
        expect(url).toBe("https://jenkins.example.com/");
    });
});

// Constants of com.amazonaws.services.ec2.model.InstanceType (AWS SDK for Java 1).
test.each([
    ["T2Medium", "t2.medium"],
    ["C52xlarge", "c5.2xlarge"],
    ["M7iFlexLarge", "m7i-flex.large"],
    ["Mac2M2proMetal", "mac2-m2pro.metal"],
    ["U6tb1Metal", "u-6tb1.metal"],
    ["U7in24tb224xlarge", "u7in-24tb.224xlarge"],
    ["C7iMetal24xl", "c7i.metal-24xl"],
    ["m7i.large", "m7i.large"],
])("the instance type %s is %s", (written, type) => {
    expect(instanceTypeOf(written)).toBe(type);
});

describe("a variable", () => {
    it("is resolved, and ^${…} is text", () => {
        const { template, notes } = templateOf('ami: "${AMI}"\ninitScript: "echo ^${HOME}"', { AMI: "ami-1" });
        expect(template).toMatchObject({ ami: "ami-1", initScript: "echo ${HOME}" });
        expect(notes).toEqual([]);
    });

    it("that is not known is named once with its places, and what it is in is left out", () => {
        const { template, notes } = templateOf(`
ami: "\${AMI}"
initScript: "echo \${AMI} \${readFile:/etc/init.sh}"
tags: [{ name: team, value: "\${TEAM}" }, { name: os, value: linux }]
amiType: { unixData: { sshPort: "\${PORT}", rootCommandPrefix: sudo } }
`);
        expect(template).toMatchObject({
            ami: "",
            initScript: "",
            tags: [{ name: "os", value: "linux" }],
            amiType: { $class: "UnixData", rootCommandPrefix: "sudo" },
        });
        expect(notes).toEqual([
            `\${AMI} is not known, so this is left out: ${at}.ami, ${at}.initScript. Give it with --set 'AMI=VALUE'.`,
            `\${readFile:/etc/init.sh} is not known, so this is left out: ${at}.initScript. Put the file beside the Configuration as Code file.`,
            `\${TEAM} is not known, so this is left out: ${at}.tags[0].value. Give it with --set 'TEAM=VALUE'.`,
            `\${PORT} is not known, so this is left out: ${at}.amiType.unixData.sshPort. Give it with --set 'PORT=VALUE'.`,
        ]);
    });

    it("of a secret is not asked for: secrets are masked", () => {
        const { template, notes } = templateOf(`
amiType: { windowsData: { password: "\${PASSWORD}" } }
nodeProperties: [envVars: { env: [{ key: API_TOKEN, value: "pl4nted" }] }]
`);
        expect(template).toMatchObject({
            amiType: { password: "****" },
            nodeProperties: [{ env: [{ key: "API_TOKEN", value: "****" }] }],
        });
        expect(notes).toEqual([]);
    });
});

describe("what a file has and settings have not", () => {
    it.each([
        ["connectUsingPublicIp: true", "PUBLIC_IP", "DEFAULT"],
        ["usePrivateDnsName: true", "PRIVATE_DNS", "DEFAULT"],
        ["associatePublicIp: true", "PRIVATE_IP", "PUBLIC_IP"],
        ["associatePublicIp: true\nusePrivateDnsName: false", "PUBLIC_IP", "PUBLIC_IP"],
        ["connectionStrategy: PUBLIC_DNS", "PUBLIC_DNS", "DEFAULT"],
    ])("becomes what the plugin makes of earlier names: %s", (lines, connectionStrategy, associateIPStrategy) => {
        const { template, notes } = templateOf(lines);
        expect(template).toMatchObject({ connectionStrategy, associateIPStrategy });
        expect(Object.keys(template)).not.toContain("connectUsingPublicIp");
        expect(notes).toEqual([]);
    });

    it("is named: an earlier name that overrides today's, a key of no release, a node property, a login", () => {
        const { template, notes } = templateOf(`
connectionStrategy: PUBLIC_DNS
connectUsingPublicIp: false
instanceType: T3Large
nodeProperties: [authorizationMatrix: { a: 1 }, envVars: { env: [{ key: A, value: 1 }] }]
amiType: { otherData: { a: 1 } }
`);
        expect(template).toMatchObject({ connectionStrategy: "PRIVATE_IP", instanceType: "T3Large", amiType: "" });
        expect(notes).toEqual([
            expect.stringMatching(/templates\[0\]\.instanceType: no release .* is kept under `plugin`/),
            `${at}.connectUsingPublicIp: is of earlier releases and overrides connectionStrategy, which becomes PRIVATE_IP`,
            `${at}.amiType.otherData: is no login of the EC2 plugin: the template becomes one of Linux over SSH`,
            expect.stringMatching(/nodeProperties: authorizationMatrix is left out: /),
        ]);
    });

    it("has every parameter of the plugin that is true or false among those that YAML 1.1 writes in many ways", () => {
        const ofPlugin = readContracts(contracts)
            .flatMap((contract) => Object.keys(contract.classes).flatMap((name) => parametersOf(contract, name)))
            .filter(({ type }) => /^boolean$/i.test(type))
            .map(({ name }) => name);
        expect(new Set(switches)).toEqual(new Set([...ofPlugin, "useDedicatedTenancy"]));
    });

    it("is as the plugin has it: executors by the machine's size, agents that never end", () => {
        const { template } = templateOf("ami: ami-1");
        expect(template).toMatchObject({ numExecutors: "", idleTerminationMinutes: "0", launchTimeoutStr: "" });
    });
});
