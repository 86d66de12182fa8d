import { ControllerAccess, PushRequest } from "../../jenkins/push/request";
import { Clock } from "../../jenkins/push/clock";
import { newestRelease } from "../../settings/plugin/releases";

/** A clock whose waiting takes no time; it counts what was waited. */
export class FakeClock implements Clock {
    private time = 0;
    readonly pauses: number[] = [];

    now(): number {
        return this.time;
    }

    async sleep(milliseconds: number): Promise<void> {
        this.pauses.push(milliseconds);
        this.time += milliseconds;
    }

    random(): number {
        return 1;
    }
}

export function access(url: string, changes: Partial<ControllerAccess> = {}): ControllerAccess {
    return {
        id: "team-a",
        url,
        user: "provisioner",
        token: "api-token-7d1f",
        timeouts: { connectSeconds: 5, answerSeconds: 30, totalSeconds: 120 },
        ...changes,
    };
}

/** A request with two templates and both credentials. */
export function pushRequest(controller: ControllerAccess): PushRequest {
    const description = "Managed by Pulumi stack jenkins-ec2-agents/test (team-a/agents)";
    return {
        owner: "jenkins-ec2-agents/test",
        controller,
        plugin: { version: newestRelease.version, minimum: "2.0.7", install: false, restart: false },
        cloud: {
            name: "agents",
            path: "clouds.agents",
            settings: { instanceCapStr: "cap" },
            follows: [],
            securityGroup: "sg-0123456789abcdef0",
            secret: [] as string[],
            credentials: [
                {
                    kind: "aws",
                    id: "agents-aws",
                    description,
                    accessKey: "AKIAEXAMPLE",
                    secretKey: "wJalrXUtnFEMI/K7MDENG",
                },
                { kind: "ssh", id: "agents-ssh", description, username: "ec2-user", privateKey: PRIVATE_KEY },
            ],
            parameters: {
                region: "eu-central-1",
                credentialsId: "agents-aws",
                sshKeysCredentialsId: "agents-ssh",
                useInstanceProfileForCredentials: "false",
                instanceCapStr: "40",
            },
            optional: [],
            templates: [
                template("linux", { labelString: "linux docker" }),
                template("linux-spot", { labelString: "linux cheap" }),
            ],
        },
        policy: {
            adopt: false,
            busyAgents: "refuse",
            drainMinutes: 1,
            testConnection: true,
            accessKeySeconds: 90,
        },
    };
}

/** No key at all, but shaped like one: what the client does never depends on it. */
export const PRIVATE_KEY = [
    "-----BEGIN RSA PRIVATE KEY-----",
    "MIIEowIBAAKCAQEAn0tAkEyItIsOnLyShApEdLiKeOnE0123456789abcdefghij",
    "Zm9vYmFyYmF6cXV4MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6",
    "-----END RSA PRIVATE KEY-----",
    "",
].join("\n");

export function template(id: string, parameters: Record<string, string> = {}) {
    return {
        id,
        path: `clouds.agents.templates.${id}`,
        settings: { numExecutors: "executors", idleTerminationMinutes: "idle.minutes", mode: "mode" },
        secret: [] as string[],
        optional: [],
        parameters: {
            ami: "ami-0123456789abcdef0",
            type: "t3.micro",
            description: id,
            mode: "NORMAL",
            numExecutors: "1",
            idleTerminationMinutes: "10",
            remoteFS: "/home/ec2-user",
            remoteAdmin: "ec2-user",
            initScript: "#!/bin/sh\nset -e\necho ready",
            securityGroups: "sg-1",
            amiType: { $class: "UnixData", sshPort: "22", bootDelay: "" },
            tags: [{ name: "team", value: "a" }],
            ...parameters,
        },
    };
}

/** In place of a redaction where nothing is secret. */
export const asIs = (text: string) => text;
