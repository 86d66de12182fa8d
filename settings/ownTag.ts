import type { StackSettings } from "./schema/stack";
import { owner } from "./naming";

/** The tag of all that a stack makes in AWS and that a name can be taken by, so that it knows its own again. */
export const ownTag = "jenkins-stack";

/** The settings' tags, and the stack's own. */
export function withOwnTag(
    settings: Pick<StackSettings, "tags" | "project" | "stack" | "component">,
): Record<string, string> {
    return { ...settings.tags, [ownTag]: owner(settings) };
}
