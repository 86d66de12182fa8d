import { join } from "node:path";
import { z } from "zod";
import { parametersOf, readContracts, type Contract } from "../../playground/controller/contract";
import type { Fault } from "../../settings/plugin/fault";
import { firstVersionOf, firstVersions } from "../../settings/plugin/firstVersions";
import { affects } from "../../settings/plugin/met";
import { leadingNumber, newestRelease, releases } from "../../settings/plugin/releases";
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

\`preview\` and \`up\` ask every controller for its version before anything is made. They report each known fault of that release that your settings meet:
[messages](messages.md#faults-of-the-plugin).

- **error**: it costs money without bound or loses agents. Nothing is made, unless \`silence\` has its name.
- **error without a cap**: an error if neither the cloud nor the template has a \`cap\`, otherwise a warning.
- **warning**: \`silence\` hides it.
- **note**: every release and every setting has it; only this page and messages name it.

With \`watch: off\` nothing is reported. \`npm run -s jenkins -- advise\` shows every release for your
settings, and the best one: the fewest errors, then the fewest faults that only a cap limits, then the fewest warnings, then the newest.

## The default of \`plugin.version\`

${defaultVersion.version} is what \`advise\` finds best for most settings. Releases up to 2034 start instances that nobody
asked for (\`minimum-check-overlaunch\`). Those from 2034 to 2053 keep offline agents for ever (\`offline-idle-kept\`). 2059 does not try the next template after a lack of capacity (\`error-no-fallthrough\`) and starts
more than a cap allows (\`cap-race\`). 2063 is worse than 2059 at one thing: with several subnets, errors of AWS block the cloud for longer (\`capacity-stall\`).

Merged after 2063, and not released yet:

- Gone: \`capacity-stall\`, \`stale-cap-starves\`, \`burst-adopts-own\`, \`pending-for-ever\`.
- \`cleanUpOrphanedNodes\` ends every instance of a cloud that has no agents. Replicas of a controller end each other's agents.

Generated from \`settings/plugin/table\` and the plugin's contracts by \`npx tsx docs/generators/main.ts\`.`;

/** docs/compatibility.md: releases, and the faults and settings that begin or end with them. */
export function compatibilityPage(): string {
    return `${[
        introduction,
        `## Releases\n\nA release that is not here has the faults of the one before it.\n\n${releaseTable()}`,
        `## Settings\n\nSettings whose parameter not every release has. If the installed release lacks a setting of yours, an error stops before anything is made.\n\n${settingTable()}`,
    ].join("\n\n")}\n`;
}

/** The releases that have a fault. */
export function range({ first, last }: Fault): string {
    if (first === last) return first === undefined ? "all releases" : `only ${first}`;
    if (last === undefined) return `from ${first}`;
    return first === undefined ? `up to ${last}` : `${first} to ${last}`;
}

/** The faults that begin and end with each release that has such. */
function releaseTable(): string {
    const namesOf = (version: string) => faults.filter((fault) => affects(fault, version)).map(({ id }) => id);
    const rows = releases.flatMap(({ version, date }, index) => {
        const before = index === 0 ? [] : namesOf(releases[index - 1]!.version);
        const now = namesOf(version);
        const changes = [
            ["new", now.filter((name) => !before.includes(name))],
            ["gone", before.filter((name) => !now.includes(name))],
        ] as const;
        const texts = changes.flatMap(([kind, names]) =>
            names.length === 0 ? [] : [`${kind}: ${names.map(code).join(", ")}`],
        );
        return texts.length === 0 ? [] : [[`${version}, ${date}`, texts.join("; ")]];
    });
    return table(["Release", "Faults"], rows.reverse());
}

function settingTable(): string {
    return table(
        ["Setting", "Releases"],
        rows()
            .filter(({ since, until }) => since !== oldest!.version || until !== newest)
            .map(({ setting, since, until }) => [
                code(setting),
                `from ${leadingNumber(since)} on${until === newest ? "" : `, ${until}`}`,
            ]),
    );
}

interface Row {
    setting: string;
    since: string;
    until: string;
}

function rows(): Row[] {
    return [
        ...rowsOf("clouds.ID", cloudSources, "EC2Cloud"),
        ...rowsOf("clouds.ID.templates.ID", templateSources, "SlaveTemplate"),
        {
            setting: "clouds.ID.templates.ID.platform: windows-ssh",
            since: firstVersions.WindowsSSHData,
            until: newest,
        },
    ];
}

/** A row for each setting with a parameter, in the order of the declarations. */
function rowsOf(head: string, sources: ParameterSources, holder: string): Row[] {
    const settings = new Map<string, string[]>();
    sources.forEach((paths, parameter) =>
        paths.forEach((path) => settings.set(path, [...(settings.get(path) ?? []), parameter])),
    );
    return [...settings].map(([path, parameters]) => ({
        setting: `${head}.${path}`,
        since: parameters.map(since).find((version) => version !== oldest!.version) ?? oldest!.version,
        until: parameters.map((parameter) => until(parameter, holder)).find((version) => version !== newest) ?? newest,
    }));
}

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
