/**
 * Text that came from a controller, fit for a terminal: what would move its cursor, change its colours, or turn the direction of
 * writing, as code points. Ends of lines and tabs stay.
 */
export function printable(text: string): string {
    return text.replace(
        // eslint-disable-next-line no-control-regex -- they are what is looked for
        /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

/** One thing, or several: `1 agent`, `2 agents`. */
export const many = (count: number, one: string, more = `${one}s`) => `${count} ${count === 1 ? one : more}`;
