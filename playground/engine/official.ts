import { accessSync, constants, existsSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { parse } from "yaml";
import type { Report } from "../progress";
import { cacheFolder } from "../cached-build";
import { Unavailable } from "./choose";
import type { FoundEngine } from "./engine";
import { pluginPackages } from "./packages";
import { CommandError, run } from "./run";
import type { Verdicts } from "./verdicts";

/** What the npm package `pulumi` installs: a launcher that fetches the official release of its own version. */
const launcherVersion = "3.265.0";

/** Seconds for the first and smallest plugin, which shows whether plugins can be had at all; the others may be large. */
const firstPluginSeconds = 20;
const pluginSeconds = 900;
/** Seconds for the launcher to fetch the release, about 150 MB. A refusal ends it at once. */
const launcherSeconds = 600;

const official = (version: string) => `the official aws plugin ${version}, made for @pulumi/aws ${version}`;

/** A `pulumi` on the PATH, of a supported version, whose plugins can be had. */
export async function pathEngine(verdicts: Verdicts, report: Report): Promise<FoundEngine> {
    const command = onPath("pulumi");
    if (!command) throw new Unavailable("no pulumi on the PATH");
    const version = await versionOf(command);
    const oldest = oldestSupported();
    if (!isSupported(version, oldest)) {
        throw new Unavailable(`pulumi ${version} on the PATH is not supported (${oldest} and later 3.x are)`);
    }
    if (
        !existsSync(join(dirname(realpathSync(command)), "pulumi-language-nodejs")) &&
        !onPath("pulumi-language-nodejs")
    ) {
        throw new Unavailable(`pulumi ${version} on the PATH has no Node language host beside it`);
    }
    const description = `pulumi ${version} from the PATH`;
    return remembering(verdicts, `${command} ${version}`, description, async () => {
        const home = homeFolder();
        return { description, version, command, ...(await withPlugins(command, home, report)) };
    });
}

/** The official release, through its launcher from npm. */
export async function launcherEngine(verdicts: Verdicts, report: Report): Promise<FoundEngine> {
    const description = `the official release ${launcherVersion} through npm`;
    return remembering(verdicts, `pulumi@${launcherVersion}`, description, async () => {
        const home = homeFolder();
        const command = join(home, "versions", launcherVersion, "bin", "pulumi");
        if (!existsSync(command)) {
            report(`the official release ${launcherVersion}, through its npm launcher`);
            await run("npx", ["--yes", `pulumi@${launcherVersion}`, "version"], {
                environment: { PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
                seconds: launcherSeconds,
            });
        }
        return {
            description,
            version: await versionOf(command),
            command,
            ...(await withPlugins(command, home, report)),
        };
    });
}

const homeFolder = () => join(cacheFolder(), "engine", "official");

/** Turns a failure into {@link Unavailable}, at once when the same failed within the last day. */
async function remembering<Result>(
    verdicts: Verdicts,
    attempt: string,
    description: string,
    work: () => Promise<Result>,
): Promise<Result> {
    const plugins = pluginPackages().map(({ name, version }) => `${name} ${version}`);
    const key = [attempt, ...plugins].join(", ");
    const known = verdicts.recall(key);
    if (known) throw new Unavailable(`${known} (remembered)`);
    try {
        return await work();
    } catch (error) {
        const reason = `${description} cannot be had (${inFewWords(error)})`;
        verdicts.remember(key, reason);
        throw new Unavailable(reason);
    }
}

function inFewWords(error: unknown): string {
    if (error instanceof CommandError && error.lastLines.length > 0) {
        const told = error.lastLines.filter((line) => /error|fail|could not/i.test(line));
        return (told.at(-1) ?? error.lastLines.at(-1))!.slice(0, 120);
    }
    return (error instanceof Error ? error.message : String(error)).split("\n")[0].slice(0, 120);
}

/** Installs the program's plugins, in exactly its packages' versions, into a Pulumi home of the playground's own. */
async function withPlugins(command: string, home: string, report: Report) {
    const environment = {
        PULUMI_HOME: home,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PATH: `${dirname(command)}${delimiter}${process.env.PATH}`,
    };
    const packages = pluginPackages();
    for (const [index, { name, version }] of packages.entries()) {
        if (existsSync(join(home, "plugins", `resource-${name}-v${version}`))) continue;
        report(`the official plugin ${name} ${version}`);
        await run(command, ["plugin", "install", "resource", name, version], {
            environment,
            seconds: index === 0 ? firstPluginSeconds : pluginSeconds,
        });
    }
    return { environment, provider: official(packages.find(({ name }) => name === "aws")!.version) };
}

/** The program itself says which release it needs, and Pulumi refuses older ones. */
function oldestSupported(): string {
    const project = readFileSync(join(__dirname, "..", "..", "Pulumi.yaml"), "utf8");
    const { requiredPulumiVersion } = parse(project) as { requiredPulumiVersion: string };
    return requiredPulumiVersion.replace(/^>=\s*/, "");
}

function isSupported(version: string, oldest: string): boolean {
    const [found, needed] = [version, oldest].map((text) => text.split(".").map((part) => Number.parseInt(part, 10)));
    if (found[0] !== needed[0]) return false;
    return found[1] > needed[1] || (found[1] === needed[1] && found[2] >= needed[2]);
}

export async function versionOf(command: string): Promise<string> {
    const answer = await run(command, ["version"], { environment: { PULUMI_SKIP_UPDATE_CHECK: "true" }, seconds: 10 });
    return answer.trim().replace(/^v/, "");
}

function onPath(name: string): string | undefined {
    const candidates = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));
    return candidates.find((candidate) => {
        try {
            accessSync(candidate, constants.X_OK);
            return true;
        } catch {
            return false;
        }
    });
}
