interface State {
    deployment: { resources: { urn: string; type: string }[] };
}

const component = "jenkins-ec2-agents:index:JenkinsAgents";

/** A state as version 0.1 would have written it, when there was no component and all its children were the stack's own. */
export function beforeTheComponent(exported: string): string {
    const { urn } = resourcesOf(exported).find(({ type }) => type === component)!;
    const stack = resourcesOf(exported).find(({ type }) => type === "pulumi:pulumi:Stack")!;
    const state = JSON.parse(exported.replaceAll(urn, stack.urn).replaceAll(`${component}$`, "")) as State;
    state.deployment.resources = state.deployment.resources.filter(({ type }) => type !== component);
    return JSON.stringify(state);
}

export function resourcesOf(exported: string): State["deployment"]["resources"] {
    return (JSON.parse(exported) as State).deployment.resources;
}
