import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { PulumiStack } from "../../../playground/stack";

it("the demo's shell has the playground's variables, and none of the person's that would lead elsewhere", () => {
    const stack = new PulumiStack({
        engine: { command: "/engine/pulumi", environment: { PULUMI_HOME: "/home/of playground's" } },
        project: "/project",
        stack: "dev",
        configFile: "/playground/Pulumi.dev.yaml",
        directory: "/playground",
        passphrase: "secret",
        environment: { AWS_ENDPOINT_URL: "http://127.0.0.1:1", AWS_PROFILE: "" },
    });
    const own = { AWS_PROFILE: "me", AWS_ENDPOINT_URL_EC2: "https://ec2.example", PULUMI_STACK: "mine", EDITOR: "vi" };
    const script = `${stack.shell({ ...own, PATH: "/bin" }).join("\n")}\n/usr/bin/env`;
    const lines = execFileSync("/bin/sh", ["-c", script], { env: own, encoding: "utf8" }).split("\n");
    expect(lines.filter((line) => /^(AWS|PULUMI|EDITOR|PATH)/.test(line)).sort()).toEqual([
        "AWS_ENDPOINT_URL=http://127.0.0.1:1",
        "EDITOR=vi",
        "PATH=/engine:/bin",
        "PULUMI_BACKEND_URL=file:///playground/state",
        "PULUMI_CONFIG_PASSPHRASE=secret",
        "PULUMI_HOME=/home/of playground's",
    ]);
});
