import type { StackSettings } from "../settings";
import { showPaths, type Path } from "../settings/path";
import { sayWarnings } from "../settings/read/sayWarnings";

/** Says that AWS did not answer what some settings are checked against: they may be right, so it ends nothing. */
export async function sayUnchecked(
    { silence }: StackSettings,
    paths: Path[],
    what: string,
    reason: string,
): Promise<void> {
    const message = `${what}, since EC2 did not answer${reason === "" ? ": see its words above" : `: ${reason}`}`;
    await sayWarnings([{ code: "unchecked-in-ec2", path: showPaths(paths), message, severity: "warning" }], silence);
}
