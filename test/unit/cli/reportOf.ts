import Ajv from "ajv";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { reports } from "../../../cli/reports";

const schema = JSON.parse(
    readFileSync(join(__dirname, "../../../docs/schemas/commands.schema.json"), "utf8"),
) as object;
const ajv = new Ajv({ strict: false }).addSchema(schema, "commands");

/** What a command printed with `--json`, as data. Throws where docs/schemas/commands.schema.json does not have it so. */
export function reportOf(name: keyof typeof reports, stdout: string): any {
    const report: unknown = JSON.parse(stdout);
    const follows = ajv.getSchema(`commands#/definitions/${name}`)!;
    if (!follows(report)) throw new Error(`${name} --json: ${ajv.errorsText(follows.errors)}\n${stdout}`);
    return report;
}
