import { DeleteAccessKeyCommand, ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { readState, type Deployment } from "./inventory";
import type { CrashWorld } from "./world";

/** What was done, in order, until the command went through. */
export interface Recovery {
    steps: string[];
    /** False where no documented command led on. */
    done: boolean;
    /** All that was printed. */
    output: string;
    /** The state afterwards. */
    state: Deployment;
}

const mostAttempts = 15;

/**
 * Runs the command again and follows what it says and docs/reliability.md documents: `pulumi cancel` for a lock, the `pulumi import`
 * lines, `pulumi refresh --clear-pending-creates` for what is pending, `aws iam delete-access-key` for a key that is in the way.
 */
export async function recover(world: CrashWorld, command: "up" | "destroy"): Promise<Recovery> {
    const { stack } = world;
    const recovery: Recovery = { steps: [], done: false, output: "", state: {} };
    const imported = new Set<string>();
    const said = new Map<string, number>();
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
        const { code, stdout, stderr } = await stack[command]({ accept: "any" });
        const output = stdout + stderr;
        recovery.steps.push(command);
        recovery.output += `\n--- ${command}: ${code}\n${output}`;
        if (code === 0) {
            recovery.done = true;
            break;
        }
        const imports = importLines(output).filter((line) => !imported.has(line));
        if (output.includes("currently locked")) {
            await stack.run(["cancel", "--yes", "--stack", stack.options.stack]);
            recovery.steps.push("pulumi cancel");
        } else if (imports.length > 0) {
            for (const line of imports) {
                imported.add(line);
                const run = await importLine(world, line);
                recovery.steps.push("pulumi import");
                recovery.output += `\n--- ${line}: ${run.code}\n${run.stdout}${run.stderr}`;
            }
        } else if (output.includes("must delete access keys first")) {
            await deleteUnknownKeys(world);
            recovery.steps.push("aws iam delete-access-key");
        } else {
            // Once more, as anyone would; the same again leads nowhere.
            const line = output.split("\n").find((text) => text.includes("error:")) ?? "";
            said.set(line, (said.get(line) ?? 0) + 1);
            if (said.get(line)! > 2) return recovery;
        }
    }
    recovery.state = await readState(stack);
    if (recovery.state.pending_operations?.length) {
        const { code, stdout, stderr } = await stack.run(
            ["refresh", "--clear-pending-creates", "--yes", "--skip-preview", "--non-interactive"].concat([
                "--stack",
                stack.options.stack,
                "--config-file",
                stack.options.configFile,
            ]),
            { accept: "any" },
        );
        recovery.steps.push("pulumi refresh --clear-pending-creates");
        recovery.output += `\n--- refresh: ${code}\n${stdout}${stderr}`;
        recovery.done &&= code === 0;
        recovery.state = await readState(stack);
    }
    return recovery;
}

const importLines = (output: string) => [
    ...new Set([...output.matchAll(/^ *pulumi (import \S+ .*)$/gm)].map(([, line]) => line!)),
];

function importLine({ stack }: CrashWorld, line: string) {
    const words = line.split(" ").map((word) => word.replaceAll("'", ""));
    const { stack: name, configFile } = stack.options;
    return stack.run([...words, "--stack", name, "--config-file", configFile, "--skip-preview"], { accept: "any" });
}

/** The keys that AWS has and the state has not. */
async function deleteUnknownKeys({ stack, iam, world }: CrashWorld): Promise<void> {
    const { resources = [] } = await readState(stack);
    const UserName = `jenkins-aws-${world.controllers[0]!.id}`;
    const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
    for (const { AccessKeyId } of AccessKeyMetadata) {
        if (!resources.some(({ id }) => id === AccessKeyId)) {
            await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
        }
    }
}
