import { namesSecret } from "../../secretNames";
import type { TemplateCheck } from "./templateCheck";

/** Labels, folders and variables of the agent. */
export function checkAgent({ template, problem, warn }: TemplateCheck): void {
    const { labels, mode, platform, remoteFolder } = template;
    if (mode === "EXCLUSIVE" && labels.length === 0) {
        problem(
            "conflicting-settings",
            "mode",
            "needs labels: with EXCLUSIVE only jobs that ask for a label use the agents, and there is none to ask for",
        );
    }
    const windows = platform === "windows" || platform === "windows-ssh";
    if (windows ? !/^[A-Za-z]:[\\/]/.test(remoteFolder) : !remoteFolder.startsWith("/")) {
        problem(
            "wrong-form",
            "remoteFolder",
            `must be a whole path, like ${windows ? "C:\\Jenkins" : "/home/ec2-user"}`,
        );
    }
    for (const name of Object.keys(template.environment).filter(namesSecret)) {
        warn(
            "secret-in-environment",
            `environment.${name}`,
            "looks like a secret by its name, and is in plain text in Jenkins; use Jenkins credentials",
        );
    }
}
