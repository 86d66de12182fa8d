import { CloudSettings, TemplateSettings } from "../../settings";
import { showPath } from "../../settings/path";
import { UNKNOWN } from "../../settings/naming";
import { cloudSources, codedCloudSettings } from "../../settings/schema/cloud";
import { pluginObject } from "../../settings/schema/codec";
import { toParameters } from "../../settings/schema/parameters";
import { codedTemplateSettings, templateSources } from "../../settings/schema/template";
import { cloudWithReferences, credentialId, templateWithReferences } from "./withReferences";
import { optionalParameters, parametersWith, settingsOfParameters } from "./parameters";
import type { CloudReferences } from "./references";
import { CloudPayload, CredentialPayload, TemplatePayload } from "../push/request";

/** Without one of these the cloud would not be the one that was asked for: a plugin that lacks it must refuse. */
const indispensableForCloud = [
    "name",
    "region",
    "useInstanceProfileForCredentials",
    "credentialsId",
    "sshKeysCredentialsId",
    "roleArn",
    "roleSessionName",
];

/** Without one of these the template would not be the one that was asked for: a plugin that lacks it must refuse. */
const indispensableForTemplate = [
    "ami",
    "amiType",
    "description",
    "remoteAdmin",
    "remoteFS",
    "securityGroups",
    "subnetId",
    "type",
];

/**
 * The cloud as one controller's plugin is to have it, by the parameter names of the newest plugin that is known. Every parameter is
 * always there, because the plugin takes a missing one for null or false; every scalar is text, because DescribableModel
 * makes every type of text and of nothing else.
 */
export function cloudPayload(cloud: CloudSettings, references: CloudReferences): CloudPayload {
    const parameters = {
        ...toParameters(codedCloudSettings, cloudWithReferences(cloud, references)),
        // Deprecated in favour of the credential.
        privateKey: "",
        ...pluginObject(cloud.plugin),
    };
    return {
        name: cloud.name,
        path: showPath(["clouds", cloud.id]),
        settings: { ...settingsOfParameters(cloudSources, cloud.explicit, cloud.plugin), ...existingIds(cloud) },
        follows: references.follows,
        securityGroup: cloud.network.makeSecurityGroup ? (references.securityGroupIds[0] ?? "") : "",
        ...groupIds(cloud, references),
        credentials: credentials(cloud, references),
        ...formerMark(cloud, references),
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
    const parameters = {
        ...toParameters(codedTemplateSettings, templateWithReferences(template, references)),
        ...pluginObject(template.plugin),
    };
    return {
        id: template.id,
        path: showPath(["clouds", cloud.id, "templates", template.key]),
        settings: settingsOfParameters(templateSources, template.explicit, template.plugin),
        parameters,
        secret: parametersWith(references.secretTexts, parameters),
        optional: optionalParameters(templateSources, indispensableForTemplate, template.explicit, template.plugin),
    };
}

/** Ids of the security groups that the settings name, as far as AWS has answered. */
function groupIds({ network, templates }: CloudSettings, references: CloudReferences): Pick<CloudPayload, "groupIds"> {
    const made = network.makeSecurityGroup ? 1 : 0;
    const groups = [
        ...network.securityGroups.map((group, index) => [group, references.securityGroupIds[made + index]] as const),
        ...Object.values(templates).flatMap(({ id, securityGroups }) =>
            securityGroups.map((group, index) => [group, references.templateSecurityGroupIds[id]?.[index]] as const),
        ),
    ];
    const named = groups.flatMap(([group, id]) =>
        typeof group === "object" && "name" in group && id !== undefined && id !== UNKNOWN ? [[group.name, id]] : [],
    );
    return named.length === 0 ? {} : { groupIds: Object.fromEntries(named) as Record<string, string> };
}

/** Ids of credentials that somebody else made: each cloud's, wherever they are set. */
function existingIds({ identity, keyPair }: CloudSettings): Record<string, string> {
    return {
        ...(identity.credentialsId === undefined ? {} : { credentialsId: "identity.credentialsId" }),
        ...(keyPair.credentialsId === undefined ? {} : { sshKeysCredentialsId: "keyPair.credentialsId" }),
    };
}

/** The mark of a stack's push. An apply takes over any mark of its stack; a removal takes only what bears its own. */
function markOf(cloud: CloudSettings, { organization, controller }: CloudReferences, owner: string): string {
    const stack = organization === undefined ? owner : `${organization}/${owner}`;
    return `Managed by Pulumi stack ${stack} (${controller}/${cloud.id})`;
}

function formerMark(cloud: CloudSettings, references: CloudReferences): Pick<CloudPayload, "formerMark"> {
    const { formerOwner } = references;
    return formerOwner === undefined ? {} : { formerMark: markOf(cloud, references, formerOwner) };
}

function credentials(cloud: CloudSettings, references: CloudReferences): CredentialPayload[] {
    const description = markOf(cloud, references, references.owner);
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
