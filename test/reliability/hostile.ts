import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "../../playground/world";
import { groupBy } from "../../settings/collections";
import type { Campaign, Outcome } from "./campaign";

/** Tests that draw their cases, with their projects. */
const files = { unit: "test/unit/hostile", push: "test/push/hostile.test.ts", groovy: "test/groovy/hostile.test.ts" };

/** Of what a campaign asks for, 50 are the 10,000 cases of each `npm test`. */
const CASES_EACH = 200;

/** The part of Vitest's report (the form of Jest's) that is needed. */
interface Report {
    testResults: {
        name: string;
        assertionResults: { ancestorTitles: string[]; title: string; status: string; failureMessages: string[] }[];
    }[];
}

/** Hostile settings and hostile controllers: the tests of `npm test`, with as many cases as are asked for. */
export const hostile: Campaign = async ({ cases, seed, say }) => {
    const folder = mkdtempSync(join(tmpdir(), "hostile-"));
    try {
        const reportFile = join(folder, "report.json");
        const projects = Object.keys(files).flatMap((project) => ["--project", project]);
        await run(
            [
                "run",
                ...projects,
                ...Object.values(files),
                "--reporter=json",
                `--outputFile=${reportFile}`,
                "--testTimeout=3600000",
            ],
            { HOSTILE_CASES: String(cases * CASES_EACH), HOSTILE_SEED: String(seed) },
            say,
        );
        return outcomes(JSON.parse(readFileSync(reportFile, "utf8")) as Report, cases * CASES_EACH);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
};

function run(args: string[], environment: Record<string, string>, say: (line: string) => void): Promise<void> {
    const child = spawn(process.execPath, [join(projectFolder, "node_modules", "vitest", "vitest.mjs"), ...args], {
        cwd: projectFolder,
        env: { ...process.env, ...environment },
        stdio: ["ignore", "pipe", "inherit"],
    });
    child.stdout.setEncoding("utf8").on("data", (text: string) => text.trim().split("\n").forEach(say));
    // Its exit code says that a test failed, and so does the report.
    return new Promise((resolve, reject) => child.once("error", reject).once("close", () => resolve()));
}

/** One for each file of tests. */
function outcomes({ testResults }: Report, cases: number): Outcome[] {
    const all = testResults.flatMap(({ name, assertionResults }) =>
        assertionResults.map((result) => ({ ...result, file: name.slice(projectFolder.length + 1) })),
    );
    const groups = groupBy(all, ({ file }) => file);
    return [...groups].map(([file, results]) => {
        const failed = results.filter(({ status }) => status !== "passed");
        return {
            promise: "hostile input and controllers",
            how: `${file}, ${cases} drawn cases`,
            times: results.length,
            kept: results.length - failed.length,
            happened:
                failed.length === 0
                    ? "as promised"
                    : failed
                          .map(({ title, failureMessages: [first = ""] }) => `${title}: ${first.split("\n")[0]}`)
                          .join("; "),
        };
    });
}
