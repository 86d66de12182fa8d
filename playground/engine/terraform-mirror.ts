import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** A provider as a Terraform filesystem mirror holds it. */
export interface MirroredProvider {
    /** For example `hashicorp/aws`. */
    source: string;
    version: string;
    /** As Terraform writes it, for example `linux_amd64`. */
    platform: string;
}

/** Folders whose children may be mirrors: where add-on software and shared data customarily lie. */
const customary = ["/opt", "/usr/local/share", "/usr/share", "/var/lib"];

/**
 * Folders on this machine that are Terraform filesystem mirrors with this provider in them: the one that
 * `PLAYGROUND_TERRAFORM_MIRROR` names, Terraform's implied mirrors and its plugin cache (Terraform documentation, "CLI
 * Configuration"), then customary places, one level deep.
 */
export function findMirrors(
    provider: MirroredProvider,
    { environment = process.env, parents = customary }: { environment?: NodeJS.ProcessEnv; parents?: string[] } = {},
): string[] {
    const home = environment.HOME ?? homedir();
    const data = [
        environment.XDG_DATA_HOME || join(home, ".local", "share"),
        ...(environment.XDG_DATA_DIRS || ["/usr/local/share", "/usr/share"].join(delimiter)).split(delimiter),
    ];
    const candidates = [
        environment.PLAYGROUND_TERRAFORM_MIRROR,
        environment.TF_PLUGIN_CACHE_DIR,
        join(home, ".terraform.d", "plugins"),
        ...data.map((folder) => join(folder, "terraform", "plugins")),
        ...parents.flatMap((parent) => folders(parent).map((name) => join(parent, name))),
    ];
    return [...new Set(candidates)]
        .filter((folder) => folder !== undefined)
        .filter((folder) => holds(folder, provider));
}

/** A mirror has a folder per registry host, and in it the provider either unpacked or as an archive. */
function holds(mirror: string, { source, version, platform }: MirroredProvider): boolean {
    return folders(mirror).some((host) => {
        const provider = join(mirror, host, ...source.split("/"));
        const archive = `terraform-provider-${source.split("/")[1]}_${version}_${platform}.zip`;
        return existsSync(join(provider, version, platform)) || existsSync(join(provider, archive));
    });
}

function folders(parent: string): string[] {
    try {
        return readdirSync(parent, { withFileTypes: true })
            .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
            .map(({ name }) => name)
            .sort();
    } catch {
        return []; // not there, or not for us to read
    }
}
