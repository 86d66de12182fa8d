import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { RawSettings } from "../../../settings";

/** examples/every-setting/Pulumi.prod.example.yaml. */
export const exampleFile = parse(
    readFileSync(join(__dirname, "../../../examples/every-setting/Pulumi.prod.example.yaml"), "utf8"),
) as {
    config: Record<string, unknown>;
};

/** What is set by command, and the files that the example names. */
const secrets = {
    tokens: { "team-a": "x" },
    passwords: { legacy: "x" },
    clientKeys: { legacy: "x" },
    windowsPasswords: { builder: "x" },
    variables: { registry: "x" },
    privateKey: "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n",
};
export const exampleFiles: Record<string, string> = {
    "certificates/ca.pem": "-----BEGIN CERTIFICATE-----\n",
    "certificates/client.pem": "-----BEGIN CERTIFICATE-----\n",
    "policies/builds.json": '{ "Version": "2012-10-17", "Statement": [] }',
    "agents.pub": "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAB agents",
    "scripts/linux.sh": "#!/bin/sh\necho {{ version }} {{ token | sh }}\n",
    "examples/every-setting/fleet.yaml": readFileSync(
        join(__dirname, "../../../examples/every-setting/fleet.yaml"),
        "utf8",
    ),
};

/** The settings of the example, with its secrets; each call makes new ones, so that tests can change theirs. */
export function writtenExample(): RawSettings {
    const own = Object.entries(exampleFile.config).filter(([key]) => key.startsWith("jenkins-ec2-agents:"));
    const settings = Object.fromEntries(own.map(([key, value]) => [key.replace("jenkins-ec2-agents:", ""), value]));
    return structuredClone({ ...settings, secrets });
}
