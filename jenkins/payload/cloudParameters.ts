import { CloudSettings } from "../../settings";
import type { CloudReferences } from "./references";
import { PluginObject } from "../push/request";
import { credentialId } from "./credentialId";
import { scalar } from "./parameters";

/** Without one of these the cloud would not be the cloud that was asked for, whatever the user said of it. */
export const indispensableForCloud = [
    "name",
    "region",
    "useInstanceProfileForCredentials",
    "credentialsId",
    "sshKeysCredentialsId",
    "roleArn",
    "roleSessionName",
];

/** Parameters of `EC2Cloud`, all but the name, the templates and what the user gives under `plugin`. */
export function cloudParameters(cloud: CloudSettings, references: CloudReferences): PluginObject {
    const made = references.accessKey === undefined ? "" : credentialId(cloud.name, "aws");
    const credentialsId = cloud.identity.credentialsId ?? made;
    return {
        useInstanceProfileForCredentials: scalar(credentialsId === ""),
        credentialsId,
        region: cloud.region,
        // Deprecated in favour of the credential.
        privateKey: "",
        sshKeysCredentialsId: cloud.keyPair.credentialsId ?? credentialId(cloud.name, "ssh"),
        instanceCapStr: scalar(cloud.cap),
        roleArn: scalar(references.roleArn),
        roleSessionName: references.roleArn === undefined ? "" : cloud.identity.roleSessionName,
        noDelayProvisioning: scalar(cloud.noDelayProvisioning),
        cleanUpOrphanedNodes: scalar(cloud.cleanUpOrphanedNodes),
        altEC2Endpoint: scalar(cloud.endpoint),
    };
}
