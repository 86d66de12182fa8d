import { createInterface } from "node:readline/promises";

/** Where a person is asked. */
export interface Terminal {
    input: NodeJS.ReadableStream;
    output: NodeJS.WritableStream;
}

/** Standard output is for what a command answers. */
const own: Terminal = { input: process.stdin, output: process.stderr };

/** Asks a person. Only `y` or `yes` is consent: a terminal that is closed is none. */
export async function consent(question: string, terminal: Terminal = own): Promise<boolean> {
    const asked = createInterface(terminal);
    const closed = new Promise<string>((resolve) => asked.once("close", () => resolve("")));
    try {
        const answer = await Promise.race([asked.question(`${question} [y/N] `), closed]);
        return /^y(es)?$/i.test(answer.trim());
    } finally {
        asked.close();
    }
}
