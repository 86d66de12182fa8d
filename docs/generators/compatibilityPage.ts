import { join } from "node:path";
import { z } from "zod";
import { parametersOf, readContracts, type Contract } from "../../playground/controller/contract";
import type { Fault } from "../../settings/plugin/fault";
import { firstVersionOf, firstVersions } from "../../settings/plugin/firstVersions";
import { affects } from "../../settings/plugin/met";
import { leadingNumber, newestRelease, releaseAfter, releases } from "../../settings/plugin/releases";
import { faults } from "../../settings/plugin/table";
import { cloudSources } from "../../settings/schema/cloud";
import { controller } from "../../settings/schema/controller";
import type { ParameterSources } from "../../settings/schema/parameters";
import { templateSources } from "../../settings/schema/template";

/** What the stand-in controller knows of the plugin's generations. This page is made by a script: the program never reads them. */
const contracts = readContracts(join(__dirname, "../../playground/controller/contract"));

const [oldest] = releases;
const defaultVersion = (controller.shape.plugin as z.ZodType).parse({}) as { version: string };

const introduction = `# Compatibility with releases of the \`ec2\` plugin

Read in the sources of all ${releases.length} releases from ${oldest!.version} (${oldest!.date}) to ${newestRelease.version} (${newestRelease.date}), and in the plugin's issues. Nothing of it was run on AWS.

A preview and an \`up\` ask every controller for its version before anything is made. They report each known fault of that release that your settings meet:

- **error**: it costs money without bound or loses agents. Nothing is made, unless \`silence\` has its name.
- **error without a cap**: an error if neither the cloud nor the template has a \`cap\`, otherwise a warning.
- **warning**: \`silence\` hides it.
- **note**: every release and every setting has it; only this page and [messages](messages.md#faults-of-the-plugin) name it.

Controllers that do not answer are not judged, and none is with \`watch: off\`. A release after ${newestRelease.version} is treated like that one. \`npm run -s jenkins -- advise\` shows every release for your
settings, and the best one: the fewest errors, then the fewest faults that only a cap limits, then the fewest warnings, then the newest.

## The default of \`plugin.version\`

${defaultVersion.version} is installed if the plugin is missing or older than \`plugin.minimum\`; a newer plugin stays. \`advise\` finds it best for most settings. Releases up to 2034 start instances that nobody
asked for (\`minimum-check-overlaunch\`), those from 2034 to 2053 keep offline agents for ever (\`offline-idle-kept\`), and 2056 tags Spot instances late. 2059 does not try the next template after a lack of
capacity (\`error-no-fallthrough\`), starts more than a cap allows (\`cap-race\`), and asks for Spot again instead of on-demand (\`spot-fallback-stays-spot\`). 2063 fixes these three. It is worse than 2059 at
one thing: with several subnets, errors of AWS block the cloud for longer (\`capacity-stall\`). Its new faults need [hot spares](../examples/hot-spares/README.md), weights, or stopped spare agents.

Work on the plugin went on after 2063, without a release so far. These merged changes will change this advice:

- Launches in several subnets run at the same time and no longer block the cloud: \`capacity-stall\`, \`stale-cap-starves\`, \`burst-adopts-own\`, \`pending-for-ever\`.
- \`cleanUpOrphanedNodes\` ends every instance of a cloud that has no agents. Replicas of a controller end each other's agents.
- Agents ask the metadata service for Spot interruptions. \`metadata.enabled: false\` prevents that.

Generated from \`settings/plugin/table\` and the plugin's contracts by \`npx tsx docs/generators/main.ts\`.`;

/** docs/compatibility.md: releases, faults and settings against one another. */
export function compatibilityPage(): string {
    return `${[
        introduction,
        `## Faults\n\nWhat each fault does, and what to do: its section of [messages](messages.md#faults-of-the-plugin).\n\n${faultTable()}`,
        `## Releases\n\n${releaseTable()}`,
        `## Settings\n\nSettings whose parameter not every release has, and settings that have known faults. If the installed release lacks a setting of yours, an error stops before anything is made. All parameters: [settings](settings.md).\n\n${settingTable()}`,
    ].join("\n\n")}\n`;
}

function faultTable(): string {
    return table(
        ["Name", "Releases", "Severity"],
        faults.map((fault) => [
            `[${code(fault.id)}](messages.md#${fault.id})`,
            range(fault),
            fault.severity.replaceAll("-", " ").replace("without cap", "without a cap"),
        ]),
    );
}

/** The releases that have a fault. */
export function range({ first, last }: Fault): string {
    if (first === undefined && last === undefined) return "all";
    if (first === last) return `${first}`;
    const end = last === undefined ? "" : ` to ${last}`;
    const fixed = last === undefined ? "" : `; not in ${leadingNumber(releaseAfter(last)!.version)}`;
    return first === undefined ? `up to ${last}${fixed}` : `from ${first}${end}${fixed}`;
}

/** What each release has and the one before has not, and the other way round. */
function releaseTable(): string {
    const namesOf = (version: string) => faults.filter((fault) => affects(fault, version)).map(({ id }) => code(id));
    return table(
        ["Release", "Of", "New faults", "Faults that are gone", "Settings that begin here"],
        releases
            .map(({ version, date }, index) => {
                const before = index === 0 ? undefined : namesOf(releases[index - 1]!.version);
                const now = namesOf(version);
                return [
                    version,
                    date,
                    before === undefined ? now.join(", ") : now.filter((name) => !before.includes(name)).join(", "),
                    (before ?? []).filter((name) => !now.includes(name)).join(", "),
                    rows()
                        .filter(({ since }) => since === version && version !== oldest!.version)
                        .map(({ setting }) => code(setting))
                        .join(", "),
                ];
            })
            .reverse(),
    );
}

function settingTable(): string {
    const notable = rows().filter(
        ({ since, until, met }) => since !== oldest!.version || until !== newest || met.length > 0,
    );
    return table(
        ["Setting", "Since", "Until", "Faults"],
        notable.map(({ setting, since, until, met }) => [code(setting), since, until, met.map(code).join(", ")]),
    );
}

interface Row {
    setting: string;
    since: string;
    until: string;
    met: string[];
}

function rows(): Row[] {
    return [
        ...rowsOf("clouds.ID", cloudSources, "EC2Cloud", "cloud"),
        ...rowsOf("clouds.ID.templates.ID", templateSources, "SlaveTemplate", "template"),
        {
            setting: "clouds.ID.templates.ID.platform: windows-ssh",
            since: firstVersions.WindowsSSHData,
            until: newest,
            met: [],
        },
    ];
}

/** A row for each setting with a parameter, in the order of the declarations. */
function rowsOf(head: string, sources: ParameterSources, holder: string, of: Fault["of"]): Row[] {
    const settings = new Map<string, string[]>();
    sources.forEach((paths, parameter) =>
        paths.forEach((path) => settings.set(path, [...(settings.get(path) ?? []), parameter])),
    );
    return [...settings].map(([path, parameters]) => ({
        setting: `${head}.${path}`,
        since: parameters.map(since).find((version) => version !== oldest!.version) ?? oldest!.version,
        until: parameters.map((parameter) => until(parameter, holder)).find((version) => version !== newest) ?? newest,
        met: faults
            .filter((fault) => fault.of === of && "setting" in fault && isAbout(fault.setting, path))
            .map(({ id }) => id),
    }));
}

const isAbout = (setting: string, path: string) =>
    setting === path || setting.startsWith(`${path}.`) || setting.endsWith(`.${path}`);

/** What the newest release still has. */
const newest = "newest";

const since = (parameter: string) => firstVersionOf(parameter) ?? oldest!.version;

/** The newest contract that has the parameter, if it is not the newest of all. */
function until(parameter: string, holder: string): string {
    const having = contracts.filter((contract) => has(contract, parameter, holder));
    const last = having.at(-1)!.version;
    return last === contracts.at(-1)!.version ? newest : `at least ${last}`;
}

/** The oldest call a cloud's name cloudName, and have the cloud's parameters in a class of their own. */
function has(contract: Contract, parameter: string, holder: string): boolean {
    const names = parameter === "name" ? ["name", "cloudName"] : [parameter];
    const holders = holder === "EC2Cloud" ? [holder, "AmazonEC2Cloud"] : [holder];
    return holders
        .flatMap((each) => parametersOf(contract, `hudson.plugins.ec2.${each}`))
        .some(({ name }) => names.includes(name));
}

const code = (text: string) => `\`${text}\``;

function table(heads: readonly string[], lines: readonly (readonly string[])[]): string {
    const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
    return [row(heads), row(heads.map(() => "---")), ...lines.map(row)].join("\n");
}
