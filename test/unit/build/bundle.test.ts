import { spawn } from "node:child_process";
import {
    cpSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    statSync,
    symlinkSync,
    utimesSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const project = join(__dirname, "..", "..", "..");

/** A small project with the same way in: what it prints tells which source ran. */
let clone: string;
const source = (name: string) => join(clone, "jenkins", "push", name);
const bundle = () => join(clone, ".bundle", "push.cjs");
const madeAt = () => statSync(bundle()).mtimeMs;
/** A source of the past, as a checkout has: one that is written while the file is made counts as unknown. */
function write(name: string, content: string, secondsAgo: number) {
    writeFileSync(source(name), content);
    const time = Date.now() / 1000 - secondsAgo;
    utimesSync(source(name), time, time);
}

beforeEach(() => {
    clone = mkdtempSync(join(tmpdir(), "bundle-"));
    cpSync(join(project, "build"), join(clone, "build"), { recursive: true });
    cpSync(join(project, "package.json"), join(clone, "package.json"));
    symlinkSync(join(project, "node_modules"), join(clone, "node_modules"));
    mkdirSync(join(clone, "jenkins", "push"), { recursive: true });
    write("main.ts", 'import { said } from "./said"; console.log(said, process.argv[2]);', 60);
    write("said.ts", 'export const said: string = "first";', 60);
});

afterEach(() => rmSync(clone, { recursive: true }));

/** Runs the text of the command resource, in a folder. */
async function push(folder = clone) {
    const child = spawn(process.execPath, ["-e", "require('jenkins-ec2-agents/push')", "apply"], { cwd: folder });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { output: output.trim(), errors, code: await ended };
}

describe("what runs in production", () => {
    it("is one file, made at the first start and then used as it is", async () => {
        expect((await push()).output).toBe("first apply");
        const made = madeAt();
        expect((await push()).output).toBe("first apply");
        expect(madeAt()).toBe(made);
    });

    it("is made anew after a change of a source, be the source newer or older than the file", async () => {
        await push();
        write("said.ts", 'export const said: string = "newer";', 0);
        expect((await push()).output).toBe("newer apply");
        write("said.ts", 'export const said: string = "older, as after a checkout";', 3600);
        expect((await push()).output).toBe("older, as after a checkout apply");
    });

    it("is not made anew where a source has another time only, as in a package that was unpacked", async () => {
        await push();
        const made = madeAt();
        write("said.ts", readFileSync(source("said.ts"), "utf8"), 3600);
        expect((await push()).output).toBe("first apply");
        expect(madeAt()).toBe(made);
    });

    it("is right for all of many that start at once", async () => {
        await push();
        write("said.ts", 'export const said: string = "second";', 30);
        const all = await Promise.all(Array.from({ length: 12 }, () => push()));
        expect(all).toEqual(all.map(() => ({ output: "second apply", errors: "", code: 0 })));
    });

    it("is the sources themselves where no file can be made", async () => {
        writeFileSync(join(clone, ".bundle"), "in the way, as a disk that can't be written to");
        const { output, errors } = await push();
        expect(output).toBe("first apply");
        expect(errors).toMatch(/^the sources are run as they are, which is slower: .*\.bundle/);
    });

    it("ends with what is wrong with a source that can't be translated", async () => {
        write("said.ts", "export const = 1;", 60);
        const { code, errors } = await push();
        expect(code).toBe(1);
        expect(errors).toContain("jenkins/push/said.ts:1:13: ERROR");
    });

    it("is found by its name where the program is a package of another project", async () => {
        const consumer = mkdtempSync(join(tmpdir(), "consumer-"));
        mkdirSync(join(consumer, "node_modules"));
        symlinkSync(clone, join(consumer, "node_modules", "jenkins-ec2-agents"));
        expect((await push(consumer)).output).toBe("first apply");
    });
});
