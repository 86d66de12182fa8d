import * as pulumi from "@pulumi/pulumi";
import { warningText, type SettingsWarning } from "../problem";

/** Puts warnings into Pulumi's log, each with the name that silences it; without those that the stack silences. */
export async function sayWarnings(warnings: SettingsWarning[], silence: readonly string[] = []): Promise<void> {
    for (const warning of warnings) {
        if (!silence.includes(warning.name)) await pulumi.log.warn(warningText(warning));
    }
}
