import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { removalText } from "../jenkins/preview/agents";
import { isSame } from "../jenkins/preview/compare";
import { renderPlans } from "../jenkins/preview/render";
import { planFileVariable, type CloudDiff, type CloudDiffs } from "../jenkins/preview/planFile";
import { printable } from "../settings/printable";
import { commands } from "./declarations";
import { pulumi } from "./pulumi";
import type { PlanReport } from "./reports/planReport";
import { asJson } from "./reports/jsonReport";

/** What `plan` ends with: as Terraform's `-detailed-exitcode`. */
export enum PlanExit {
    Same = 0,
    Error = 1,
    Differences = 2,
}

/**
 * What an `up` would change in Jenkins, on every controller of the stack: runs `pulumi preview` and prints the program's own
 * comparison, as text or with `--json` as data. Secrets are masked in both.
 */
export async function planCommand(args: string[], stackArguments: string[]): Promise<PlanExit> {
    const { values } = parseArgs({ args, options: commands.plan.options });
    const folder = mkdtempSync(join(tmpdir(), "jenkins-plan-"));
    try {
        const file = join(folder, "plan.json");
        const preview = await pulumi(["preview", "--non-interactive", ...stackArguments], { [planFileVariable]: file });
        if (preview.code !== 0) process.stderr.write(preview.stdout); // where Pulumi prints what is wrong
        if (!existsSync(file)) return PlanExit.Error;
        const diffs = JSON.parse(readFileSync(file, "utf8")) as CloudDiffs;
        process.stdout.write(values.json ? asJson(report(diffs)) : text(diffs));
        return preview.code === 0 ? verdict(Object.values(diffs)) : PlanExit.Error;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

function text(diffs: CloudDiffs): string {
    const all = Object.values(diffs);
    const plans = all.flatMap(({ plan }) => plan ?? []);
    const blocks = [
        ...(plans.length === 0 ? [] : [renderPlans(plans)]),
        ...all.flatMap(({ removal }) => (removal === undefined ? [] : [printable(removalText(removal))])),
        ...all.flatMap(({ problem }) => problem ?? []),
    ];
    return blocks.map((block) => `${block}\n`).join("");
}

function report(diffs: CloudDiffs): PlanReport {
    const pushes = Object.values(diffs);
    const plans = pushes.flatMap(({ plan }) => plan ?? []);
    const removals = pushes.flatMap(({ removal }) => removal ?? []);
    const same = plans.filter(isSame).length;
    return {
        changes: plans.flatMap(({ controller, cloud, differences }) =>
            differences.map((difference) => ({ controller, cloud, ...difference })),
        ),
        summary: {
            pushes: pushes.filter(({ plan, problem }) => plan ?? problem).length,
            same,
            different: plans.length - same,
            removed: removals.length,
            unanswered: pushes.filter(({ problem }) => problem !== undefined).length,
        },
        warnings: plans.flatMap(({ controller, cloud, foreign, notes }) =>
            [...foreign, ...notes].map((note) => ({ message: `controller ${controller}, cloud ${cloud}: ${note}` })),
        ),
        errors: pushes.flatMap(({ problem }) => (problem === undefined ? [] : { message: problem })),
        ...diffs,
    } as PlanReport;
}

function verdict(diffs: CloudDiff[]): PlanExit {
    if (diffs.some(({ problem }) => problem !== undefined)) return PlanExit.Error;
    return diffs.every(({ plan }) => plan && isSame(plan)) ? PlanExit.Same : PlanExit.Differences;
}
