import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { groupBy } from "../settings/collections";
import { printable } from "../settings/printable";
import { table } from "../jenkins/table";
import { commands } from "./declarations";
import { asJson, type ReportedProblem } from "./reports/jsonReport";
import type { OrphansReport, StatusOrphan, StatusReport } from "./reports/statusReport";
import { askAll, readStack, type Stack } from "./status/ask";
import { endInstances } from "./status/instances";
import { silentControllers, silentRegions, statusOf } from "./status/compile";
import { orphanCells } from "./status/text";
import { many } from "../settings/printable";
import { price, sourceOf } from "./status/words";

/** What `orphans` ends with. */
export enum OrphansExit {
    None = 0,
    /** Also where a controller or a region could not be asked, or not all was ended that was to be. */
    Error = 1,
    Some = 2,
}

/**
 * The instances with the stack's tag that no controller knows, and with `--end` their end. Before that a person is asked, or has
 * gave `--yes`, and everything is looked at once more: an agent may have come to an instance meanwhile.
 */
export async function orphansCommand(args: string[], stackArguments: string[]): Promise<OrphansExit> {
    const { values } = parseArgs({ args, options: commands.orphans.options });
    if (values.end && !values.yes && !process.stdin.isTTY) {
        throw new Error("orphans --end asks before it ends anything, and there is no terminal: say --yes as well.");
    }
    const stack = await readStack(stackArguments);
    const before = await readStatus(stack);
    const mayEnd = before.orphans.filter(({ kept }) => kept === undefined);
    const isWanted =
        values.end === true && mayEnd.length > 0 && (values.yes === true || (await consent(question(mayEnd, before))));
    const { ended, errors } = isWanted ? await end(stack, mayEnd) : { ended: [], errors: [] };
    const unread = stack.problems.map((message) => ({ message }));
    const report = reportOf(before, ended, [...unread, ...errors]);
    process.stdout.write(values.json ? asJson(report) : printable(textOf(report)));
    if (report.errors.length > 0) return OrphansExit.Error;
    return ended.length === before.orphans.length ? OrphansExit.None : OrphansExit.Some;
}

/** Orphans have nothing to do with edits made in Jenkins. */
const readStatus = async (stack: Stack) => statusOf(await askAll(stack, { compares: false }));

function question(orphans: StatusOrphan[], { prices }: StatusReport): string {
    const lines = table(orphans.map((orphan) => orphanCells(orphan, prices.currency)));
    return printable(
        `${lines.join("\n")}\n${sourceOf(prices)}\nEnd ${many(orphans.length, "instance")}? What is on it is lost.`,
    );
}

interface Ended {
    ended: StatusOrphan[];
    errors: ReportedProblem[];
}

/** Ends those that are still orphans. */
async function end(stack: Stack, wanted: StatusOrphan[]): Promise<Ended> {
    const now = (await readStatus(stack)).orphans.filter(({ kept }) => kept === undefined);
    const still = now.filter(({ instanceId }) => wanted.some((one) => one.instanceId === instanceId));
    const regions = [...groupBy(still, ({ region }) => region)];
    const results = await Promise.all(
        regions.map(async ([region, orphans]): Promise<Ended> => {
            const ids = orphans.map(({ instanceId }) => instanceId);
            try {
                await endInstances(region, ids, stack.configuration);
                return { ended: orphans, errors: [] };
            } catch (error) {
                const message = `EC2 in ${region} ended none of ${ids.join(", ")}: ${(error as Error).message}`;
                return { ended: [], errors: [{ message }] };
            }
        }),
    );
    const gone = wanted.filter(({ instanceId }) => !still.some((one) => one.instanceId === instanceId));
    return {
        ended: results.flatMap(({ ended }) => ended),
        errors: [
            ...gone.map(({ instanceId }) => ({
                message: `${instanceId} is left alone: the second look did not find it as the first did; run orphans again`,
            })),
            ...results.flatMap(({ errors }) => errors),
        ],
    };
}

/** Of what went wrong, only what keeps an orphan from being known or ended. */
function reportOf(
    { controllers, regions, orphans, prices, summary }: StatusReport,
    ended: StatusOrphan[],
    failed: ReportedProblem[],
): OrphansReport {
    const kept = orphans.filter((orphan) => orphan.kept !== undefined);
    return {
        changes: ended.map(({ instanceId, region }) => ({ instanceId, region, change: "ended" })),
        summary: {
            orphans: orphans.length,
            ended: ended.length,
            kept: kept.length,
            unverified: summary.unverified,
            perHour: orphans.reduce((sum, { perHour = 0 }) => sum + perHour, 0),
        },
        warnings: kept.map(({ instanceId, kept }) => ({ message: `${instanceId} is left alone: ${kept}` })),
        errors: [...silentControllers(controllers), ...silentRegions(regions), ...failed],
        prices,
        orphans,
    };
}

function textOf({ changes, summary, errors, orphans, prices }: OrphansReport): string {
    const { ended, unverified, perHour } = summary;
    const outcome = ({ instanceId, kept }: StatusOrphan) =>
        changes.some((change) => change.instanceId === instanceId)
            ? "ENDED"
            : kept === undefined
              ? "may be ended"
              : `left alone: ${kept}`;
    return [
        ...errors.map(({ path, message }) => `error: ${path === undefined ? "" : `${path}: `}${message}`),
        `${many(orphans.length, "instance")} that no controller knows${orphans.length === 0 ? "" : `, ${price(perHour, prices.currency)}`}`,
        ...table(
            orphans.map((orphan) => [...orphanCells(orphan, prices.currency), outcome(orphan)]),
            "  ",
        ),
        ...(orphans.length === 0 ? [] : [sourceOf(prices)]),
        ...(unverified === 0 ? [] : [`${many(unverified, "instance")} of controllers that could not be asked`]),
        ...(ended === 0 ? [] : [`${many(ended, "instance")} ended`]),
        "",
    ].join("\n");
}

/** Where a person is asked. */
export interface Terminal {
    input: NodeJS.ReadableStream;
    output: NodeJS.WritableStream;
}

/** Standard output is for what a command answers. */
const own: Terminal = { input: process.stdin, output: process.stderr };

/** Asks a person. Only `y` or `yes` is consent: a closed terminal is no consent. */
export async function consent(question: string, terminal: Terminal = own): Promise<boolean> {
    const asked = createInterface(terminal);
    const closed = new Promise<string>((resolve) => asked.once("close", () => resolve("")));
    try {
        const answer = await Promise.race([asked.question(`${question} [y/N] `), closed]);
        return /^y(es)?$/i.test(answer.trim());
    } finally {
        asked.close();
    }
}
