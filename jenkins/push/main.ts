import { parseArgs } from "node:util";
import { apply } from "./apply";
import { Caller, parentProcess } from "./caller";
import { PushError } from "./errors";
import { seeAlso } from "./explanations";
import { exportClouds } from "./export";
import { isSame, plan } from "../preview/compare";
import { redactor, secretsOf } from "./redact";
import { remove } from "./remove";
import { renderPlan } from "../preview/render";
import { Report, withinLineLimit } from "./logLine";
import { PushRequest, PushResult } from "./request";
import { readRequest } from "./requestText";
import { smoke, SmokeTarget } from "./smoke";
import { textOf } from "./text";
import { visible } from "../../settings/visible";

/**
 * The program that the Pulumi command resource runs: `main.ts apply|remove|plan|export|smoke`, with a
 * {@link PushRequest} on standard input, as requestText.ts writes it. Standard output is one line of JSON; progress and errors go to
 * standard error, both without secrets. Exit code 0, or 1 after an error; 2 where a plan has differences.
 */
async function main(): Promise<number> {
    const caller = parentProcess();
    const [operation] = process.argv.slice(2);
    const request = parse(await textOf(process.stdin));
    const redact = redactor(secretsOf(request));
    const report = (line: string) => process.stderr.write(`${withinLineLimit(visible(redact(line)))}\n`);
    try {
        return await run(operation, request, caller, report, (result) =>
            // Within JSON a character and its escape are one.
            process.stdout.write(`${visible(JSON.stringify(result))}\n`),
        );
    } catch (error) {
        report(
            error instanceof PushError
                ? error.message + seeAlso(error.message)
                : `unexpected: ${(error as Error)?.stack ?? String(error)}`,
        );
        return 1;
    }
}

async function run(
    operation: string,
    request: PushRequest,
    caller: Caller,
    report: Report,
    print: (result: object) => void,
): Promise<number> {
    switch (operation) {
        case "apply":
            print(await apply(request, report, { caller, previous: previousResult() }));
            return 0;
        case "remove":
            await remove(request, report);
            print({ controller: request.controller.id, cloud: request.cloud.name, removed: true });
            return 0;
        case "plan": {
            const found = await plan(request, report);
            report(renderPlan(found));
            print(found);
            return isSame(found) ? 0 : 2;
        }
        case "export":
            print(await exportClouds(request, report));
            return 0;
        case "smoke":
            print(await smoke(request, smokeTarget(), report));
            return 0;
        default:
            throw new PushError(request.controller.id, [
                `unknown operation "${operation ?? ""}": say apply, remove, plan, export or smoke`,
            ]);
    }
}

/** What the command resource printed the last time: the provider hands it on. */
function previousResult(): PushResult | undefined {
    const line = process.env.PULUMI_COMMAND_STDOUT;
    return line ? (JSON.parse(line) as PushResult) : undefined;
}

/** `smoke --template DESCRIPTION` or `smoke --label LABEL`, with `--seconds N` for the agent to come online. */
function smokeTarget(): SmokeTarget {
    const { values } = parseArgs({
        args: process.argv.slice(3),
        options: { template: { type: "string" }, label: { type: "string" }, seconds: { type: "string" } },
    });
    return { ...values, onlineSeconds: values.seconds === undefined ? undefined : Number(values.seconds) };
}

/** The text of a parse error quotes the input, which holds secrets: it is not shown. */
function parse(input: string): PushRequest {
    try {
        return readRequest(input);
    } catch {
        process.stderr.write("standard input is no push request\n");
        process.exit(1);
    }
}

void main().then((code) => {
    process.exitCode = code;
});
