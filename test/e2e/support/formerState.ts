import stored from "../stacks/state-of-0.1.json";

interface Resource {
    urn: string;
    type: string;
    inputs?: Record<string, unknown>;
}

interface State {
    deployment: { resources: Resource[] };
}

const component = "jenkins-ec2-agents:index:JenkinsAgents";

/**
 * The state of the playground's stack as version 0.1 wrote it, when there was no component and all its children were the
 * stack's own. What it wrote is stored: an `up` of commit 53553d2 on the playground, each resource with its names, what it is in and
 * depends on, and which inputs it had. What belongs to that run alone, ids and values, is of the same resource in the state of today.
 */
export function stateOfVersion01(exported: string): string {
    const state = JSON.parse(exported) as State;
    const name = ({ urn }: { urn: string }) => urn.split("::").slice(2).join("::").replace(`${component}$`, "");
    const today = new Map(state.deployment.resources.map((resource) => [name(resource), resource]));
    state.deployment.resources = stored.map(({ inputs, ...then }) => {
        const now = today.get(name(then));
        if (now === undefined) throw new Error(`${then.urn}: 0.1 made it, and the program of today does not`);
        const had = Object.entries(now.inputs ?? {}).filter(([input]) => (inputs as string[]).includes(input));
        const names = {
            aliases: undefined,
            parent: undefined,
            dependencies: undefined,
            propertyDependencies: undefined,
        };
        return { ...now, ...names, ...then, ...(now.inputs && { inputs: Object.fromEntries(had) }) };
    });
    return JSON.stringify(state);
}

export function resourcesOf(exported: string): Resource[] {
    return (JSON.parse(exported) as State).deployment.resources;
}
