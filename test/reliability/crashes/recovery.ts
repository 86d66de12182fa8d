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
 * lines, `pulumi refresh --clear-pending-creates` for what is pending, `aws iam delete-access-key` for a key that may be there.
 *
 * @param printed what the operation printed that was broken off
 */
export async function recover(world: CrashWorld, command: "up" | "destroy", printed: string): Promise<Recovery> {
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
    if (mayHaveStrayKey.test(printed + recovery.output) && (await deleteUnknownKeys(world))) {
        recovery.steps.push("aws iam delete-access-key");
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

/** What says that there may be a key that the state does not know. */
const mayHaveStrayKey = /may have an access key now|AccessKey::\S+, interrupted while creating/;

const importLines = (output: string) => [
    ...new Set([...output.matchAll(/^ *pulumi (import \S+ .*)$/gm)].map(([, line]) => line!)),
];

function importLine({ stack }: CrashWorld, line: string) {
    const words = line.split(" ").map((word) => word.replaceAll("'", ""));
    const { stack: name, configFile } = stack.options;
    return stack.run([...words, "--stack", name, "--config-file", configFile, "--skip-preview"], { accept: "any" });
}

/** Those that AWS has and the state has not; whether there were any. */
async function deleteUnknownKeys({ stack, iam, world }: CrashWorld): Promise<boolean> {
    const { resources = [] } = await readState(stack);
    const UserName = `jenkins-aws-${world.controllers[0]!.id}`;
    const { AccessKeyMetadata = [] } = await iam
        .send(new ListAccessKeysCommand({ UserName }))
        .catch(() => ({ AccessKeyMetadata: [] })); // the user is gone
    const unknown = AccessKeyMetadata.filter(({ AccessKeyId }) => !resources.some(({ id }) => id === AccessKeyId));
    for (const { AccessKeyId } of unknown) {
        await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    }
    return unknown.length > 0;
}
