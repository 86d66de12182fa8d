import { TemplateSettings } from "../../settings";
import type { CloudReferences } from "./references";
import { PluginObject } from "../push/request";
import { scalar } from "./parameters";

const sshClasses = {
    unix: "hudson.plugins.ec2.UnixData",
    mac: "hudson.plugins.ec2.MacData",
    "windows-ssh": "hudson.plugins.ec2.WindowsSSHData",
} as const;

/** How Jenkins logs in: the parameter `amiType`. */
export function loginData({ platform, ssh, winrm }: TemplateSettings, references: CloudReferences): PluginObject {
    if (platform === "windows") {
        const password = winrm.password === undefined ? undefined : references.windowsPasswords[winrm.password];
        return {
            $class: "hudson.plugins.ec2.WindowsData",
            password: scalar(password),
            useHTTPS: scalar(winrm.https),
            bootDelay: scalar(winrm.bootDelaySeconds),
            specifyPassword: scalar(winrm.password !== undefined),
            allowSelfSignedCertificate: scalar(winrm.allowSelfSignedCertificate),
        };
    }
    return {
        $class: sshClasses[platform],
        rootCommandPrefix: ssh.rootCommandPrefix,
        slaveCommandPrefix: ssh.agentCommandPrefix,
        slaveCommandSuffix: ssh.agentCommandSuffix,
        sshPort: scalar(ssh.port),
        bootDelay: scalar(ssh.bootDelaySeconds),
    };
}
