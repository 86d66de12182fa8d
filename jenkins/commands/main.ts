// npm run jenkins -- plan|smoke|advise|export: what one wants to know of the controllers beside a deployment.
// Each command is loaded when it is asked for: Pulumi's SDK reads a stack's configuration when the first of its packages is loaded, and
// advise has to hand it over before that.

const usage = `npm run -s jenkins -- plan [--json] [-- PULUMI ARGUMENTS]
npm run -s jenkins -- smoke --label LABEL | --template DESCRIPTION [--controller ID] [--cloud NAME] [--seconds N] [-- PULUMI ARGUMENTS]
npm run -s jenkins -- advise [--json] [-- PULUMI ARGUMENTS]
npm run -s jenkins -- export [--controller ID] [--output FILE] [--casc FILE] [--keep-credentials]
PULUMI ARGUMENTS: for example --stack prod. The stack that is selected is the default.`;

async function main([command, ...rest]: string[]): Promise<number> {
    const divider = rest.includes("--") ? rest.indexOf("--") : rest.length;
    const args = rest.slice(0, divider);
    const stackArguments = rest.slice(divider + 1);
    switch (command) {
        case "plan":
            return (await import("./plan")).planCommand(args, stackArguments);
        case "smoke":
            return (await import("./smoke")).smokeCommand(args, stackArguments);
        case "advise":
            return (await import("./advise")).adviseCommand(args, stackArguments);
        case "export":
            return (await import("./export")).exportCommand(args, process.env);
        default:
            throw new Error(`Unknown command '${command ?? ""}'.\n${usage}`);
    }
}

const isWrongOption = (error: unknown) =>
    String((error as NodeJS.ErrnoException | undefined)?.code).startsWith("ERR_PARSE_ARGS");

main(process.argv.slice(2)).then(
    (code) => {
        process.exitCode = code;
    },
    (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        if (isWrongOption(error)) process.stderr.write(`${usage}\n`);
        process.exitCode = 1;
    },
);
