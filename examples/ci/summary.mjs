// The summary of a preview as Markdown: node examples/ci/summary.mjs FOLDER, with preview.txt of `pulumi preview` and status.json of
// `npm run -s jenkins -- status --json`. The status compares Jenkins with the last `up`, so what it finds are edits made in Jenkins.
// Whatever else the preview shows for Jenkins are settings that are not deployed yet.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** More edits than this are only counted. */
const shown = 10;
const [folder] = process.argv.slice(2);
const preview = readFileSync(join(folder, "preview.txt"), "utf8");
const status = readFileSync(join(folder, "status.json"), "utf8").trim();

/** What Pulumi counts at the end: `~ 1 to update`, `19 unchanged`. */
function resources() {
    const [, counts] = /\nResources:\n((?:\s+.*\n?)*)/.exec(preview) ?? [];
    if (counts === undefined) return "**The preview failed:** see its errors below.";
    const lines = counts.split("\n").filter((line) => /\d/.test(line));
    return `**Resources:** ${lines.map((line) => line.replace(/^[\s+~-]+/, "").trim()).join(", ")}`;
}

function edits() {
    if (status === "") return "**Edits made in Jenkins:** not known; nothing is deployed, or the state cannot be read.";
    const { changes, errors } = JSON.parse(status);
    const names = changes.map(({ controller, cloud, id, path, setting }) => {
        const name = [id || cloud, setting?.name ?? path.join(".")].filter((part) => part !== "").join(".");
        return `- ${controller}: \`${name}\``;
    });
    const more = names.length > shown ? [`- and ${names.length - shown} more`] : [];
    const unknown = errors.length === 0 ? "" : ` (${errors.length} problems: \`npm run -s jenkins -- status\`)`;
    const count = names.length === 0 ? "none" : names.length;
    return [`**Edits made in Jenkins since the last up:** ${count}${unknown}`, ...names.slice(0, shown), ...more].join(
        "\n",
    );
}

const rest = "What else the preview shows for Jenkins are settings that are not deployed yet.";
process.stdout.write(`${[resources(), edits(), rest].join("\n\n")}\n`);
