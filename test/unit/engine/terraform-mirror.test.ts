import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findMirrors } from "../../../playground/engine/terraform-mirror";

const aws = { source: "hashicorp/aws", version: "5.100.0", platform: "linux_amd64" };
let root: string;

beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "mirror-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function unpacked(mirror: string, { version = aws.version, platform = aws.platform } = {}): string {
    const folder = join(root, mirror);
    mkdirSync(join(folder, "registry.example", "hashicorp", "aws", version, platform), { recursive: true });
    return folder;
}

function packed(mirror: string): string {
    const file = join(
        root,
        mirror,
        "registry.example",
        "hashicorp",
        "aws",
        "terraform-provider-aws_5.100.0_linux_amd64.zip",
    );
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "");
    return join(root, mirror);
}

const found = (environment: NodeJS.ProcessEnv = {}) =>
    findMirrors(aws, {
        environment: { HOME: root, XDG_DATA_DIRS: join(root, "data"), ...environment },
        parents: [join(root, "opt")],
    });

describe("a Terraform mirror is found", () => {
    test("where PLAYGROUND_TERRAFORM_MIRROR says, before all others", () => {
        const other = unpacked("opt/other");
        const named = unpacked("named");
        expect(found({ PLAYGROUND_TERRAFORM_MIRROR: named })).toEqual([named, other]);
    });

    test("in Terraform's plugin cache and in its implied mirrors", () => {
        const cache = unpacked("plugin-cache");
        const own = unpacked(".terraform.d/plugins");
        const user = unpacked(".local/share/terraform/plugins");
        const system = unpacked("data/terraform/plugins");
        expect(found({ TF_PLUGIN_CACHE_DIR: cache })).toEqual([cache, own, user, system]);
    });

    test("under any name in a customary place", () => {
        const mirror = unpacked("opt/whatever-it-is-called");
        expect(found()).toEqual([mirror]);
    });

    test("with the provider as an archive", () => {
        const mirror = packed("opt/archives");
        expect(found()).toEqual([mirror]);
    });
});

describe("a folder is no mirror for us", () => {
    test("with another version or platform, with files only, or when it is not there", () => {
        unpacked("opt/newer", { version: "6.0.0" });
        unpacked("opt/another-platform", { platform: "darwin_arm64" });
        mkdirSync(join(root, "opt", "empty"));
        writeFileSync(join(root, "opt", "file"), "");
        expect(found({ PLAYGROUND_TERRAFORM_MIRROR: join(root, "not-there") })).toEqual([]);
    });
});
