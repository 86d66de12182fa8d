import { SettingsContext } from "../context";
import { Findings } from "../findings";
import { StackSettings } from "../schema/stack";
import { WrittenStack } from "../shape";

/** Everything that can be said only of several settings together. */
export function checkStack(
    settings: StackSettings,
    written: WrittenStack,
    context: SettingsContext,
    findings: Findings,
): void {
    void [settings, written, context, findings];
}
