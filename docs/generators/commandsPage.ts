import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commands, type Declaration } from "../../cli/declarations";

const page = join(__dirname, "..", "commands.md");
const [begin, end] = ["<!-- commands -->", "<!-- /commands -->"];

/** docs/commands.md with the table of commands made anew; the rest of the page is written by hand. */
export function commandsPage(): string {
    const written = readFileSync(page, "utf8");
    const [before, after] = [written.indexOf(begin), written.indexOf(end)];
    if (before === -1 || after === -1) throw new Error(`${page} needs the lines ${begin} and ${end}.`);
    return `${written.slice(0, before)}${begin}\n\n${table()}\n\n${written.slice(after)}`;
}

function table(): string {
    const rows = Object.entries(commands as Record<string, Declaration>).map(
        ([name, { does, options, exits }]) =>
            `| \`${[name, ...Object.entries(options).map(usage)].join(" ")}\` | ${does.replaceAll(" ec2 ", " `ec2` ")}<br>Ends with ${endings(exits)}. |`,
    );
    return ["| Command and options | What it does, and its exit codes |", "| --- | --- |", ...rows].join("\n");
}

function usage([name, { type, value }]: [string, Declaration["options"][string]]): string {
    return type === "boolean" ? `[--${name}]` : `[--${name} ${value ?? "VALUE"}]`;
}

function endings(exits: Declaration["exits"]): string {
    return Object.entries(exits)
        .map(([code, meaning]) => `**${code}**: ${meaning}`)
        .join(", ");
}
