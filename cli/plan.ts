import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Observation } from "../jenkins/preview/diff";
import { isSame } from "../jenkins/preview/compare";
import { renderPlan } from "../jenkins/preview/render";
import { planFileVariable } from "../jenkins/variables";
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
        if (preview.code !== 0) process.stderr.write(preview.stdout); // where Pulumi says what is wrong
        if (!existsSync(file)) return PlanExit.Error;
        const observations = JSON.parse(readFileSync(file, "utf8")) as Record<string, Observation>;
        process.stdout.write(values.json ? asJson(report(observations)) : text(observations));
        return preview.code === 0 ? verdict(Object.values(observations)) : PlanExit.Error;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

function text(observations: Record<string, Observation>): string {
    return Object.values(observations)
        .map(({ plan, problem }) => `${plan ? renderPlan(plan) : problem}\n`)
        .join("");
}

function report(observations: Record<string, Observation>): PlanReport {
    const pushes = Object.values(observations);
    const plans = pushes.flatMap(({ plan }) => plan ?? []);
    const same = plans.filter(isSame).length;
    return {
        changes: plans.flatMap(({ controller, cloud, differences }) =>
            differences.map((difference) => ({ controller, cloud, ...difference })),
        ),
        summary: {
            pushes: pushes.length,
            same,
            different: plans.length - same,
            unanswered: pushes.length - plans.length,
        },
        warnings: plans.flatMap(({ controller, cloud, foreign, notes }) =>
            [...foreign, ...notes].map((note) => ({ message: `controller ${controller}, cloud ${cloud}: ${note}` })),
        ),
        errors: pushes.flatMap(({ problem }) => (problem === undefined ? [] : { message: problem })),
        ...observations,
    } as PlanReport;
}

function verdict(observations: Observation[]): PlanExit {
    if (observations.some(({ problem }) => problem !== undefined)) return PlanExit.Error;
    return observations.every(({ plan }) => plan && isSame(plan)) ? PlanExit.Same : PlanExit.Differences;
}
