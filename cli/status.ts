import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { printable } from "../settings/printable";
import { commands } from "./declarations";
import { asJson } from "./reports/jsonReport";
import { askAll, readStack } from "./status/ask";
import { statusPage } from "./status/page";
import { statusOf } from "./status/compile";
import { statusText } from "./status/text";

/** What `status` ends with. */
export enum StatusExit {
    Whole = 0,
    Error = 1,
    /** Shown, with errors: a controller or a region that could not be asked, settings that could not be read. */
    Parts = 2,
}

/**
 * The stack's fleet as it is: on every controller what it is and has, and in EC2 the instances. As text, with `--json` as data,
 * with `--html` as a page in a file. What can't be asked is named, and spoils nothing else.
 */
export async function statusCommand(args: string[], stackArguments: string[]): Promise<StatusExit> {
    const { values } = parseArgs({ args, options: commands.status.options });
    const status = statusOf(await askAll(await readStack(stackArguments)));
    if (values.html !== undefined) writeFileSync(values.html, statusPage(status));
    process.stdout.write(values.json ? asJson(status) : printable(statusText(status)));
    return status.errors.length === 0 ? StatusExit.Whole : StatusExit.Parts;
}
