import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const project = join(__dirname, "../../..");
let folder: string;

beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "preview-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `preview.sh prod --print`, with these answers in the place of `pulumi preview` and `npm run jenkins -- status`. */
function preview(text: string, status: string, code = 0) {
    const stub = (name: string, output: string, end: number) => {
        writeFileSync(join(folder, `${name}.out`), output);
        writeFileSync(join(folder, name), `#!/bin/sh\ncat "${folder}/${name}.out"\nexit ${end}\n`);
        chmodSync(join(folder, name), 0o755);
    };
    stub("pulumi", text, code);
    stub("npm", status, 0);
    const environment = { ...process.env, PATH: [folder, process.env.PATH].join(delimiter), TMPDIR: folder };
    return spawnSync("examples/ci/preview.sh", ["prod", "--print"], {
        cwd: project,
        env: environment,
        encoding: "utf8",
    });
}

const text =
    "Previewing update (prod):\n ~ command:local:Command a update\nResources:\n    ~ 1 to update\n    19 unchanged\n";
const edit = { controller: "team-a", cloud: "agents", id: "linux", path: ["labelString"], setting: { name: "labels" } };

describe("preview.sh --print", () => {
    it("begins with a summary, and tells edits in Jenkins from settings that are not deployed yet", () => {
        const { status, stdout } = preview(text, JSON.stringify({ changes: [edit], errors: [] }));
        expect(stdout.split("\n").slice(0, 9)).toEqual([
            "### Preview of prod",
            "",
            "**Resources:** 1 to update, 19 unchanged",
            "",
            "**Edits made in Jenkins since the last up:** 1",
            "- team-a: `linux.labels`",
            "",
            "What else the preview shows for Jenkins are settings that are not deployed yet.",
            "",
        ]);
        expect(stdout).toContain("```text\nPreviewing update (prod):");
        expect(status).toBe(0);
    });

    it("ends as the preview ends, and says so where nothing is deployed", () => {
        const { status, stdout } = preview("error: no\n", "", 255);
        expect(stdout).toContain("**The preview failed:**");
        expect(stdout).toContain("**Edits made in Jenkins:** not known");
        expect(status).toBe(255);
    });

    it("leaves nothing in the checkout", () => {
        const untracked = () => spawnSync("git", ["status", "--porcelain"], { cwd: project, encoding: "utf8" }).stdout;
        const before = untracked();
        preview(text, "");
        expect(untracked()).toBe(before);
    });
});
