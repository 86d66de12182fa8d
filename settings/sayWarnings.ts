import * as pulumi from "@pulumi/pulumi";
import { visible } from "../jenkins/push/visible";
import { whereIs, type SettingsWarning } from "./problem";

/** Puts warnings into Pulumi's log, each with the name that silences it; without those that the stack silences. */
export async function sayWarnings(warnings: SettingsWarning[], silence: readonly string[] = []): Promise<void> {
    for (const warning of warnings) {
        const { name, message } = warning;
        if (silence.includes(name)) continue;
        await pulumi.log.warn(visible(`${whereIs(warning)}: ${message} (add ${name} to 'silence' to hide this)`));
    }
}
