// The commands: what one wants to know of the settings and the controllers beside a deployment.
import { commands, type CommandName } from "./declarations";
import { callerOf, help, overview } from "./help";

type Command = (args: string[], stackArguments: string[]) => Promise<number>;

/**
 * Each is loaded when it is called: a check in an editor does not wait for what a push needs. And Pulumi's SDK reads a stack's
 * configuration when the first of its packages is loaded, and advise has to hand it over before that.
 */
const run: Record<CommandName, Command> = {
    validate: async (args) => (await import("./validate")).validateCommand(args),
    plan: async (...given) => (await import("./plan")).planCommand(...given),
    check: async (...given) => (await import("./check")).checkCommand(...given),
    smoke: async (...given) => (await import("./smoke")).smokeCommand(...given),
    status: async (...given) => (await import("./status")).statusCommand(...given),
    orphans: async (...given) => (await import("./orphans")).orphansCommand(...given),
    advise: async (...given) => (await import("./advise")).adviseCommand(...given),
    export: async (args) => (await import("./export")).exportCommand(args, process.env),
};

const caller = callerOf(process.env);
const [name, ...rest] = process.argv.slice(2);

async function main(): Promise<number> {
    const divider = rest.includes("--") ? rest.indexOf("--") : rest.length;
    const args = rest.slice(0, divider);
    if (isHelp(name)) return say(overview(caller));
    if (!isCommand(name)) throw new Error(`Unknown command '${name ?? ""}'.\n${overview(caller)}`);
    return args.some(isHelp) ? say(help(caller, name)) : run[name](args, rest.slice(divider + 1));
}

const isHelp = (argument: string | undefined) => argument === "--help" || argument === "-h";

const isCommand = (text: string | undefined): text is CommandName =>
    text !== undefined && Object.hasOwn(commands, text);

function say(text: string): number {
    process.stdout.write(text);
    return 0;
}

const isWrongOption = (error: unknown) =>
    String((error as NodeJS.ErrnoException | undefined)?.code).startsWith("ERR_PARSE_ARGS");

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
