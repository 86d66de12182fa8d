/** The tag of all that a stack makes in AWS and that a name can be taken by, so that it knows its own again. */
export const ownTag = "jenkins-stack";

/** The settings' tags, and the stack's own. */
export function withOwnTag({
    tags,
    project,
    stack,
}: {
    tags: Record<string, string>;
    project: string;
    stack: string;
}): Record<string, string> {
    return { ...tags, [ownTag]: `${project}/${stack}` };
}
