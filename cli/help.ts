import { table } from "../jenkins/table";
import { groupBy } from "../settings/collections";
import { commands, type CommandName, type Declaration } from "./declarations";

/** What `--help` prints, and what an unknown command is answered with. */
export function overview(caller: string): string {
    const names = Object.keys(commands) as CommandName[];
    const groups = groupBy(names, (name) => commands[name].when);
    return lines([
        `Usage: ${caller} COMMAND [OPTIONS] [--stack NAME]`,
        "",
        ...[...groups].flatMap(([when, those]) => [`${when}:`, ...those.map((name) => `  ${usage(name)}`), ""]),
        `${caller} COMMAND --help says what it does, its options and exit codes.`,
    ]);
}

/** What `COMMAND --help` prints. */
export function help(caller: string, name: CommandName): string {
    const { does, options, exits, asksPulumi }: Declaration = commands[name];
    const rows: [string, string][] = [
        ...Object.entries(options).map(([option, { value, does }]): [string, string] => [
            value === undefined ? `--${option}` : `--${option} ${value}`,
            does,
        ]),
        ["-h, --help", "this text"],
        ...(asksPulumi ? pulumiArguments : []),
    ];
    return lines([
        `Usage: ${caller} ${usage(name)}`,
        "",
        does,
        "",
        "Options:",
        ...table(rows, "  "),
        "",
        "Exit codes:",
        ...table(Object.entries(exits), "  "),
    ]);
}

/** How this was called: by `npm run` in a clone, or as the npm package's command. */
export function callerOf({ npm_lifecycle_event: script }: NodeJS.ProcessEnv): string {
    return script === "jenkins" ? "npm run -s jenkins --" : "npx jenkins-ec2-agents";
}

const pulumiArguments: [string, string][] = [
    ["--stack NAME", "the stack; without it the one that is selected (pulumi stack select)"],
    ["--config-file FILE", "its configuration, in place of Pulumi.NAME.yaml"],
    ["-- ARGUMENTS", "further arguments for pulumi"],
];

function usage(name: CommandName): string {
    const { options, asksPulumi }: Declaration = commands[name];
    const taken = Object.entries(options).map(([option, { value }]) =>
        value === undefined ? `[--${option}]` : `[--${option} ${value}]`,
    );
    return [name, ...taken, ...(asksPulumi ? ["[--stack NAME]"] : [])].join(" ");
}

const lines = (all: string[]) => `${all.join("\n")}\n`;
