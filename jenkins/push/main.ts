import { apply } from "./apply";
import { PushError } from "./errors";
import { textOf } from "./http";
import { withinLineLimit, type Report } from "./logLine";
import { remove } from "./remove";
import type { PushRequest, PushResult } from "./request";
import { readRequest } from "./requestText";
import { printable } from "../../settings/printable";

/**
 * The program that the Pulumi command resource runs: `main.ts apply|remove`, with a {@link PushRequest} on standard input, as
 * requestText.ts writes it. Standard output is one line of JSON. Progress and errors go to standard error. Neither holds a secret.
 * The exit code is 0, or 1 after an error.
 */
async function main(): Promise<number> {
    const parent = process.ppid;
    // Ctrl-C ends only the shell of the command resource. A process whose parent has ended gets another parent.
    const parentEnded = () => process.ppid !== parent;
    const report: Report = (line) => process.stderr.write(`${withinLineLimit(line)}\n`);
    try {
        const request = parse(await textOf(process.stdin));
        const result = await run(process.argv[2], request, report, parentEnded);
        // In JSON a character and its escape mean the same.
        process.stdout.write(`${printable(JSON.stringify(result))}\n`);
        return 0;
    } catch (error) {
        report(
            error instanceof PushError
                ? `${error.message}\n  see docs/messages.md#${error.code}`
                : `unexpected: ${(error as Error)?.stack ?? String(error)}`,
        );
        return 1;
    }
}

async function run(
    operation: string | undefined,
    request: PushRequest,
    report: Report,
    parentEnded: () => boolean,
): Promise<object> {
    switch (operation) {
        case "apply":
            return apply(request, report, { parentEnded, previous: previousResult() });
        case "remove":
            await remove(request, report);
            return { controller: request.controller.id, cloud: request.cloud.name, removed: true };
        default:
            throw new PushError("unexpected", request.controller.id, [
                `unknown operation "${printable(operation ?? "")}": the operations are apply and remove`,
            ]);
    }
}

/** What the command resource printed the last time: the provider hands it on. */
function previousResult(): PushResult | undefined {
    const line = process.env.PULUMI_COMMAND_STDOUT;
    return line ? (JSON.parse(line) as PushResult) : undefined;
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
