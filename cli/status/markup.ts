import { printable } from "../../settings/printable";

/** Text that is HTML already. */
export class Markup {
    constructor(readonly text: string) {}
}

export type Content = string | number | Markup | undefined | readonly Content[];

/** HTML of a template: what is filled in is text, whatever it holds, unless it is {@link Markup}. */
export function html(parts: TemplateStringsArray, ...values: Content[]): Markup {
    return new Markup(parts.reduce((all, part, index) => all + plain(values[index - 1]) + part));
}

/** A link; an address that a browser would not open as a page is text. */
export function link(address: string, text: Content): Markup {
    return /^https?:\/\//i.test(address)
        ? html`<a href="${address}" rel="noreferrer">${text}</a>`
        : html`<span>${text}</span>`;
}

/** A table that is a list of blocks on a phone, where each cell has its head. */
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

function plain(content: Content): string {
    if (content === undefined) return "";
    if (content instanceof Markup) return content.text;
    if (Array.isArray(content)) return content.map(plain).join("");
    return printable(String(content)).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
