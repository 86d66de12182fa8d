/** The parts of the names that a stack gives. */
interface Named {
    project: string;
    stack: string;
    component?: string;
}

/**
 * The stack by its name, as marks in AWS and Jenkins have it: `PROJECT/STACK`. One component of several in a stack has its own
 * marks: `PROJECT/STACK:COMPONENT`; none of the three has a colon in its name.
 */
export function owner({ project, stack, component }: Named): string {
    return component === undefined ? `${project}/${stack}` : `${project}/${stack}:${component}`;
}

/** Whether an {@link owner} is a component of a program that gives it its settings. */
export const isOfComponent = (name: string) => name.includes(":");

/** The name of a resource in Pulumi's state, where two components would have the same. */
export function resourceName({ component }: Named, name: string): string {
    return component === undefined ? name : `${component}-${name}`;
}

/** A setting as messages name it: with its configuration's namespace, or as an argument of the component. */
export function settingName({ project, component }: Named, path: string): string {
    return `${component ?? project}:${path}`;
}

/** The tag of agents with their owner, `PROJECT/STACK/CONTROLLER`: a controller leaves the agents of others alone. */
export const agentTag = "jenkins-controller";

/** The tag of everything in AWS that this stack makes: it shows which stack a resource belongs to when its name is taken. */
export const ownTag = "jenkins-stack";

/** The settings' tags, and the stack's own. */
export function withOwnTag(settings: Named & { tags: Record<string, string> }): Record<string, string> {
    return { ...settings.tags, [ownTag]: owner(settings) };
}

/**
 * A preview's request has it in place of a name or an id that AWS has yet to give, alone or in a list. It is an ordinary word, because
 * the plugin trims and splits its texts.
 */
export const UNKNOWN = "known-after-apply-7b1f0c93";
