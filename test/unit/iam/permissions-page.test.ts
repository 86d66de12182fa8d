import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scopedStatements, type ScopedStatement } from "../../../iam/scopedPolicy";
import { foreignTable, pluginTable } from "./evaluator/tables";

const page = join(__dirname, "../../../docs/permissions.md");

/** What limits a statement, by the keys of its conditions. */
function limits({ condition }: ScopedStatement): string {
    const nothing = {
        owner: "p/s",
        regions: [],
        spotWithPrice: false,
        passedRoles: [],
        former: { owners: [], jenkinsUrls: [], spotWithPrice: false },
    };
    const keys = Object.values(condition?.(nothing) ?? {}).flatMap((values) => Object.keys(values));
    return [...new Set(keys)].map((key) => `\`${key}\``).join(", ");
}

function statementTable(): string {
    const rows = scopedStatements.map((statement) => {
        const conditions = limits(statement);
        return [
            `\`${statement.sid}\`${statement.when === "always" ? "" : `, if ${statement.when}`}`,
            `${statement.reason} ${statement.actions.map((action) => `\`${action}\``).join(", ")}${conditions === "" ? "" : `. Condition: ${conditions}`}`,
        ].join(" | ");
    });
    return ["Statement | What for, and which actions", "--- | ---", ...rows].map((row) => `| ${row} |`).join("\n");
}

/** A page with what stands between the marks of a block replaced. */
function withBlock(written: string, block: string, current: string): string {
    const [begin, end] = [`<!-- ${block} -->`, `<!-- /${block} -->`];
    const [before, after] = [written.indexOf(begin), written.indexOf(end)];
    expect(before, begin).toBeGreaterThan(0);
    return `${written.slice(0, before)}${begin}\n\n${current}\n\n${written.slice(after)}`;
}

it("docs/permissions.md says what the policies are and what they allow (npx vitest run --project unit test/unit/iam -u brings it up to date)", async () => {
    const blocks = { statements: statementTable(), requests: await pluginTable(), others: await foreignTable() };
    const current = Object.entries(blocks).reduce(
        (written, [block, table]) => withBlock(written, block, table),
        readFileSync(page, "utf8"),
    );
    await expect(current).toMatchFileSnapshot(page);
});
