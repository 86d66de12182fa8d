// The commands beside a deployment: each answers one question about the settings, the controllers or AWS.
import { commands, type CommandName } from "./declarations";
import { callerOf, help, overview } from "./help";
import { enterFolder, separated } from "./stackArguments";

type Command = (args: string[], stackArguments: string[]) => Promise<number>;

/**
 * A command's file is loaded when the command is called: a check in an editor does not wait for what a push needs. And Pulumi's SDK
 * reads a stack's configuration when its first package is loaded; a command has to set that configuration before.
 */
const run: Record<CommandName, Command> = {
    validate: async (args) => (await import("./validate")).validateCommand(args),
    plan: async (...given) => (await import("./plan")).planCommand(...given),
    check: async (...given) => (await import("./check")).checkCommand(...given),
    smoke: async (...given) => (await import("./smoke")).smokeCommand(...given),
    status: async (...given) => (await import("./status")).statusCommand(...given),
    orphans: async (...given) => (await import("./orphans")).orphansCommand(...given),
    advise: async (...given) => (await import("./advise")).adviseCommand(...given),
    inventory: async (...given) => (await import("./inventory")).inventoryCommand(...given, process.env),
    switch: async (...given) => (await import("./switch")).switchCommand(...given),
    export: async (args) => (await import("./export")).exportCommand(args, process.env),
};

const caller = callerOf(process.env);
const [name, ...rest] = process.argv.slice(2);

async function main(): Promise<number> {
    if (isHelp(name)) return print(overview(caller));
    if (!isCommand(name)) throw new Error(`Unknown command '${name ?? ""}'.\n${overview(caller)}`);
    const { own, stackArguments } = separated(rest, commands[name]);
    return own.some(isHelp) ? print(help(caller, name)) : run[name](own, enterFolder(stackArguments));
}

const isHelp = (argument: string | undefined) => argument === "--help" || argument === "-h";

const isCommand = (text: string | undefined): text is CommandName =>
    text !== undefined && Object.hasOwn(commands, text);

function print(text: string): number {
    process.stdout.write(text);
    return 0;
}

const isWrongOption = (error: unknown) =>
    String((error as NodeJS.ErrnoException | undefined)?.code).startsWith("ERR_PARSE_ARGS");

// A reader that ends early, as head does, must not end a command in the middle of its changes.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
});

main().then(
    (code) => {
        process.exitCode = code;
    },
    (error: unknown) => {
        process.stderr.write(`${(error instanceof Error ? error.message : String(error)).trimEnd()}\n`);
        if (isWrongOption(error)) process.stderr.write(`\n${help(caller, name as CommandName)}`);
        process.exitCode = 1;
    },
);
