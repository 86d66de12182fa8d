// Shows what a pipeline has found where people see it, on GitHub or GitLab, from whichever CI:
//
//     node examples/ci/report.mjs comment TITLE FILE    on the pull or merge request that the pipeline is about
//     node examples/ci/report.mjs issue TITLE FILE      as an issue
//     node examples/ci/report.mjs print TITLE FILE      on standard output: needs no code host
//
// FILE is shown as it is. A further file, with Markdown, comes before it.
//
// An open comment or issue with the same title is updated in place of a second one. REPORT_TOKEN may do
// that. GitLab is CI_API_V4_URL, CI_PROJECT_ID and CI_MERGE_REQUEST_IID, which its jobs have by themselves; GitHub is GITHUB_API_URL and
// GITHUB_REPOSITORY, which its jobs have as well, and PULL_REQUEST.
import { readFileSync } from "node:fs";

/** GitHub takes 65,536 characters. */
const longest = 60_000;
const [what, title, file, summary] = process.argv.slice(2);
const heading = `### ${title}\n`;

/** A text as a block that nothing in it can end. */
function block(text) {
    const plain = text.trim() || "(no output)";
    const more = plain.length - longest;
    const shown = more > 0 ? `${plain.slice(0, longest)}\n… ${more} characters more` : plain;
    const fence = "`".repeat(Math.max(3, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length + 1)));
    const before = summary === undefined ? "" : `\n${readFileSync(summary, "utf8").trim()}\n`;
    return `${heading}${before}\n${fence}text\n${shown}\n${fence}\n`;
}

function environment(name) {
    const value = process.env[name];
    if (!value) throw new Error(`the environment has no ${name}`);
    return value;
}

/** For a comment or an issue: where all are and how to change one, what to send, and whether one that is there is ours. */
const gitlab = {
    root: () => `${environment("CI_API_V4_URL")}/projects/${encodeURIComponent(environment("CI_PROJECT_ID"))}`,
    headers: () => ({ "private-token": environment("REPORT_TOKEN") }),
    comment: () => {
        const notes = `/merge_requests/${environment("CI_MERGE_REQUEST_IID")}/notes`;
        return {
            all: notes,
            query: "?per_page=100",
            change: ({ id }) => ["PUT", `${notes}/${id}`],
            data: (body) => ({ body }),
        };
    },
    issue: () => ({
        all: "/issues",
        query: `?${new URLSearchParams({ state: "opened", in: "title", search: title })}`,
        change: ({ iid }) => ["PUT", `/issues/${iid}`],
        data: (description) => ({ title, description }),
    }),
};

const github = {
    root: () => `${environment("GITHUB_API_URL")}/repos/${environment("GITHUB_REPOSITORY")}`,
    headers: () => ({ authorization: `Bearer ${environment("REPORT_TOKEN")}`, accept: "application/vnd.github+json" }),
    comment: () => ({
        all: `/issues/${environment("PULL_REQUEST")}/comments`,
        query: "?per_page=100",
        change: ({ id }) => ["PATCH", `/issues/comments/${id}`],
        data: (body) => ({ body }),
    }),
    issue: () => ({
        all: "/issues",
        query: "?state=open&per_page=100",
        change: ({ number }) => ["PATCH", `/issues/${number}`],
        data: (body) => ({ title, body }),
    }),
};

const isSame = {
    comment: ({ body }) => body.startsWith(heading),
    issue: (issue) => issue.title === title && !issue.pull_request,
};

async function main() {
    if (!(what === "print" || what in isSame) || !title || !file) {
        throw new Error("node examples/ci/report.mjs comment|issue|print TITLE FILE [SUMMARY]");
    }
    const body = block(readFileSync(file, "utf8"));
    if (what === "print") return process.stdout.write(body);
    const service = process.env.CI_API_V4_URL ? gitlab : github;
    const [root, headers] = [service.root(), service.headers()];
    const { all, query, change, data } = service[what]();
    const ask = async (method, path, sent) => {
        const request = {
            method,
            headers: { ...headers, "content-type": "application/json" },
            body: JSON.stringify(sent),
        };
        const answer = await fetch(`${root}${path}`, request);
        if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}`);
        return answer.json();
    };
    const before = (await ask("GET", all + query)).find(isSame[what]);
    await ask(...(before ? change(before) : ["POST", all]), data(body));
}

main().catch((error) => {
    console.error(`examples/ci/report.mjs: ${error.message}`);
    process.exitCode = 1;
});
