import {
    appendFileSync,
    chmodSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    realpathSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { missingPrerequisites } from "../../../playground/engine/prerequisites";
import { awsProvider, obtainAwsProvider } from "../../../playground/engine/terraform-provider";

let root: string;
let lines: string[];
const report = (line: string) => lines.push(line);

beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "terraform-")));
    lines = [];
    mkdirSync(join(root, "bin"));
    vi.stubEnv("PATH", [join(root, "bin"), "/usr/bin", "/bin"].join(delimiter));
    vi.stubEnv("PLAYGROUND_CACHE", join(root, "cache"));
    vi.stubEnv("HOME", root);
    for (const name of ["PLAYGROUND_TERRAFORM_MIRROR", "TF_PLUGIN_CACHE_DIR", "TF_CLI_CONFIG_FILE", "XDG_DATA_HOME"])
        vi.stubEnv(name, "");
});
afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true });
});

function executable(name: string, script: string): void {
    writeFileSync(join(root, "bin", name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(root, "bin", name), 0o755);
}

const released = "h1:edXOJWE4ORX8Fm+dpVpICzMZJat4AX0VRCAy/xkcOc0=";
const { version, platform } = awsProvider;
const place = `.terraform/providers/registry.example/hashicorp/aws/${version}/${platform}`;

/** What `terraform init` leaves behind. */
const installs = (checksum = released) => `
    echo "$TF_CLI_CONFIG_FILE" >> '${root}/calls'
    mkdir -p ${place}
    echo provider > ${place}/terraform-provider-aws_v${version}_x5
    echo 'hashes = [ "${checksum}" ]' > .terraform.lock.hcl`;

const refuses = 'echo "Error: Failed to query available provider packages"; echo "no such host" >&2; exit 1';

function mirror(): string {
    const folder = join(root, "mirror");
    mkdirSync(join(folder, "registry.example", "hashicorp", "aws", version, platform), { recursive: true });
    return folder;
}

const calls = () => readFileSync(join(root, "calls"), "utf8").split("\n").length - 1;

describe("Terraform's AWS provider", () => {
    test("is installed as Terraform is set up, once", async () => {
        executable("terraform", installs());
        const binary = await obtainAwsProvider(report);
        expect(readFileSync(binary, "utf8")).toBe("provider\n");
        expect(await obtainAwsProvider(report)).toBe(binary);
        expect(calls()).toBe(1);
    });

    test("is installed from a mirror when that fails; Terraform is told so in a file of its own", async () => {
        const folder = mirror();
        vi.stubEnv("PLAYGROUND_TERRAFORM_MIRROR", folder);
        executable("terraform", `if ! grep -q '"${folder}"' "$TF_CLI_CONFIG_FILE"; then ${refuses}; fi; ${installs()}`);
        await obtainAwsProvider(report);
        expect(lines.at(-1)).toBe(`terraform init failed as it is set up here: now from the mirror ${folder}`);
    });

    test("cannot be had: the error says what was tried and what to do", async () => {
        vi.stubEnv("PLAYGROUND_TERRAFORM_MIRROR", mirror());
        executable("terraform", refuses);
        const failure = (await obtainAwsProvider(report).catch((error: unknown) => error)) as Error;
        expect(failure.message).toContain(`AWS provider ${version} (${platform}) could not be installed. Tried:`);
        expect(failure.message).toMatch(/terraform init as it is set up here: .*no such host/);
        expect(failure.message).toContain(`the mirror ${root}/mirror: `);
        expect(failure.message).toContain("or set PLAYGROUND_TERRAFORM_MIRROR to the folder of such a mirror.");
    });

    test.runIf(platform === "linux_amd64")("with another checksum than the release is refused", async () => {
        executable("terraform", installs("h1:other"));
        await expect(obtainAwsProvider(report)).rejects.toThrow(
            `has the checksum h1:other; the release of ${version} has ${released}`,
        );
        expect(
            existsSync(
                join(root, "cache", "jenkins-ec2-agents", "engine", "terraform-provider-aws", `${version}-${platform}`),
            ),
        ).toBe(false);
    });

    test("that was exchanged since is installed again", async () => {
        executable("terraform", installs());
        appendFileSync(await obtainAwsProvider(report), "tampered");
        expect(readFileSync(await obtainAwsProvider(report), "utf8")).toBe("provider\n");
        expect(calls()).toBe(2);
    });
});

describe("what building needs", () => {
    test("is there", () => {
        executable("go", "echo go version go1.26.8 linux/amd64");
        executable("terraform", "echo Terraform v1.11.4");
        expect(missingPrerequisites()).toEqual([]);
    });

    test("is missing or too old: all of it is named, with the command that installs it", () => {
        executable("go", "echo go version go1.19 linux/amd64");
        executable("terraform", "exit 1");
        expect(missingPrerequisites()).toMatchObject([
            { name: "Go 1.26+", found: "1.19", install: expect.stringContaining("apt-get install") },
            { name: "Terraform 1.0+", found: "none", install: expect.stringContaining("brew install") },
        ]);
    });

    test("is only asked for where something is to be built", () => {
        executable("go", "exit 1");
        executable("terraform", "exit 1");
        expect(missingPrerequisites({ go: false, terraform: true }).map(({ name }) => name)).toEqual([
            "Terraform 1.0+",
        ]);
    });
});
