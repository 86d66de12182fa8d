import { describe, expect, it } from "vitest";
import { cloudsOfCasc } from "../../../../cli/export/casc";
import { settingsFromExport } from "../../../../cli/export/fromExport";

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
    const found = cloudsOfCasc(file, "jenkins.yaml");
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
            "cloud builds: template 2 has no description: it is called template-2",
            "jenkins.clouds[1]: docker is no cloud of the EC2 plugin: left out",
        ]);
        expect(notes).toContainEqual(expect.stringContaining("secrets.windowsPasswords.template-2"));
        expect(JSON.stringify(found)).not.toContain("WINDOWS_PASSWORD");
    });

    it("says where the controller is, if the file does", () => {
        expect(found.url).toBe("https://jenkins.example.com/");
    });

    it.each([
        ["jobs: []", "casc.yaml has no list under jenkins.clouds: is it a Configuration as Code file?"],
        ["jenkins: { clouds: [] }", "casc.yaml has no amazonEC2 under jenkins.clouds."],
    ])("that has none is refused: %s", (text, message) => {
        expect(() => cloudsOfCasc(text, "casc.yaml")).toThrow(message);
    });
});
