import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newestRelease, releases as known } from "../../../settings/plugin/releases";
import { smallStack } from "../settings/support";
import { command } from "./command";
import { reportOf } from "./reportOf";

const project = join(__dirname, "../../..");
const secret = "token-of-team-a";
let folder: string;

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "advise-"));
    // In the place of the engine: answers the two questions, and notes what it was asked.
    writeFileSync(
        join(folder, "pulumi"),
        '#!/bin/sh\necho "$@" >> "$FOLDER/asked"\ncase "$1" in stack) echo small ;; config) cat "$FOLDER/config.json" ;; *) exit 9 ;; esac\n',
    );
    chmodSync(join(folder, "pulumi"), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `npm run -s jenkins -- advise` for the small stack after a change. */
async function advise(change: (raw: any) => void, ...args: string[]) {
    const raw = smallStack();
    change(raw);
    const entries = Object.entries(raw).map(([key, value]) => [
        `jenkins-ec2-agents:${key}`,
        { value: typeof value === "string" ? value : JSON.stringify(value), secret: key === "secrets" },
    ]);
    const config = { "aws:region": { value: "eu-central-1", secret: false }, ...Object.fromEntries(entries) };
    writeFileSync(join(folder, "config.json"), JSON.stringify(config));
    writeFileSync(join(folder, "asked"), "");
    return command(["advise", ...args], project, {
        FOLDER: folder,
        PATH: [folder, process.env.PATH].join(delimiter),
    });
}

const newest = newestRelease.version;

describe("npm run jenkins -- advise", () => {
    it("prints every release with what the settings meet there, and ends with 0 where the one in use suits best", async () => {
        const { code, stdout } = await advise(() => undefined, "--all");
        expect(stdout.split("\n")[0]).toBe(`controllers.team-a.plugin.version: ${newest} suits`);
        expect(stdout).toMatch(/\n2059\.v05f9d511d7e5 +warnings: cap-race, hostkey-fail-open\n/);
        expect(stdout).toMatch(
            /\n2053\.v86eb_364849fc +errors: offline-idle-kept; warnings: cap-race, hostkey-fail-open\n/,
        );
        expect(stdout).toMatch(/\n2\.0\.7 +warnings: minimum-check-overlaunch\n/);
        expect(stdout).toContain(`\nbest: ${newest} `);
        expect(stdout).toContain(
            "  warning hostkey-fail-open: clouds.agents.templates.linux: a host key that arrives early",
        );
        expect(stdout).not.toContain(secret);
        expect(code).toBe(0);
    });

    it("lists the other releases only with --all", async () => {
        const { stdout } = await advise(() => undefined);
        expect(stdout).not.toMatch(/^2053/m);
        expect(stdout).toMatch(/\n\d+ releases are known: --all lists them\.\n$/);
    });

    it("ends with 2 where another release suits better", async () => {
        const { code, stdout } = await advise(
            (raw) => (raw.controllers["team-a"].plugin = { version: "2045.v06da_da_a_46422" }),
        );
        expect(stdout).toContain(`2045.v06da_da_a_46422 suits less than ${newest}`);
        expect(code).toBe(2);
    });

    it("says what a release lacks of the settings, and counts what is silenced for nothing", async () => {
        const { stdout } = await advise((raw) => {
            raw.clouds.agents.templates.linux.reuseOrphans = false;
            raw.silence = ["hostkey-fail-open"];
        }, "--all");
        expect(stdout).toMatch(/\n1917\.v6f3dd5711d3b_ +lacks: reuseOrphans; warnings: /);
        expect(stdout).toMatch(/\n2059\.v05f9d511d7e5 +warnings: cap-race; silenced: hostkey-fail-open\n/);
    });

    it("prints with --json the same as data", async () => {
        const { code, stdout } = await advise(() => undefined, "--json");
        const { best, controllers, releases, changes, errors, warnings } = reportOf("advise", stdout);
        expect([changes, errors]).toEqual([[], []]);
        expect(warnings.map(({ code }: { code: string }) => code)).toEqual(["hostkey-fail-open"]);
        expect(best).toBe(newest);
        expect(controllers).toEqual([{ id: "team-a", version: newest }]);
        expect(releases).toHaveLength(known.length);
        expect(releases[0]).toMatchObject({
            version: newest,
            lacks: [],
            faults: [
                {
                    code: "hostkey-fail-open",
                    severity: "warning",
                    silenced: false,
                    path: "clouds.agents.templates.linux",
                },
            ],
        });
        expect(code).toBe(0);
    });

    it("has with --json the change to a release that suits better, and what is wrong with the one in use", async () => {
        const { stdout } = await advise((raw) => {
            raw.controllers["team-a"].plugin = { version: "2053.v86eb_364849fc", minimum: "1648.vf3d852e00486" };
            raw.clouds.agents.templates.linux.metadata = { supported: true };
        }, "--json");
        const { changes, errors, summary } = reportOf("advise", stdout);
        expect(changes).toEqual([
            {
                controller: "team-a",
                path: "controllers.team-a.plugin.version",
                before: "2053.v86eb_364849fc",
                after: newest,
            },
        ]);
        expect(errors).toMatchObject([{ code: "offline-idle-kept", path: "clouds.agents.templates.linux" }]);
        expect(summary).toEqual({ best: newest, controllers: 1, worse: 1 });
    });

    it("ends with 1 for a mistake in the settings, and names it", async () => {
        const { code, stdout, stderr } = await advise((raw) => (raw.clouds.agents.templates.linux.executors = 0));
        expect(stderr).toContain("clouds.agents.templates.linux.executors");
        expect(stdout).toBe("");
        expect(code).toBe(1);
    });

    it("reads the configuration of the stack that is named, and asks for nothing else", async () => {
        await advise(() => undefined, "--", "--stack", "prod", "--config-file", "prod.yaml");
        expect(readFileSync(join(folder, "asked"), "utf8").trim().split("\n")).toEqual([
            "stack --show-name --non-interactive --stack prod",
            "config --json --show-secrets --non-interactive --stack prod --config-file prod.yaml",
        ]);
    });
});
