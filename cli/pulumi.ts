import { spawn } from "node:child_process";
import { readState } from "../settings/read/stateReads";
import type { PushRequest } from "../jenkins/push/request";
import { readRequest } from "../jenkins/push/requestText";

/** Runs `pulumi` as the shell's environment sets it up. Its standard error goes through, and is returned as well. */
export function pulumi(
    args: string[],
    environment: Record<string, string> = {},
    { isQuiet = false } = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
    return new Promise((resolve, reject) => {
        const child = spawn("pulumi", args, {
            env: { ...process.env, ...environment },
            stdio: ["ignore", "pipe", "pipe"],
        });
        let [stdout, stderr] = ["", ""];
        child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
        child.stderr.setEncoding("utf8").on("data", (text: string) => {
            stderr += text;
            if (!isQuiet) process.stderr.write(text);
        });
        child.once("error", (error) => reject(new Error(`pulumi cannot be run: ${error.message}. Is it on the PATH?`)));
        child.once("close", (code) => resolve({ code: code ?? 1, stdout, stderr }));
    });
}

/** The arguments as `pulumi stack export` takes them: it knows no configuration, and ends at a flag that it does not know. */
export function withoutConfigFile(stackArguments: string[]): string[] {
    return stackArguments.filter(
        (argument, index) =>
            argument !== "--config-file" &&
            !argument.startsWith("--config-file=") &&
            stackArguments[index - 1] !== "--config-file",
    );
}

interface StateResource {
    type: string;
    inputs?: { stdin?: string | { plaintext?: string } };
    modified?: string;
}

/** A push that a stack has deployed. It holds every secret of the push: it stays in this process's memory. */
export interface DeployedPush {
    request: PushRequest;
    /** When it last ran with success, as ISO 8601 in UTC; absent where the engine does not show it. */
    pushed?: string;
}

/** The pushes that a stack has deployed, as its state records them. */
export async function deployedPushes(stackArguments: string[]): Promise<DeployedPush[]> {
    const stdout = await readState(async () => {
        const args = ["stack", "export", "--show-secrets", ...withoutConfigFile(stackArguments)];
        const exported = await pulumi(args, {}, { isQuiet: true });
        if (exported.code === 0) return exported.stdout;
        throw new Error(`The stack's state could not be read.\n${exported.stderr.trimEnd()}`);
    });
    const { deployment } = JSON.parse(stdout) as { deployment: { resources?: StateResource[] } };
    return (deployment.resources ?? [])
        .filter(({ type }) => type === "command:local:Command")
        .flatMap(({ inputs, modified }) => {
            const found = request(inputs?.stdin);
            return found === undefined ? [] : { request: found, pushed: modified };
        });
}

/** Shown secrets are wrapped: an object whose `plaintext` is the value as JSON. */
function request(stdin: string | { plaintext?: string } | undefined): PushRequest | undefined {
    const text = typeof stdin === "object" ? stdin.plaintext && (JSON.parse(stdin.plaintext) as string) : stdin;
    return text ? readRequest(text) : undefined;
}
