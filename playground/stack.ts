import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import type { Engine } from "./engine/engine";

export interface StackOptions {
    engine: Pick<Engine, "command" | "environment">;
    /** The folder of the Pulumi project. */
    project: string;
    stack: string;
    /** The stack's configuration file: a copy in the playground's folder, since the committed one must stay as it is. */
    configFile: string;
    /** The playground's own folder: holds the state. */
    directory: string;
    /** Encrypts the secrets in the state. */
    passphrase: string;
    /** AWS endpoint, region and key. */
    environment: Record<string, string>;
}

export interface Answer {
    code: number;
    stdout: string;
    stderr: string;
}

export interface RunOptions {
    /** Given on standard input: the way for secrets, which must not be in a command line. */
    input?: string;
    /** Gets the output as it comes. */
    echo?: (text: string) => void;
    /** Gets the engine's process number. */
    started?: (pid: number) => void;
    /** The exit codes that are no error. Default: 0 only. `any` leaves the verdict to the caller. */
    accept?: number[] | "any";
}

/** One Pulumi stack with its state on disk, driven through the real command line. */
export class PulumiStack {
    constructor(public readonly options: StackOptions) {}

    /** The environment of every `pulumi` call: the playground's own home, back end and key, never the user's. */
    public get environment(): Record<string, string> {
        return {
            ...this.options.engine.environment,
            PULUMI_BACKEND_URL: `file://${join(this.options.directory, "state")}`,
            PULUMI_CONFIG_PASSPHRASE: this.options.passphrase,
            ...this.options.environment,
        };
    }

    /**
     * For `eval` in a shell: `pulumi` and every client of AWS there work on the playground. The person's own variables that would lead
     * elsewhere, such as AWS_ENDPOINT_URL_EC2, are unset. An empty one counts as none for Pulumi, but not for the AWS command line.
     */
    public shell(inherited: NodeJS.ProcessEnv = process.env): string[] {
        const { command, environment } = this.options.engine;
        const path = [dirname(command), environment.PATH ?? inherited.PATH].join(delimiter);
        const own = Object.keys(inherited).filter((name) => /^(AWS|PULUMI)_/.test(name));
        const wanted = { ...Object.fromEntries(own.map((name) => [name, ""])), ...this.environment, PATH: path };
        return Object.entries(wanted).map(([name, value]) =>
            value === "" ? `unset ${name}` : `export ${name}='${value.replaceAll("'", "'\\''")}'`,
        );
    }

    public async run(args: string[], { input = "", echo, started, accept = [0] }: RunOptions = {}): Promise<Answer> {
        const child = spawn(this.options.engine.command, args, {
            cwd: this.options.project,
            env: { ...process.env, ...this.environment },
            stdio: "pipe",
        });
        if (child.pid !== undefined) started?.(child.pid);
        const answer: Answer = { code: 0, stdout: "", stderr: "" };
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
            answer.stdout += text;
            echo?.(text);
        });
        child.stderr.setEncoding("utf8").on("data", (text: string) => {
            answer.stderr += text;
            echo?.(text);
        });
        child.stdin.on("error", () => undefined); // a command that reads nothing may have closed it
        child.stdin.end(input);
        answer.code = await new Promise<number>((resolve, reject) => {
            child.once("error", reject);
            child.once("close", (code) => resolve(code ?? 1));
        });
        if (accept !== "any" && !accept.includes(answer.code)) {
            throw new Error(`pulumi ${args.join(" ")} ended with ${answer.code}\n${answer.stdout}${answer.stderr}`);
        }
        return answer;
    }

    /**
     * Makes the stack if it is not there. From a folder of its own with the project's name: making a stack writes into its
     * configuration file, and the project's own, which is committed, has to stay as it is.
     */
    public async initialize(): Promise<void> {
        mkdirSync(join(this.options.directory, "state"), { recursive: true });
        const project = readFileSync(join(this.options.project, "Pulumi.yaml"), "utf8");
        const name = (parse(project) as { name: string }).name;
        const folder = join(this.options.directory, `making-${name}`);
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, "Pulumi.yaml"), stringify({ name, runtime: "nodejs" }));
        await this.onStack(["stack", "select", "--create", "--cwd", folder]);
    }

    /** Sets one configuration value; with `path`, inside an object. Secrets are encrypted. */
    public async configure(key: string, value: string, { secret = false } = {}): Promise<void> {
        const kind = secret ? "--secret" : "--plaintext";
        await this.onConfig(["config", "set", "--path", kind, key], { input: value });
    }

    /** @param options `preview` shows first what would be done, as `pulumi up` does for people */
    public up = ({ preview = false, ...options }: RunOptions & { flags?: string[]; preview?: boolean } = {}) =>
        this.deployment("up", ["--yes", ...(preview ? [] : ["--skip-preview"])], options);
    public preview = (options: RunOptions & { flags?: string[] } = {}) => this.deployment("preview", [], options);
    public destroy = (options: RunOptions & { flags?: string[] } = {}) =>
        this.deployment("destroy", ["--yes", "--skip-preview"], options);

    /** The stack's outputs. Secrets are shown as `[secret]` unless asked for. */
    public async outputs({ showSecrets = false } = {}): Promise<Record<string, unknown>> {
        const secrets = showSecrets ? ["--show-secrets"] : [];
        const { stdout } = await this.onStack(["stack", "output", "--json", ...secrets]);
        return JSON.parse(stdout) as Record<string, unknown>;
    }

    /** The state as it lies on disk, secrets encrypted. */
    public async exportState(): Promise<string> {
        return (await this.onStack(["stack", "export"])).stdout;
    }

    private deployment(command: string, flags: string[], options: RunOptions & { flags?: string[] }): Promise<Answer> {
        return this.onConfig(
            [
                command,
                ...flags,
                "--non-interactive",
                "--suppress-progress", // no `@ updating....` lines
                "--color",
                "never",
                ...(options.flags ?? []),
            ],
            options,
        );
    }

    private onConfig(args: string[], options: RunOptions = {}): Promise<Answer> {
        return this.onStack([...args, "--config-file", this.options.configFile], options);
    }

    private onStack(args: string[], options: RunOptions = {}): Promise<Answer> {
        return this.run([...args, "--stack", this.options.stack], options);
    }
}
