import { createHash } from "node:crypto";
import type { CloudSettings, TemplateSettings } from "../../settings";
import { agentTag } from "../../settings/naming";
import type { CloudReferences } from "./references";

/** A cloud's own settings with what AWS and the stack answered in place of names and of what is left to the program. */
export function cloudWithReferences(cloud: CloudSettings, references: CloudReferences): CloudSettings {
    const { name, identity, keyPair } = cloud;
    const made = references.accessKey === undefined ? undefined : credentialId(name, "aws");
    return {
        ...cloud,
        identity: {
            ...identity,
            credentialsId: identity.credentialsId ?? made,
            roleArn: references.roleArn,
        },
        keyPair: { ...keyPair, credentialsId: keyPair.credentialsId ?? credentialId(name, "ssh") },
    };
}

/** A template with what AWS answered in place of names: image, network, instance profile, password and tags. */
export function templateWithReferences(template: TemplateSettings, references: CloudReferences): TemplateSettings {
    const { id, image, instanceProfile, winrm } = template;
    return {
        ...template,
        image:
            image.kind === "ssm" || image.kind === "filter" ? { kind: "id", id: references.imageIds[id] ?? "" } : image,
        // One text where they are not known yet.
        subnets: [references.subnetIds[id] ?? []].flat(),
        // A template may name one that the network names already.
        securityGroups: [
            ...new Set([...references.securityGroupIds, ...(references.templateSecurityGroupIds[id] ?? [])]),
        ],
        instanceProfile: instanceProfile && (references.instanceProfileArns[instanceProfile] ?? instanceProfile),
        winrm: { ...winrm, password: winrm.password && references.windowsPasswords[winrm.password] },
        tags: {
            ...references.tags,
            ...template.tags,
            [agentTag]: `${references.owner}/${references.controller}`,
        },
    };
}

/**
 * Id of a credential that belongs to a cloud: its name and the kind, `agents-aws`.
 *
 * The credentials plugin takes letters, digits, `_`, `.` and `-` in an id that is typed in; a cloud's name may hold more. Names
 * that would become one id are told apart by a part of their hash.
 */
export function credentialId(cloudName: string, kind: "aws" | "ssh" | "mark"): string {
    const plain = cloudName.replace(/[^\w.-]+/g, "-");
    if (plain === cloudName) return `${cloudName}-${kind}`;
    return `${plain}-${createHash("sha256").update(cloudName).digest("hex").slice(0, 6)}-${kind}`;
}
