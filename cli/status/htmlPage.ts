import { html, Markup } from "./markup";
import { style } from "./style";

/** A whole page that loads nothing: for a browser, a phone, or paper. */
export function htmlPage(title: string, body: Markup): string {
    const page = html`<html lang="en">
        <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta
                http-equiv="Content-Security-Policy"
                content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
            />
            <meta name="color-scheme" content="light dark" />
            <link rel="icon" href="data:," />
            <title>${title}</title>
            <style>
                ${new Markup(style)}
            </style>
        </head>
        <body>
            ${body}
        </body>
    </html>`;
    return `<!doctype html>\n${page.text}\n`;
}
