import { CloudSettings, TemplateSettings } from "../settings";
import { showPath } from "../settings/path";
import { cloudSources } from "../settings/schema/cloud";
import { templateSources } from "../settings/schema/template";
import { credentialId } from "./payload/credentialId";
import { cloudParameters, indispensableForCloud } from "./payload/cloud";
import { optionalParameters, parametersWith, raw, settingsOfParameters } from "./payload/parameters";
import { indispensableForTemplate, templateParameters } from "./payload/template";
import { CloudPayload, CredentialPayload, TemplatePayload } from "./push/request";

/**
 * What AWS and the stack answered for one cloud on one controller. Texts are opaque: a preview has placeholders for what
 * is not known yet.
 */
export interface CloudReferences {
    /** Who manages the cloud, as `project/stack`. */
    owner: string;
    /** Organization of the stack's back end: part of the mark. Absent where the back end has none. */
    organization?: string;
    /** Id of the controller: part of the mark, and tags its agents, so that controllers with the same cloud leave each other's alone. */
    controller: string;
    /** Names of the stack's clouds that stand before this one on the controller, in order. */
    follows: string[];
    /** The controller's own access key; undefined where its instance profile or somebody else's key is used; one text where it is yet unknown. */
    accessKey?: { id: string; secret: string } | string;
    /** Role that the plugin assumes. */
    roleArn?: string;
    /** Private key (PEM) that agents are logged in to with; undefined where somebody else has put it into Jenkins. */
    privateKey?: string;
    /** Name of the instance profile that the stack makes for the controllers' instances, where this cloud's identity is that. */
    hostProfile?: string;
    /** The security group that is made, first, and the network's further ones, by id. */
    securityGroupIds: string[];
    /** A template's own security groups, by template id. */
    templateSecurityGroupIds: Record<string, string[]>;
    /**
     * Subnets by template id; one text where they are yet unknown. Needed: without a subnet the plugin takes security groups by name only
     * (SlaveTemplate.makeRunInstancesRequestAndFilters).
     */
    subnetIds: Record<string, string[] | string>;
    /** Image ids by template id; none for an image that the plugin looks up at launch. */
    imageIds: Record<string, string>;
    /** ARNs of instance profiles by what the settings say (name or ARN); the plugin takes ARNs only. */
    instanceProfileArns: Record<string, string>;
    /** Passwords by the name that `winrm.password` says. */
    windowsPasswords: Record<string, string>;
    /** Tags of the stack, beneath the template's. */
    tags: Record<string, string>;
    /** Texts of the settings that are Pulumi secrets, wherever they end up: not to be shown. */
    secretTexts: string[];
}

/**
 * The cloud as one controller's plugin is to have it, by the parameter names of plugin version 2059. Every parameter is
 * always there, because the plugin takes a missing one for null or false; every scalar is text, because DescribableModel
 * makes every type of text and of nothing else.
 */
export function cloudPayload(cloud: CloudSettings, references: CloudReferences): CloudPayload {
    const parameters = { ...cloudParameters(cloud, references), ...raw(cloud.plugin) };
    return {
        name: cloud.name,
        path: showPath(["clouds", cloud.id]),
        settings: { ...settingsOfParameters(cloudSources, cloud.explicit, cloud.plugin), ...existingIds(cloud) },
        follows: references.follows,
        securityGroup: cloud.network.makeSecurityGroup ? (references.securityGroupIds[0] ?? "") : "",
        credentials: credentials(cloud, references),
        parameters,
        secret: parametersWith(references.secretTexts, parameters),
        optional: optionalParameters(cloudSources, indispensableForCloud, cloud.explicit, cloud.plugin),
        templates: Object.values(cloud.templates).map((template) => templatePayload(cloud, template, references)),
    };
}

function templatePayload(
    cloud: CloudSettings,
    template: TemplateSettings,
    references: CloudReferences,
): TemplatePayload {
    const parameters = { ...templateParameters(template, references), ...raw(template.plugin) };
    return {
        id: template.id,
        path: showPath(["clouds", cloud.id, "templates", template.key]),
        settings: settingsOfParameters(templateSources, template.explicit, template.plugin),
        parameters,
        secret: parametersWith(references.secretTexts, parameters),
        optional: optionalParameters(templateSources, indispensableForTemplate, template.explicit, template.plugin),
    };
}

/** Ids of credentials that somebody else made: each cloud's, wherever they are said. */
function existingIds({ identity, keyPair }: CloudSettings): Record<string, string> {
    return {
        ...(identity.credentialsId === undefined ? {} : { credentialsId: "identity.credentialsId" }),
        ...(keyPair.credentialsId === undefined ? {} : { sshKeysCredentialsId: "keyPair.credentialsId" }),
    };
}

function credentials(cloud: CloudSettings, references: CloudReferences): CredentialPayload[] {
    // The mark. An apply takes over any of its stack; a remove takes only what bears its own, see jenkins/push/README.md.
    const { organization, owner } = references;
    const stack = organization === undefined ? owner : `${organization}/${owner}`;
    const description = `Managed by Pulumi stack ${stack} (${references.controller}/${cloud.id})`;
    const { privateKey } = references;
    const accessKey =
        typeof references.accessKey === "string"
            ? { id: references.accessKey, secret: references.accessKey }
            : references.accessKey;
    const made: CredentialPayload[] = [];
    if (accessKey !== undefined) {
        const { id: accessKeyId, secret } = accessKey;
        const id = credentialId(cloud.name, "aws");
        made.push({ kind: "aws", id, description, accessKey: accessKeyId, secretKey: secret });
    }
    if (privateKey !== undefined) {
        // The plugin takes the key from it and the user from each template.
        const id = credentialId(cloud.name, "ssh");
        made.push({ kind: "ssh", id, description, username: "ec2-user", privateKey });
    }
    const mark = { kind: "mark" as const, id: credentialId(cloud.name, "mark"), description, cloud: cloud.name };
    return made.length > 0 ? made : [mark];
}
