import { readFileSync } from "node:fs";
import { ExportedCloud, stackFileFromExport } from "./fromExport";

// `npx tsx settings/convert.ts < export.json` prints what an export of a controller (jenkins/push, `export`) holds as the
// text of a stack file.
const { controller, clouds } = JSON.parse(readFileSync(0, "utf8")) as { controller: string; clouds: ExportedCloud[] };
process.stdout.write(stackFileFromExport(clouds, [controller]));
