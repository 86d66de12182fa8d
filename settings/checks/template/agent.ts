import type { TemplateSettings } from "../../schema/template";
import { namesSecret } from "../../looksSecret";
import type { TemplateCheck } from "./templateCheck";

/** Labels, folders and variables of the agent. */
export function checkAgent(check: TemplateCheck): void {
    const { template, problem, warn } = check;
    const { labels, mode } = template;
    if (mode === "EXCLUSIVE" && labels.length === 0) {
        problem(
            "conflicting-settings",
            "mode",
            "needs labels: with EXCLUSIVE only jobs that ask for a label use the agents",
        );
    }
    checkFolder(check);
    checkScripts(check);
    checkLineEnds(check);
    for (const name of Object.keys(template.environment).filter(namesSecret)) {
        warn(
            "secret-in-environment",
            `environment.${name}`,
            "has the name of a secret, and is in plain text in Jenkins: use Jenkins credentials",
        );
    }
}

type OfPlatform = Pick<TemplateSettings, "platform">;

const isWindows = ({ platform }: OfPlatform) => platform === "windows" || platform === "windows-ssh";
const hasDrive = (folder: string) => /^[A-Za-z]:[\\/]/.test(folder);
const isShellScript = (text: string) => text.trimStart().startsWith("#!");

/** Whether a template of the platform may have the folder: an absolute path of its operating system. */
export function isFolderFor(template: OfPlatform, folder: string): boolean {
    return isWindows(template) ? hasDrive(folder) : folder.startsWith("/");
}

/** Whether the script, by its first line, may run on an instance of the platform. */
export function isScriptFor(template: OfPlatform, text: string): boolean {
    return !(isWindows(template) ? isShellScript(text) : /^<powershell>/i.test(text.trimStart()));
}

function checkFolder({ template, problem }: TemplateCheck): void {
    const { remoteFolder, platform } = template;
    if (isFolderFor(template, remoteFolder)) return;
    if (hasDrive(remoteFolder)) {
        problem(
            "conflicting-settings",
            "remoteFolder",
            `is a folder of Windows, and platform is ${platform}`,
            "set platform: windows-ssh, or windows for WinRM",
        );
        return;
    }
    problem(
        "wrong-form",
        "remoteFolder",
        `must be an absolute path, such as ${isWindows(template) ? "C:\\Jenkins" : "/home/ec2-user"}`,
        "for any other folder set plugin.remoteFS",
    );
}

/** A script that a template inherits may be one of the other platform: it would fail on each new instance. */
function checkScripts({ template, problem }: TemplateCheck): void {
    for (const setting of ["initScript", "userData"] as const) {
        const text = template[setting];
        if (isScriptFor(template, text)) continue;
        const kind = isShellScript(text) ? "a script for Unix (#!)" : "a script for Windows";
        problem(
            "conflicting-settings",
            setting,
            `is ${kind}, and platform is ${template.platform}`,
            `set another ${setting}, or null to inherit none`,
        );
    }
}

/** `sh` takes the CR for a part of the command. The plugin's form saves LF (seen on Jenkins 2.479.3 and 2.541.3), which is a difference. */
function checkLineEnds({ template, warn }: TemplateCheck): void {
    if (isWindows(template)) return;
    for (const setting of ["initScript", "userData"] as const) {
        if (template[setting].includes("\r\n"))
            warn(
                "script-with-crlf",
                setting,
                "has line ends of Windows (CRLF): commands fail on them, and a save of the form in Jenkins changes them to LF",
            );
    }
}
