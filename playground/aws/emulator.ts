import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { cachedBuild } from "../cached-build";
import { commandLine, freePort, startInBackground, stopProcess } from "../processes";
import type { Report } from "../progress";

const run = promisify(execFile);
const requirements = join(__dirname, "requirements.txt");
const server = join(__dirname, "serve.py");

/** A running AWS emulator (moto's server): a stand-in for the real AWS, with IAM enforced. */
export interface Emulator {
    endpoint: string;
    pid: number;
    /** The key of an administrator made before enforcement; the program runs with it. */
    administrator: { accessKeyId: string; secretAccessKey: string };
}

/** The folder of a Python environment with the emulator in it, made once and kept in the cache. */
export async function obtainEmulator(report: Report): Promise<string> {
    return cachedBuild({
        name: "moto",
        key: createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 16),
        report,
        build: async (folder) => {
            report("a Python environment with moto's server, from PyPI");
            await run("python3", ["-m", "venv", folder]);
            await run(join(folder, "bin", "python"), [
                "-m",
                "pip",
                "install",
                "--quiet",
                "--requirement",
                requirements,
            ]);
        },
        verify: async (folder) => {
            await run(join(folder, "bin", "python"), ["-c", "import moto.server"]);
        },
    });
}

/** Starts the emulator on a free port, makes an administrator, then turns IAM enforcement on. */
export async function startEmulator(environment: string, logFile: string): Promise<Emulator> {
    const { endpoint, pid } = await listening(environment, logFile);
    const administrator = await makeAdministrator(endpoint);
    await enforceIam(endpoint);
    return { endpoint, pid, administrator };
}

/** What is in its command line and in no other's. */
const mark = ({ endpoint }: Emulator) => `${server} ${new URL(endpoint).port}`;

export const stopEmulator = (emulator: Emulator) => stopProcess(emulator.pid, mark(emulator));

export const emulatorRuns = async (emulator: Emulator) =>
    (await commandLine(emulator.pid))?.includes(mark(emulator)) ?? false;

const triesForPort = 5;

/** Another process may take the port between its choice and the start: then the emulator ends, and another port is tried. */
async function listening(environment: string, logFile: string): Promise<{ endpoint: string; pid: number }> {
    for (let tried = 0; tried < triesForPort; tried++) {
        const port = await freePort();
        const endpoint = `http://127.0.0.1:${port}`;
        const pid = startInBackground({
            command: join(environment, "bin", "python"),
            args: [server, String(port)],
            logFile,
        });
        if (await answers(endpoint, pid, logFile)) return { endpoint, pid };
        if (!readFileSync(logFile, "utf8").includes("Address already in use")) break;
    }
    throw new Error(`The AWS emulator did not start; see ${logFile}`);
}

/** Its own log says that it listens: what answers at the port may be another's. */
async function answers(endpoint: string, pid: number, logFile: string): Promise<boolean> {
    for (let attempt = 0; attempt < 600; attempt++) {
        if (readFileSync(logFile, "utf8").includes(`Running on ${endpoint}`)) return true;
        if ((await commandLine(pid)) === undefined) return false;
        await sleep(100);
    }
    return false;
}

async function makeAdministrator(endpoint: string): Promise<Emulator["administrator"]> {
    const iam = new IAMClient({
        endpoint,
        region: "us-east-1",
        credentials: { accessKeyId: "before-enforcement", secretAccessKey: "before-enforcement" },
    });
    const UserName = "playground-administrator";
    await iam.send(new CreateUserCommand({ UserName }));
    await iam.send(
        new PutUserPolicyCommand({
            UserName,
            PolicyName: "everything",
            PolicyDocument: JSON.stringify({
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
            }),
        }),
    );
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    if (!AccessKey?.AccessKeyId || !AccessKey.SecretAccessKey) throw new Error("The AWS emulator made no access key");
    return { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
}

/** From here on a wrong secret gets AuthFailure and a missing permission AccessDenied (moto, "IAM-like Access Control"). */
async function enforceIam(endpoint: string): Promise<void> {
    const answer = await fetch(`${endpoint}/moto-api/reset-auth`, {
        method: "POST",
        headers: { "content-type": "application/octet-stream" },
        body: "0",
    });
    if (!answer.ok) throw new Error(`The AWS emulator refused to enforce IAM: ${answer.status}`);
}
