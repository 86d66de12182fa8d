import { parseArgs } from "node:util";
import pLimit from "p-limit";
import type { StackSettings } from "../settings";
import { check, inOrder, type Step } from "./checkController";
import { controllerAccess } from "../jenkins/controllerAccess";
import { table } from "../jenkins/table";
import { PushError } from "../jenkins/push/errors";
import type { PushRequest } from "../jenkins/push/request";
import { withShortTimeouts } from "../jenkins/push/session";
import { mapValues } from "../settings/collections";
import { many, printable } from "../settings/printable";
import { unwatchedVariable } from "../jenkins/preview/planFile";
import { awsAdvice, errorsOf } from "./awsAnswers";
import { commands } from "./declarations";
import { compareStateWithAws } from "./stackInAws";
import { deployedPushes, pulumi } from "./pulumi";
import type { CheckReport } from "./reports/checkReport";
import { asJson, type ReportedProblem } from "./reports/jsonReport";
import { hasSettings, settingsTakenUp, takeUpStack } from "./stackSettings";
import { wayToAgents } from "./wayToAgents";

/** What `check` ends with. */
export enum CheckExit {
    Passed = 0,
    /** A step did not pass. */
    Failed = 2,
}

/**
 * Tries step by step what has to be right for agents, first for the stack, then for each of its controllers, and explains
 * what is not. A controller where a step fails keeps no other from being checked. Changes nothing.
 */
export async function checkCommand(args: string[], stackArguments: string[]): Promise<CheckExit> {
    const { values } = parseArgs({ args, options: commands.check.options });
    const { steps, settings, deployed } = await checkStack(stackArguments);
    const warnings: ReportedProblem[] = [];
    const isRead = steps.some(({ step, result }) => step === "settings" && result === "passed");
    const controllers = isRead ? await checkControllers(settings, deployed, values.controller, warnings) : {};
    const result = report(steps, controllers, warnings);
    process.stdout.write(values.json ? asJson(result) : text(result));
    return result.summary.failed > 0 ? CheckExit.Failed : CheckExit.Passed;
}

interface Stack {
    steps: Step[];
    /** Absent where they could not be read, and in a program that gives them to the component itself. */
    settings?: StackSettings;
    deployed: PushRequest[];
}

async function checkStack(stackArguments: string[]): Promise<Stack> {
    let settings: StackSettings | undefined;
    let deployed: PushRequest[] = [];
    const read = await inOrder({
        engine: orFails(async () => {
            const stack = await takeUpStack(stackArguments);
            deployed = (await deployedPushes(stackArguments)).map(({ request }) => request);
            return [`stack ${stack}, with ${many(deployed.length, "cloud")} on controllers`];
        }),
        settings: orFails(async () => {
            if (!hasSettings()) return ["the program gives them to the component, and the preview below checks them"];
            settings = await settingsTakenUp();
            return [`controllers: ${Object.keys(settings.controllers).join(", ")}`];
        }),
    });
    const steps = await inOrder(
        { AWS: () => askAws(stackArguments), state: () => compareStateWithAws(stackArguments) },
        read,
    );
    return { steps, settings, deployed };
}

/** An error of the command line's own is a step's failure here. */
function orFails(trial: () => Promise<string[]>): () => Promise<string[]> {
    return () =>
        trial().catch((error: unknown) => {
            throw new PushError("request-failed", "", [error instanceof Error ? error.message : String(error)]);
        });
}

/** A preview that asks no controller: credentials and rights of who deploys, and all that the settings name in AWS. */
async function askAws(stackArguments: string[]): Promise<string[]> {
    const flags = ["--non-interactive", "--color", "never", ...stackArguments];
    const { code, stdout } = await pulumi(["preview", ...flags], { [unwatchedVariable]: "true" });
    if (code === 0) return ["a preview finds all that the settings name"];
    const advice = awsAdvice(stdout);
    throw new PushError("request-failed", "", [...(advice === undefined ? [] : [advice]), errorsOf(stdout)]);
}

/**
 * Checks the controllers of the settings; without settings those that the stack has deployed to, as it reaches them.
 *
 * @param warnings gets what is no failure
 */
async function checkControllers(
    settings: StackSettings | undefined,
    deployed: PushRequest[],
    only: string | undefined,
    warnings: ReportedProblem[],
): Promise<Record<string, Step[]>> {
    // It loads Pulumi's SDK, which reads the stack's configuration at that moment.
    const { pluginFaults } = await import("../jenkins/preview/pluginFaults");
    const all: Record<string, Pick<PushRequest, "controller" | "plugin">> = settings === undefined
        ? Object.fromEntries(deployed.map((request) => [request.controller.id, request]))
        : mapValues(settings.controllers, (controller) => ({
              controller: controllerAccess(settings, controller),
              plugin: controller.plugin,
          }));
    const ids = Object.keys(all).filter((id) => only === undefined || id === only);
    if (ids.length === 0 && only !== undefined) {
        throw new Error(`--controller is "${only}". There are: ${Object.keys(all).join(", ")}.`);
    }
    const limit = pLimit(settings?.parallel ?? 10);
    const checkOne = async (id: string) => {
        const { controller, plugin } = all[id]!;
        const reached = withShortTimeouts({ controller, plugin });
        const there = deployed
            .filter((request) => request.controller.id === id)
            .map((request) => ({ ...request, controller: reached.controller }));
        const steps = await check(reached, there, () => undefined, {
            watch: settings?.watch ?? "report",
            judge: (state) => {
                if (settings === undefined) return [];
                const { errors, warnings: faults } = pluginFaults(settings, { [id]: { state } });
                warnings.push(...faults);
                return errors.map(({ path, message, fix }) => `${path}: ${message}; fix: ${fix}`);
            },
        });
        if (settings === undefined) return steps;
        const { found, warning } = await wayToAgents(settings, settings.controllers[id]!);
        if (warning !== undefined) warnings.push(warning);
        return inOrder({ "way to agents": () => Promise.resolve(found) }, steps);
    };
    const found = await Promise.all(ids.map((id) => limit(async () => [id, await checkOne(id)] as const)));
    return Object.fromEntries(found);
}

function report(steps: Step[], controllers: Record<string, Step[]>, warnings: ReportedProblem[]): CheckReport {
    const all = [...steps, ...Object.values(controllers).flat()];
    const count = (wanted: Step["result"]) => all.filter(({ result }) => result === wanted).length;
    const errors = (of: Step[], path?: string) =>
        of
            .filter(({ result }) => result === "failed")
            .map(({ step, found }) => ({ ...(path ? { path } : {}), message: `${step}: ${found.join("\n")}` }));
    return {
        changes: [],
        summary: { passed: count("passed"), failed: count("failed"), untried: count("not tried") },
        warnings,
        errors: [
            ...errors(steps),
            ...Object.entries(controllers).flatMap(([id, of]) => errors(of, `controllers.${id}`)),
        ],
        steps,
        controllers,
    };
}

const marks = { passed: "ok", failed: "FAILED", "not tried": "-" };

function text({ steps, controllers, warnings, summary }: CheckReport): string {
    const lines = [
        ...stepLines(steps),
        ...Object.entries(controllers).flatMap(([id, of]) => [`controller ${id}`, ...stepLines(of)]),
        ...warnings.map(({ path, message }) => `warning: ${path === undefined ? "" : `${path}: `}${message}`),
        summary.failed === 0
            ? `All ${summary.passed} steps passed.`
            : `${summary.failed} failed, ${summary.passed} passed, ${summary.untried} not tried.`,
    ];
    return `${printable(lines.join("\n"))}\n`;
}

/** The steps of one controller, or of the stack: what was found stands in the third column, one line each. */
function stepLines(steps: Step[]): string[] {
    const rows = steps.flatMap(({ step, result, found }) => {
        const [first = "not tried", ...more] = found.flatMap((each) => each.split("\n"));
        return [[marks[result], step, first], ...more.map((line) => ["", "", line])];
    });
    return table([widest, ...rows], "  ").slice(1);
}

/** Keeps the columns of all controllers aligned. */
const widest = ["FAILED", "administrator", ""];
