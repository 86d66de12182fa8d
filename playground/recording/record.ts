// `node --import tsx playground/recording/record.ts` runs the demo and writes what it printed, when, to docs/demo.cast (for
// `asciinema play`), and that as a moving picture to docs/demo.svg. With `--picture` only the picture is made again.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { projectFolder } from "../world";
import { readCast, writeCast, type CastEvent } from "./cast";
import { picture } from "./picture";

const castFile = join(projectFolder, "docs", "demo.cast");
const command = ["npm", "run", "demo", "--", "--once"];

async function record(): Promise<CastEvent[]> {
    const start = performance.now();
    const events: CastEvent[] = [{ at: 0, line: `$ ${command.join(" ")}` }];
    const [program = "", ...rest] = command;
    const child = spawn(program, rest, { cwd: projectFolder, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) {
        createInterface(stream).on("line", (line) => {
            events.push({ at: (performance.now() - start) / 1000, line: withoutPlaces(line) });
        });
    }
    const code = await new Promise((resolve) => child.once("close", resolve));
    if (code !== 0)
        throw new Error(`The demo ended with ${String(code)}:\n${events.map(({ line }) => line).join("\n")}`);
    return events;
}

/** Folders of this machine are nobody's business. */
function withoutPlaces(line: string): string {
    return line.replaceAll(projectFolder, ".").replaceAll(homedir(), "~");
}

async function main(): Promise<void> {
    if (!process.argv.includes("--picture")) {
        const cast = { width: 118, height: 26, title: command.join(" "), events: await record() };
        writeFileSync(castFile, writeCast(cast));
    }
    writeFileSync(castFile.replace(/cast$/, "svg"), picture(readCast(readFileSync(castFile, "utf8"))));
}

void main();
