import { visible } from "../../settings/visible";

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

function plain(content: Content): string {
    if (content === undefined) return "";
    if (content instanceof Markup) return content.text;
    if (Array.isArray(content)) return content.map(plain).join("");
    return visible(String(content)).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
