import { SettingsContext } from "../read/context";
import { Findings } from "../read/findings";

/**
 * Pulumi hands the whole configuration over in one environment variable, and Linux lets one have 128 KiB with its name and the
 * end (MAX_ARG_STRLEN, 32 pages). Beyond it the program is not even started: "fork/exec node: argument list too long".
 */
const most = 131_072 - "PULUMI_CONFIG=".length - 1;
/** From three quarters on it is said, so that there is time to move. */
const near = Math.floor(most * 0.75);

export function checkSize({ configurationBytes = 0 }: SettingsContext, findings: Findings): void {
    if (configurationBytes < near) return;
    findings.warn(
        "configuration-near-limit",
        ["clouds"],
        `the stack's configuration has ${configurationBytes} bytes; from ${most} on Pulumi cannot start. Move templates to a fleet file`,
    );
}
