import { parseArgs } from "node:util";
import { table } from "../jenkins/table";
import type { StackSettings } from "../settings";
import {
    advise,
    adviseOn,
    byWorth,
    type AdvisedFault,
    type Advice,
    type ReleaseAdvice,
} from "../settings/plugin/advise";
import { commands } from "./declarations";
import type { AdviseReport } from "./reports/adviseReport";
import { asJson } from "./reports/jsonReport";
import { settingsTakenUp, takeUpStack } from "./stackSettings";

/** What `advise` ends with. */
export enum AdviseExit {
    /** On every controller `plugin.version` is as good as the best. */
    Suits = 0,
    Error = 1,
    /** A release suits better than one of them. */
    Better = 2,
}

/**
 * What each known release of the plugin is like for the stack's settings, and which suits best; as text or with `--json` as
 * data. Asks no controller.
 */
export async function adviseCommand(args: string[], stackArguments: string[]): Promise<AdviseExit> {
    const { values } = parseArgs({ args, options: commands.advise.options });
    await takeUpStack(stackArguments);
    const settings = await settingsTakenUp();
    const advice = advise(settings);
    const configured = Object.values(settings.controllers).map(({ id, plugin }) => ({ id, version: plugin.version }));
    const best = adviseOn(advice.best, settings);
    const worse = configured.filter(({ version }) => byWorth(best, adviseOn(version, settings)) < 0);
    process.stdout.write(
        values.json
            ? asJson(report(advice, configured, worse, settings))
            : text(advice, best, { configured, worse, all: values.all ?? false }),
    );
    return worse.length > 0 ? AdviseExit.Better : AdviseExit.Suits;
}

interface Configured {
    id: string;
    version: string;
}

const versionPath = (id: string) => `controllers.${id}.plugin.version`;

function report(
    { best, releases }: Advice,
    configured: Configured[],
    worse: Configured[],
    settings: StackSettings,
): AdviseReport {
    const inUse = [...new Set(configured.map(({ version }) => version))].map((version) => adviseOn(version, settings));
    const faults = (severity: AdvisedFault["severity"]) =>
        inUse.flatMap(({ version, faults }) =>
            faults
                .filter((fault) => !fault.silenced && fault.severity === severity)
                .map(({ code, path, message, fix }) => ({
                    code,
                    path,
                    message: `with ec2 ${version}, ${message}`,
                    fix,
                })),
        );
    const lacking = inUse.flatMap(({ version, lacks }) =>
        lacks.map(({ setting, since }) => ({
            message: `ec2 ${version} lacks ${setting}: ${since} is the first that has it`,
        })),
    );
    return {
        changes: worse.map(({ id, version }) => ({
            controller: id,
            path: versionPath(id),
            before: version,
            after: best,
        })),
        summary: { best, controllers: configured.length, worse: worse.length },
        warnings: faults("warning"),
        errors: [...lacking, ...faults("error")],
        best,
        controllers: configured,
        releases,
    };
}

/** The answer first; every release only where it is asked for. */
function text(
    advice: Advice,
    best: ReleaseAdvice,
    { configured, worse, all }: { configured: readonly Configured[]; worse: readonly Configured[]; all: boolean },
): string {
    const releases = table(advice.releases.map((release) => [release.version, summary(release)]));
    const lines = [
        ...configured.map(
            ({ id, version }) =>
                `${versionPath(id)}: ${version} ${worse.some((one) => one.id === id) ? `suits less than ${best.version}` : "suits"}`,
        ),
        "",
        `best: ${best.version} (fewest errors, then fewest faults that cost up to a cap, then fewest warnings, then the newest)`,
        ...best.faults.map(
            ({ code, severity, silenced, path, message, fix }) =>
                `  ${silenced ? "silenced" : severity} ${code}: ${path}: ${message}. What to do: ${fix}`,
        ),
        ...best.lacks.map(({ setting, since }) => `  lacks ${setting}: ${since} is the first that has it`),
        "",
        ...(all ? releases : [`${releases.length} releases are known: --all lists them.`]),
    ];
    return `${lines.join("\n")}\n`;
}

function summary({ faults, lacks }: ReleaseAdvice): string {
    const named = (kind: string, names: string[]) => (names.length === 0 ? [] : [`${kind}: ${names.join(", ")}`]);
    const loud = faults.filter(({ silenced }) => !silenced);
    const parts = [
        ...named(
            "lacks",
            lacks.map(({ setting }) => setting),
        ),
        ...named(
            "errors",
            loud.filter(({ severity }) => severity === "error").map(({ code }) => code),
        ),
        ...named(
            "warnings",
            loud.filter(({ severity }) => severity === "warning").map(({ code }) => code),
        ),
        ...named(
            "silenced",
            faults.filter(({ silenced }) => silenced).map(({ code }) => code),
        ),
    ];
    return parts.length === 0 ? "no known fault" : parts.join("; ");
}
