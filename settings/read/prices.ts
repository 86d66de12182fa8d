import { SettingsContext } from "./context";
import { Findings } from "./findings";
import shipped from "../prices.json";
import { priceTable, type PriceTable } from "../schema/priceTable";
import { shippedPrices } from "../schema/stack";

/** The price table that the stack names; the one that comes with the program if it names no other. */
export function readPrices(file: string, context: SettingsContext, findings: Findings): PriceTable {
    if (file === shippedPrices) return shipped;
    const path = ["prices"];
    const text = context.readFile(file);
    if (text === undefined) {
        findings.problem("unreadable-file", path, "no such file; paths are relative to the folder of Pulumi.yaml");
        return shipped;
    }
    const table = priceTable.safeParse(parsed(text));
    if (table.success) return table.data;
    const [issue] = table.error.issues;
    const place = issue === undefined || issue.path.length === 0 ? "the file" : issue.path.join(".");
    findings.problem(
        "unreadable-file",
        path,
        `is not a price table (${place}: ${issue?.message ?? "not JSON"}); settings/prices.json has the form`,
    );
    return shipped;
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return undefined;
    }
}
