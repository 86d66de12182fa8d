import { cloudPayload } from "../../../jenkins/payload";
import type { CloudReferences } from "../../../jenkins/payload/references";
import { PluginObject, TemplatePayload } from "../../../jenkins/push/request";
import { CloudSettings, StackSettings } from "../../../settings";
import { resolved } from "../settings/support";

/** What AWS and the stack answered, for one cloud of one controller. */
export function references(changes: Partial<CloudReferences> = {}): CloudReferences {
    return {
        owner: "jenkins-ec2-agents/test",
        controller: "team-a",
        follows: [],
        accessKey: { id: "AKIA-OF-TEAM-A", secret: "secret-of-team-a" },
        privateKey: "the private key",
        securityGroupIds: ["sg-0123456789abcdef0", "sg-0123456789abcdef1"],
        templateSecurityGroupIds: {},
        subnetIds: { linux: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] },
        imageIds: { linux: "ami-0fedcba9876543210" },
        instanceProfileArns: { builds: "arn:aws:iam::123456789012:instance-profile/builds" },
        windowsPasswords: { admin: "password-of-admin" },
        tags: { "cost-centre": "4711" },
        secretTexts: [],
        ...changes,
    };
}

/** The small stack's cloud after a change. */
export function cloud(change: (raw: any) => void = () => undefined, files: Record<string, string> = {}): CloudSettings {
    return firstCloud(resolved(change, files));
}

/** The payload of the small stack's cloud. */
export function payload(change: (raw: any) => void = () => undefined, changes: Partial<CloudReferences> = {}) {
    return cloudPayload(cloud(change), references(changes));
}

/** The payload of the small stack's template after a change of it. */
export function templatePayload(
    change: Record<string, unknown>,
    stack: (raw: any) => void = () => undefined,
): TemplatePayload {
    return payload((raw) => {
        stack(raw);
        Object.assign(raw.clouds.agents.templates.linux, change);
    }).templates[0]!;
}

/** The parameters of the small stack's template after a change of it. */
export function parameters(change: Record<string, unknown>, stack?: (raw: any) => void): PluginObject {
    return templatePayload(change, stack).parameters;
}

function firstCloud({ clouds }: StackSettings): CloudSettings {
    return Object.values(clouds)[0]!;
}
