/** What a command takes and ends with: its options are read, and its help is made, from this. */
export interface Declaration {
    /** What it is for, in full sentences. */
    does: string;
    /** As `parseArgs` of node:util takes them. */
    options: Record<string, Option>;
    exits: Record<number, string>;
    /** Whether it runs `pulumi`, which then takes `--stack` and what is behind `--`. */
    asksPulumi: boolean;
    /** When one needs it: its group in the help. */
    when: "Before a change" | "When something is wrong" | "How it is going" | "Now and then" | "From static agents";
}

interface Option {
    type: "boolean" | "string";
    default?: string | boolean;
    /** Whether it may be given several times. */
    multiple?: boolean;
    /** What stands for the value of a text. */
    value?: string;
    does: string;
}

const json = { type: "boolean", does: "the same as data (JSON)" } as const satisfies Option;

/** Every command, in the order of the help. */
export const commands = {
    validate: {
        when: "Before a change",
        does: "Checks the settings as a deployment does first, without engine, network or secrets. Does not look into encrypted values.",
        options: {
            json,
            stack: { type: "string", value: "NAME", does: "the stack; needed where there are several" },
            "config-file": { type: "string", value: "FILE", does: "its configuration, in place of Pulumi.NAME.yaml" },
        },
        exits: { 0: "nothing is wrong; there may be warnings", 1: "cannot be read", 2: "something is wrong" },
        asksPulumi: false,
    },
    plan: {
        when: "Before a change",
        does: "Shows what up would change in Jenkins, on every controller of the stack.",
        options: { json },
        exits: { 0: "nothing differs", 1: "an error, or a controller could not be asked", 2: "something differs" },
        asksPulumi: true,
    },
    check: {
        when: "When something is wrong",
        does: "Tests step by step what agents need, and explains the first failure: engine, settings, AWS, and for each controller its address, login, permissions, plugin, clouds, Test Connection and the way to the agents. Changes nothing.",
        options: {
            json,
            controller: { type: "string", value: "ID", does: "only this one" },
        },
        exits: { 0: "every step passed", 1: "an error", 2: "a step failed" },
        asksPulumi: true,
    },
    smoke: {
        when: "When something is wrong",
        does: "Asks each chosen cloud for one agent, waits until it is online, and removes it. Needs --label or --template.",
        options: {
            label: { type: "string", value: "LABEL", does: "of the agent" },
            template: { type: "string", value: "DESCRIPTION", does: "of the agent, by its description" },
            controller: { type: "string", value: "ID", does: "of all that have it, only this one" },
            cloud: { type: "string", value: "NAME", does: "of all that have it, only this one" },
            seconds: { type: "string", value: "N", does: "how long an agent may take (600)" },
        },
        exits: { 0: "each gave an agent", 1: "one did not, or an error" },
        asksPulumi: true,
    },
    status: {
        when: "How it is going",
        does: "Shows the stack's fleet: controllers, plugins and their known faults, clouds, agents with age and cost, waiting builds, edits made in Jenkins, instances that no controller knows. Changes nothing.",
        options: {
            json,
            html: { type: "string", value: "FILE", does: "writes it as one page, with plots, as well" },
        },
        exits: { 0: "all could be asked", 1: "an error; nothing is shown", 2: "shown, with errors" },
        asksPulumi: true,
    },
    orphans: {
        when: "How it is going",
        does: "Lists instances with the stack's tag that no controller knows, with age and cost, and the reason for each that it leaves alone.",
        options: {
            json,
            end: { type: "boolean", does: "ends those that may be ended, after it has asked" },
            yes: { type: "boolean", does: "does not ask; needed where there is no terminal" },
        },
        exits: {
            0: "there is none, or all were ended",
            1: "an error, or not all could be asked",
            2: "there are some",
        },
        asksPulumi: true,
    },
    advise: {
        when: "Now and then",
        does: "Shows the known faults of each release of the ec2 plugin for the stack's settings, and the release that suits best. Asks no controller.",
        options: { json, all: { type: "boolean", does: "lists every release as well" } },
        exits: { 0: "the releases in use suit", 1: "an error", 2: "another release suits better" },
        asksPulumi: true,
    },
    export: {
        when: "Now and then",
        does: "Writes the existing EC2 clouds of the controller in JENKINS_URL, JENKINS_USER and JENKINS_TOKEN as a fleet file, with its scripts beside it.",
        options: {
            controller: {
                type: "string",
                default: "controller",
                value: "ID",
                does: "what it is called here (controller)",
            },
            output: { type: "string", value: "FILE", does: "the fleet file (fleets/ID.yaml); none is overwritten" },
            casc: {
                type: "string",
                multiple: true,
                value: "FILE",
                does: "take them from this Configuration as Code file or folder; once for each, in Jenkins' order",
            },
            set: {
                type: "string",
                multiple: true,
                value: "NAME=VALUE",
                does: "value of a variable of the Configuration as Code files; once for each, none of them secret",
            },
            "keep-credentials": {
                type: "boolean",
                default: false,
                does: "the clouds go on naming the credentials that they name",
            },
        },
        exits: { 0: "written", 1: "an error; nothing is written" },
        asksPulumi: false,
    },
    inventory: {
        when: "From static agents",
        does: "The permanent agents of controllers, how busy they were, and the templates that would take their place, as a table and as a fleet file. Changes nothing in Jenkins.",
        options: {
            controllers: {
                type: "string",
                value: "FILE",
                does: "its map controllers is asked; tokens are in JENKINS_TOKEN_ID or JENKINS_TOKEN",
            },
            days: { type: "string", default: "14", value: "N", does: "how far back, 1 to 56 (14)" },
            write: { type: "string", value: "FILE", does: "the fleet file; none is overwritten" },
            json,
            html: { type: "string", value: "FILE", does: "writes it as one page, with a plot for each label, as well" },
        },
        exits: { 0: "all could be asked", 1: "an error", 2: "shown; a controller could not be asked" },
        asksPulumi: true,
    },
    switch: {
        when: "From static agents",
        does: "Takes the permanent agents with a label temporarily offline, so that queued builds go to EC2. Builds that run there go on. Refuses unless for each agent a template of the stack has all its labels, and a smoke test of each of those templates passes. Leaves agents alone that a person took offline.",
        options: {
            label: { type: "string", value: "LABEL", does: "of the agents" },
            controller: { type: "string", value: "ID", does: "only this one" },
            back: { type: "boolean", does: "brings back online those that it took offline for this label" },
            "dry-run": { type: "boolean", does: "shows what would change; starts no agent" },
        },
        exits: { 0: "done, or nothing to do", 1: "refused, or an error", 2: "with --dry-run: something would change" },
        asksPulumi: true,
    },
} as const satisfies Record<string, Declaration>;

export type CommandName = keyof typeof commands;
