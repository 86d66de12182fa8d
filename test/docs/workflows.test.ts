import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { projectFolder } from "../../playground/world";

interface Job {
    if?: string;
    environment?: string;
    steps: { uses?: string; run?: string; env?: Record<string, string> }[];
}

interface Workflow {
    on: Record<string, unknown>;
    permissions?: Record<string, string>;
    jobs: Record<string, Job>;
}

const folder = join(projectFolder, ".github", "workflows");
const files = readdirSync(folder).map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));

describe.each(files)("$file", ({ text }) => {
    const { on, permissions, jobs } = parse(text) as Workflow;
    const steps = Object.values(jobs).flatMap((job) => job.steps);

    test("pins each action by its commit, with the version beside it", () => {
        const used = text.split("\n").filter((line) => line.includes("uses:"));
        expect(used).toHaveLength(steps.filter(({ uses }) => uses).length);
        for (const line of used) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+/);
    });

    test("mounts and runs files that are there", () => {
        const named = text.matchAll(/(?:\$PWD\/|--import tsx )([\w/-]+\.\w+)/g);
        for (const [, path] of named) expect(existsSync(join(projectFolder, path!)), path).toBe(true);
    });

    test("says its permissions, and may not write the repository", () => {
        expect(permissions).toMatchObject({ contents: "read" });
    });

    test("does nothing in a fork or a copy that has no AWS account", () => {
        for (const job of Object.values(jobs)) {
            const usesAws = job.steps.some(({ uses }) => uses?.startsWith("aws-actions/"));
            if (usesAws) expect(job.if).toMatch(/^vars\.AWS_\w+_ROLE != ''$/);
        }
        expect(Object.keys(jobs)).not.toHaveLength(0);
    });

    test("runs a pull request's code with secrets only behind an environment, where a reviewer can be asked for", () => {
        const gated = Object.values(jobs).filter((job) => JSON.stringify(job).includes("secrets."));
        for (const job of "pull_request" in on ? gated : []) expect(job.environment).toBeDefined();
        expect("pull_request_target" in on).toBe(false);
    });
});
