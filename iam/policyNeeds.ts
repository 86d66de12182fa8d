import type { CloudSettings, StackSettings, TemplateSettings } from "../settings";
import type { PolicyNeeds } from "./scopedPolicy";

/**
 * What the templates of all clouds together need of AWS: one policy serves every controller. Clouds that work with an existing
 * role do not count: what that role may do is not this stack's to say.
 */
export function policyNeeds(settings: StackSettings, partition: string, passedRoles: string[]): PolicyNeeds {
    const clouds = cloudsWithPolicy(settings);
    const templates = clouds.flatMap((cloud) => Object.values(cloud.templates));
    return {
        owner: `${settings.project}/${settings.stack}`,
        regions: [...new Set(clouds.map(({ region }) => region))].sort(),
        partition,
        spot: templates.some(({ spot }) => spot !== undefined),
        stop: templates.some(({ idle }) => idle.then === "stop"),
        console: templates.some(checksConsole),
        password: templates.some(({ platform, winrm }) => platform === "windows" && winrm.password === undefined),
        passedRoles,
    };
}

/** Names of the instance profiles that templates name, each once. An ARN has the name after the path. */
export function instanceProfileNames(settings: StackSettings): string[] {
    const templates = cloudsWithPolicy(settings).flatMap((cloud) => Object.values(cloud.templates));
    const named = templates.flatMap(({ instanceProfile }) => instanceProfile ?? []);
    return [...new Set(named.map((nameOrArn) => nameOrArn.slice(nameOrArn.lastIndexOf("/") + 1)))].sort();
}

function cloudsWithPolicy({ clouds }: StackSettings): CloudSettings[] {
    return Object.values(clouds).filter(({ identity }) => identity.mode !== "role" || identity.roleArn === undefined);
}

function checksConsole({ platform, hostKeyVerification }: TemplateSettings): boolean {
    return platform !== "windows" && ["CHECK_NEW_HARD", "CHECK_NEW_SOFT"].includes(hostKeyVerification);
}
