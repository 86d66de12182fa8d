/** What names follow from. */
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

/** The name of a resource in Pulumi's state, where two components would have the same. */
export function resourceName({ component }: Named, name: string): string {
    return component === undefined ? name : `${component}-${name}`;
}

/** A setting as messages name it: with its configuration's namespace, or as an argument of the component. */
export function settingName({ project, component }: Named, path: string): string {
    return `${component ?? project}:${path}`;
}

/** The tag of agents that says whose they are, `PROJECT/STACK/CONTROLLER`, so that controllers leave one another's alone. */
export const agentTag = "jenkins-controller";
