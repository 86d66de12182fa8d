import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scopedStatements, type ScopedStatement } from "../../../iam/scopedPolicy";

const page = join(__dirname, "../../../docs/permissions.md");

/** What limits a statement, by the keys of its conditions with a stack that needs everything but spot. */
function limits(statement: ScopedStatement): string {
    const needs = {
        owner: "p/s",
        regions: [],
        spot: false,
        stop: true,
        console: true,
        password: true,
        passedRoles: [],
    };
    const keys = Object.values(statement.condition?.(needs) ?? {}).flatMap((values) => Object.keys(values));
    return [...(statement.everywhere ? [] : ["aws:RequestedRegion"]), ...keys].map((key) => `\`${key}\``).join(", ");
}

function table(): string {
    const rows = scopedStatements.map((statement) =>
        [
            `\`${statement.sid}\``,
            statement.actions.map((action) => `\`${action}\``).join(", "),
            statement.when,
            statement.reason,
            limits(statement) || "none",
        ].join(" | "),
    );
    return ["Statement | Actions | When | Why | Conditions", "--- | --- | --- | --- | ---", ...rows]
        .map((row) => `| ${row} |`)
        .join("\n");
}

it("docs/permissions.md lists the statements as they are (npx vitest run test/unit/iam -u brings it up to date)", async () => {
    const written = readFileSync(page, "utf8");
    const [before, after] = [written.indexOf("<!-- statements -->"), written.indexOf("<!-- /statements -->")];
    expect(before).toBeGreaterThan(0);
    const current = `${written.slice(0, before)}<!-- statements -->\n\n${table()}\n\n${written.slice(after)}`;
    await expect(current).toMatchFileSnapshot(page);
});
