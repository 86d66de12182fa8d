import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { commands } from "../../../cli/declarations";
import { command } from "./command";

const run = (args: string[], environment = {}) =>
    command(args, tmpdir(), { npm_lifecycle_event: "test", ...environment });

describe("help", () => {
    it.each(["--help", "-h"])("%s says every command, on standard output", async (flag) => {
        const { code, stdout, stderr } = await run([flag]);
        for (const name of Object.keys(commands)) expect(stdout).toContain(`\n  ${name} `);
        expect(stderr).toBe("");
        expect(code).toBe(0);
    });

    it.each(Object.entries(commands))("of %s has its options and exit codes", async (name, { options, exits }) => {
        const { code, stdout, stderr } = await run([name, "--help"]);
        expect(stdout).toMatch(new RegExp(`^Usage: npx jenkins-ec2-agents ${name} `));
        for (const option of Object.keys(options)) expect(stdout).toMatch(new RegExp(`^  --${option} `, "m"));
        for (const [exit, does] of Object.entries(exits)) expect(stdout).toContain(`\n  ${exit}  ${does}\n`);
        expect(stderr).toBe("");
        expect(code).toBe(0);
    });

    it("ends as usual where nobody reads the output any more", async () => {
        const { code, stderr } = await command(["--help"], tmpdir(), {}, false);
        expect([code, stderr]).toEqual([0, ""]);
    });

    it("groups the commands by when one needs them", async () => {
        const { stdout } = await run(["--help"]);
        expect(stdout.match(/^\S.*:$/gm)).toEqual([
            "Before a change:",
            "When something is wrong:",
            "How it is going:",
            "Now and then:",
            "From static agents:",
        ]);
    });

    it("wins over other options, also wrong ones", async () => {
        const { code, stdout } = await run(["plan", "--jsn", "-h"]);
        expect(stdout).toContain("Usage: ");
        expect(code).toBe(0);
    });

    it("names the commands as they were called: by npm run, in a clone", async () => {
        const { stdout } = await run(["plan", "-h"], { npm_lifecycle_event: "jenkins" });
        expect(stdout).toContain("Usage: npm run -s jenkins -- plan [--json] [--stack NAME]\n");
    });

    it.each([
        [["plans"], "Unknown command 'plans'."],
        [[], "Unknown command ''."],
        [["plan", "--jsn"], "'--jsn'"],
        [["validate", "prod"], "'prod'"],
        [["smoke", "--label"], "--label"],
    ])("what is not there ends with 1 and the usage on standard error: %j", async (args, message) => {
        const { code, stdout, stderr } = await run(args);
        expect(stderr).toContain(message);
        expect(stderr).toContain(`${args.length > 1 ? args[0] : "plan"} [--`);
        expect(stdout).toBe("");
        expect(code).toBe(1);
    });
});
