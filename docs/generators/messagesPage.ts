import type { Fault } from "../../settings/plugin/fault";
import { faults } from "../../settings/plugin/table";
import type { Message } from "../../settings/problem";
import { messages } from "../../settings/messages";
import { pushMessages } from "../../settings/messages/pushMessages";
import { errors, warnings } from "../../settings/messages/settingsMessages";
import { range } from "./compatibilityPage";

const introduction = `# Messages

This page is made from the registry \`settings/messages/\` by \`npx tsx docs/generators/main.ts\`; a test fails when it is
out of date. Each error and each warning ends with the address of its section here. Not what you look for? [Troubleshooting](troubleshooting.md) begins with what
you see. Exit codes: [commands](commands.md).`;

const wrong = `## Settings are wrong

\`N settings are wrong; nothing has been changed.\` The program ends before it makes or changes anything. Each problem has the setting's whole path, with file, line
and column where they are known, its value, what is allowed, \`fix:\` and its section below. All are listed at once, up to 200. \`npm run -s jenkins -- validate
--stack NAME\` finds what can be found without AWS and Jenkins.`;

const removal = `### Removal failed

A removal that cannot reach its controller fails, so that no cloud is forgotten. With a revoked token: set a new one, \`pulumi up\`, and then remove. A controller that is gone for good:
\`pulumi state delete URN\`, where \`pulumi stack --show-urns\` lists the URN of its command.`;

/** docs/messages.md: everything that a user can be told, each under the anchor that the message ends with. */
export function messagesPage(): string {
    return `${[
        introduction,
        wrong,
        ...sections(errors),
        "## Warnings\n\nSomething is allowed and probably not meant. It is deployed. `silence` takes the code of a warning that you accept: `jenkins-ec2-agents:silence: [no-cap]`.",
        ...sections(warnings),
        "## Faults of the plugin\n\nWhat the installed release of the `ec2` plugin does wrong with the stack's settings. As a table by release: [compatibility](compatibility.md).",
        ...faults.map(fault),
        "## Failures of a push\n\nThe controller is as it was before, unless the message tells otherwise. Another `pulumi up` does what is left.",
        ...sections(pushMessages),
        removal,
    ].join("\n\n")}\n`;
}

const sections = (part: Record<string, Message>) =>
    Object.entries(part).map(([code, message]) => section(code, message));

function section(code: string, { happens, remedy }: Message): string {
    return `### \`${code}\`\n\n${happens}\n\n**What to do:** ${remedy}`;
}

function fault(each: Fault): string {
    const { happens, remedy } = messages[each.id]!;
    const severity = {
        error: "An error",
        "error-without-cap": "An error without a cap, else a warning",
        warning: "A warning",
        note: "In the documentation only",
    }[each.severity];
    const more = each.link === undefined ? "" : ` ([more](${each.link}))`;
    return section(each.id, {
        ...messages[each.id]!,
        happens: `${severity}; releases: ${range(each)}. ${happens}${more}`,
        remedy,
    });
}
