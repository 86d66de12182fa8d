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

This page is made from \`settings/faults\` and the plugin's contracts by \`npx tsx docs/generators/main.ts\`; a test fails when it is out of date. It was read in
the sources of all ${releases.length} releases from ${oldest!.version} (${oldest!.date}) to ${newestRelease.version} (${newestRelease.date}) and in the plugin's issues. Nothing of it was run on AWS.

A preview and an \`up\` ask every controller for its version before anything is made. What the settings meet of the table below, on the version that is
installed or going to be, is said once, with all that meets it:

- **error**: it costs money without bound or loses agents. Nothing is made, unless \`silence\` has its name.
- **error without a cap**: that, where neither the cloud nor the template has a \`cap\`; with one it is a warning.
- **warning**: said, and \`silence\` hides it.
- **note**: no release and no setting is free of it; it stands only here.

A controller that does not answer is not judged, and with \`watch: off\` none is. A release after ${newestRelease.version} is taken to have the faults of that one.
\`npm run -s jenkins -- advise\` prints every release with what the stack's settings meet there, and which release suits best: the one with the fewest
errors, then with the fewest faults whose cost only a cap bounds, then with the fewest warnings, then the newest.

## The default of \`plugin.version\`

It is ${defaultVersion.version}, because the table speaks for it: \`advise\` finds it best for one template or several, for instance types in a list, for stopped agents, for Spot
with and without a price, and for a minimum of agents (a test holds the default to that). Every release up to 2034 starts instances that nobody asked for
(\`minimum-check-overlaunch\`), those from 2034 to 2053 keep agents for ever that are offline (\`offline-idle-kept\`), and 2056 tags Spot instances late. What it is worse at
than releases up to 2045: after a lack of capacity it does not go on to the next template (\`error-no-fallthrough\`), and caps are counted every 30 seconds only
(\`cap-race\`, \`stale-cap-starves\`).

It is installed where the plugin is missing or older than \`plugin.minimum\`; a newer one that is there stays. To leave a release with a fault, raise \`plugin.minimum\`.`;

/** docs/compatibility.md: releases, faults and settings against one another. */
export function compatibilityPage(): string {
    return `${[
        introduction,
        `## Faults\n\n${faultTable()}`,
        `## Releases\n\nFaults of every release are left out: ${everywhere().map(code).join(", ")}.\n\n${releaseTable()}`,
        `## Settings\n\nFrom which release on the plugin has the parameter of a setting, and until which. A setting that is given and that the installed release lacks is an error before anything is made.\n\n${settingTable()}`,
    ].join("\n\n")}\n`;
}

function faultTable(): string {
    return table(
        ["Name", "Releases", "What is made of it", "With", "What the plugin does", "What to do"],
        faults.map((fault) => [
            `[${code(fault.id)}](messages.md#${fault.id})`,
            range(fault),
            fault.severity.replaceAll("-", " ").replace("without cap", "without a cap"),
            fault.with,
            fault.happens + (fault.link === undefined ? "" : ` ([more](${fault.link}))`),
            fault.remedy,
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

/** Names of the faults that every release has. */
function everywhere(): string[] {
    return faults.filter(({ first, last }) => first === undefined && last === undefined).map(({ id }) => id);
}

function releaseTable(): string {
    return table(
        ["Release", "Of", "Faults", "Settings that begin here"],
        releases
            .map(({ version, date }) => [
                version,
                date,
                faults
                    .filter((fault) => affects(fault, version) && !everywhere().includes(fault.id))
                    .map(({ id }) => code(id))
                    .join(", "),
                rows()
                    .filter(({ since }) => since === version && version !== oldest!.version)
                    .map(({ setting }) => code(setting))
                    .join(", "),
            ])
            .reverse(),
    );
}

function settingTable(): string {
    return table(
        ["Setting", "Plugin parameter", "Since", "Until", "Faults"],
        rows().map(({ setting, parameters, since, until, met }) => [
            code(setting),
            parameters.map(code).join(", "),
            since,
            until,
            met.map(code).join(", "),
        ]),
    );
}

interface Row {
    setting: string;
    parameters: string[];
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
            parameters: ["amiType"],
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
        parameters,
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
