import { readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../progress";
import { cachedBuild, type CachedBuild } from "../cached-build";
import { CommandError, run } from "./run";
import { findMirrors, type MirroredProvider } from "./terraform-mirror";

const architectures: Record<string, string> = { x64: "amd64", arm64: "arm64" };

/** The AWS provider whose line `@pulumi/aws` 6.83.2 bridges; the playground runs it behind the current `@pulumi/aws`. */
export const awsProvider: MirroredProvider = {
    source: "hashicorp/aws",
    version: "5.100.0",
    platform: `${process.platform}_${architectures[process.arch] ?? process.arch}`,
};

/**
 * Terraform's own checksums (`h1:`) of the release, as dependency lock files hold them. Elsewhere Terraform's signature check has
 * to do, which it makes for a registry but not for a mirror.
 */
const checksums: Record<string, string> = {
    linux_amd64: "h1:edXOJWE4ORX8Fm+dpVpICzMZJat4AX0VRCAy/xkcOc0=",
    darwin_arm64: "h1:Ijt7pOlB7Tr7maGQIqtsLFbl7pSMIj06TVdkoSBcYOw=",
};

/** What was installed, to see later that it is still that. */
interface Installed {
    /** Path below the folder. Terraform links a provider that lies in a mirror. */
    binary: string;
    bytes: number;
    /** Milliseconds since 1970. */
    modified: number;
    checksum: string;
}

const recordFile = "installed.json";

export const awsProviderBuild: Pick<CachedBuild, "name" | "key"> = {
    name: join("engine", "terraform-provider-aws"),
    key: `${awsProvider.version}-${awsProvider.platform}`,
};

/** Absolute path of the real Terraform AWS provider, as `terraform init` delivers it. It may lie in a mirror: it is not copied. */
export async function obtainAwsProvider(report: Report): Promise<string> {
    const folder = await cachedBuild({
        ...awsProviderBuild,
        report,
        build: (target) => install(target, report),
        verify: async (target) => verify(target),
    });
    return realpathSync(join(folder, record(folder).binary));
}

const record = (folder: string) => JSON.parse(readFileSync(join(folder, recordFile), "utf8")) as Installed;

function verify(folder: string): void {
    const { binary, bytes, modified } = record(folder);
    const found = statSync(join(folder, binary));
    if (found.size !== bytes || found.mtimeMs !== modified)
        throw new Error(`${binary} is not the file that was installed`);
}

async function install(folder: string, report: Report): Promise<void> {
    const required = { aws: { source: awsProvider.source, version: awsProvider.version } };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers: required } }));
    report(`Terraform's AWS provider ${awsProvider.version}, by terraform init`);
    await initialize(folder, report);
    const binary = installedBinary(folder);
    const { size, mtimeMs } = statSync(join(folder, binary));
    const checksum = lockedChecksum(folder);
    const expected = checksums[awsProvider.platform];
    if (expected && checksum !== expected) {
        throw new Error(
            `${binary} has the checksum ${checksum}; the release of ${awsProvider.version} has ${expected}`,
        );
    }
    const installed: Installed = { binary, bytes: size, modified: mtimeMs, checksum };
    writeFileSync(join(folder, recordFile), JSON.stringify(installed, null, 2));
}

/** As Terraform is set up on this machine; failing that, from each mirror that is found on it. */
async function initialize(folder: string, report: Report): Promise<void> {
    const failures: string[] = [];
    const attempt = async (from: string, environment: Record<string, string>): Promise<boolean> => {
        try {
            await run("terraform", ["init", "-input=false", "-no-color", "-backend=false"], {
                cwd: folder,
                environment,
            });
            return true;
        } catch (error) {
            const lines = error instanceof CommandError ? error.lastLines : [String(error)];
            failures.push(
                `${from}: ${lines
                    .filter((line) => !/^[╷│╵]*$/.test(line))
                    .slice(-4)
                    .join(" ")}`,
            );
            return false;
        }
    };
    if (await attempt("terraform init as it is set up here", {})) return;
    for (const mirror of findMirrors(awsProvider)) {
        report(`terraform init failed as it is set up here: now from the mirror ${mirror}`);
        if (await attempt(`the mirror ${mirror}`, mirrorConfiguration(folder, mirror))) return;
    }
    throw new Error(
        `Terraform's AWS provider ${awsProvider.version} (${awsProvider.platform}) could not be installed. Tried:\n` +
            failures.map((failure) => `  ${failure}\n`).join("") +
            "Give Terraform access to a registry or a mirror (terraform providers mirror FOLDER fills one on another machine), or set " +
            "PLAYGROUND_TERRAFORM_MIRROR to the folder of such a mirror.",
    );
}

function mirrorConfiguration(folder: string, mirror: string): Record<string, string> {
    const file = join(folder, "mirror.tfrc");
    writeFileSync(
        file,
        `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
    );
    return { TF_CLI_CONFIG_FILE: file };
}

function installedBinary(folder: string): string {
    const providers = join(".terraform", "providers");
    const [host] = readdirSync(join(folder, providers));
    const provider = join(providers, host, awsProvider.source, awsProvider.version, awsProvider.platform);
    const name = readdirSync(join(folder, provider)).find((file) => file.startsWith("terraform-provider-aws"));
    if (!name) throw new Error(`no provider in ${provider}`);
    return join(provider, name);
}

function lockedChecksum(folder: string): string {
    const lock = readFileSync(join(folder, ".terraform.lock.hcl"), "utf8");
    const match = /"(h1:[^"]+)"/.exec(lock);
    if (!match) throw new Error(`no checksum in ${lock}`);
    return match[1];
}
