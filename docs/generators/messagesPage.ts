import type { Fault } from "../../settings/plugin/fault";
import { faults } from "../../settings/plugin/table";
import type { Message } from "../../settings/problem";
import { messages } from "../../settings/messages";
import { pushMessages } from "../../settings/messages/pushMessages";
import { errors, warnings } from "../../settings/messages/settingsMessages";
import { range } from "./compatibilityPage";

const introduction = `# Messages

Each error and each warning links to its section here. [Troubleshooting](troubleshooting.md) begins with what you see.

Generated from \`settings/messages/\` by \`npx tsx docs/generators/main.ts\`.`;

const wrong = `## Settings are wrong

\`N settings are wrong; nothing has been changed.\` The program lists all problems at once, up to 200.`;

const removal = `### Removal failed

A removal that cannot reach its controller fails, so that no cloud is forgotten. With a revoked token: set a new one, run \`up\`, and then remove. A controller that is gone for good:
\`pulumi state delete URN\`, where \`pulumi stack --show-urns\` lists the URN of its command.`;

/** docs/messages.md: everything that a user can be told, each under the anchor that the message ends with. */
export function messagesPage(): string {
    return `${[
        introduction,
        wrong,
        ...sections(errors),
        "## Warnings\n\nA warning does not stop `up`. To hide one, add its code to `silence`: `jenkins-ec2-agents:silence: [no-cap]`.",
        ...sections(warnings),
        "## Faults of the plugin\n\nBy release: [compatibility](compatibility.md).",
        ...faults.map(fault),
        "## Failures of a push\n\nThe controller is as it was before, unless the message tells otherwise.",
        ...sections(pushMessages),
        removal,
    ].join("\n\n")}\n`;
}

const sections = (part: Record<string, Message>) =>
    Object.entries(part).map(([code, message]) => section(code, message));

function section(code: string, { happens, remedy }: Message): string {
    return `### \`${code}\`\n\n${happens}\n\n**Fix:** ${remedy}`;
}

function fault(each: Fault): string {
    const { happens, remedy } = messages[each.id]!;
    const severity = {
        error: "Error",
        "error-without-cap": "Error without a cap",
        warning: "Warning",
        note: "Note",
    }[each.severity];
    const more = each.link === undefined ? "" : ` ([more](${each.link}))`;
    return section(each.id, {
        ...messages[each.id]!,
        happens: `${severity}; ${range(each)}. ${happens}${more}`,
        remedy,
    });
}
