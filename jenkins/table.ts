/**
 * Rows of cells as lines of text, with the columns aligned. The last cell of a row may be wider than its column in other rows.
 *
 * @param rows each with the same number of cells
 * @param indent what each line begins with
 */
export function table(rows: readonly (readonly string[])[], indent = ""): string[] {
    const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
    return rows.map((row) => {
        const cells = row.map((cell, column) => cell.padEnd(widths[column]!));
        return `${indent}${cells.join("  ")}`.trimEnd();
    });
}
