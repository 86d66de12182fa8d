import { spawn } from "node:child_process";
import { join } from "node:path";

export interface Answer {
    code: number | null;
    stdout: string;
    stderr: string;
}

/**
 * Runs a command as a person does: what `npm run -s jenkins --` and `npx jenkins-ec2-agents` start, in a folder.
 *
 * @param isRead whether somebody reads standard output (yes); `head` stops to do so
 */
export function command(
    args: string[],
    folder: string,
    environment: Record<string, string> = {},
    isRead = true,
): Promise<Answer> {
    const child = spawn("node", [join(__dirname, "../../../start.cjs"), ...args], {
        cwd: folder,
        env: { ...process.env, ...environment },
        stdio: ["ignore", "pipe", "pipe"],
    });
    const answer: Answer = { code: null, stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (answer.stdout += text));
    if (!isRead) child.stdout.destroy();
    child.stderr.setEncoding("utf8").on("data", (text: string) => (answer.stderr += text));
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) => resolve({ ...answer, code }));
    });
}
