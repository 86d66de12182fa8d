import { html, Markup, type Content } from "./markup";
import { bar } from "./plots";
import { duration } from "./words";

/** A table that is a list of blocks on a phone, where each cell says what it is. */
export function table(
    heads: readonly string[],
    rows: readonly (readonly Content[])[],
    figures: readonly number[],
    name = "",
): Markup {
    const side = (column: number) => (figures.includes(column) ? "number" : "");
    return html`<table class="${name}">
        <thead>
            <tr>
                ${heads.map((head, column) => html`<th scope="col" class="${side(column)}">${head}</th>`)}
            </tr>
        </thead>
        <tbody>
            ${rows.map(
                (row) =>
                    html`<tr>
                        ${row.map((cell, column) => html`<td class="${side(column)}" data-head="${heads[column]}"><div>${cell}</div></td>`)}
                    </tr>`,
            )}
        </tbody>
    </table>`;
}

/** An age as a bar beside others, `most` being the oldest's. */
export const aged = (seconds: number, most: number) =>
    html`<span class="aged"
        >${bar(most === 0 ? 0 : seconds / most, duration(seconds))}<span>${duration(seconds)}</span></span
    >`;
