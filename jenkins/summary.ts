import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "./cloud";
import { settled } from "./known";
import type { PlannedPush } from "./requests";

/** Once every push has ended, says how each went, as a table. One push needs none: its own line is enough. */
export function summarize(pushes: PlannedPush[], clouds: Cloud[]): void {
    if (pulumi.runtime.isDryRun() || pushes.length < 2) return;
    void Promise.allSettled(clouds.map(({ result }) => settled(result))).then((results) => {
        const rows = pushes.map(({ controller, cloud }, index) => {
            const result = results[index]!;
            const value = result.status === "fulfilled" ? result.value : undefined;
            return value
                ? [controller.id, cloud.name, "in place", `${value.templates.length} templates`, `ec2 ${value.plugin}`]
                : [controller.id, cloud.name, "FAILED", "the error says why", "the next up tries again"];
        });
        return pulumi.log.info(table([["controller", "cloud", "result", "", ""], ...rows]));
    });
}

function table(rows: string[][]): string {
    const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
    return rows
        .map((row) =>
            row
                .map((cell, column) => cell.padEnd(widths[column]!))
                .join("  ")
                .trimEnd(),
        )
        .join("\n");
}
