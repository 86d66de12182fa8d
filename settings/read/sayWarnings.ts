import * as pulumi from "@pulumi/pulumi";
import { problemLine, type Problem } from "../problem";

/** Puts warnings into Pulumi's log, each with the name that silences it; without those that the stack silences. */
export async function sayWarnings(warnings: Problem[], silence: readonly string[] = []): Promise<void> {
    for (const warning of warnings) {
        if (!silence.includes(warning.code)) await pulumi.log.warn(problemLine(warning));
    }
}
