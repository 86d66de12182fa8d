import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { projectFolder } from "../../../playground/world";
import type { Answer, PulumiStack } from "../../../playground/stack";

/**
 * Runs `npm run -s jenkins -- …` the way a person does who has the stack's engine on the PATH.
 *
 * @param environment goes over that of the stack
 */
export function jenkins(
    args: string[],
    stack?: PulumiStack,
    environment: Record<string, string> = {},
): Promise<Answer> {
    const path = stack ? [dirname(stack.options.engine.command), process.env.PATH].join(delimiter) : process.env.PATH;
    const child = spawn("npm", ["run", "-s", "jenkins", "--", ...args], {
        cwd: projectFolder,
        env: { ...process.env, ...stack?.environment, PATH: path, ...environment },
        stdio: ["ignore", "pipe", "pipe"],
    });
    const answer: Answer = { code: 0, stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (answer.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (answer.stderr += text));
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) => resolve({ ...answer, code: code ?? 1 }));
    });
}
