import stored from "../stacks/state-of-0.1.json";

interface Resource {
    urn: string;
    type: string;
    aliases?: string[];
    inputs?: Record<string, unknown>;
}

interface State {
    deployment: { resources: Resource[] };
}

const component = "jenkins-ec2-agents:index:JenkinsAgents";

/** Names of resources as version 0.2 had them, by the names of today. */
const formerNames = {
    "agents-out-all-ipv6": "agents-out---/0",
    "eu-central-1-al2023-ami-kernel-default-x86_64-f0f57a":
        "eu-central-1-ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
};

/** The state of the playground's stack with the names that version 0.2 gave its resources. */
export function stateOfVersion02(exported: string): string {
    const state = JSON.parse(exported) as State;
    for (const resource of state.deployment.resources) delete resource.aliases;
    return Object.entries(formerNames).reduce((text, [today, former]) => {
        if (!text.includes(`::${today}"`)) throw new Error(`${today}: the program of today makes no such resource`);
        return text.replaceAll(`::${today}"`, `::${former}"`);
    }, JSON.stringify(state));
}

/**
 * The state of the playground's stack as version 0.1 wrote it, when there was no component and all its children were the
 * stack's own. What it wrote is stored: an `up` of commit 53553d2 on the playground, each resource with its names, what it is in and
 * depends on, and which inputs it had. What belongs to that run alone, ids and values, is of the same resource in the state of today.
 */
export function stateOfVersion01(exported: string): string {
    const state = JSON.parse(stateOfVersion02(exported)) as State;
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
