import { commands, type Declaration } from "../../cli/declarations";
import { explanations } from "../../jenkins/push/explanations";
import type { Fault } from "../../settings/plugin/fault";
import { faults } from "../../settings/plugin/table";
import { warningNames } from "../../settings/checks/warnings";
import { range } from "./compatibilityPage";

const introduction = `# Messages

This page is made from \`settings/checks/warnings.ts\`, \`settings/faults\`, \`jenkins/push/explanations.ts\` and \`cli/declarations.ts\` by
\`npx tsx docs/generators/main.ts\`; a test fails when it is out of date. A warning, a fault of the plugin and a failure of a push end with the address of their
section here. Not what you look for? [Troubleshooting](troubleshooting.md) begins with what you see.`;

const settings = `## Settings are wrong

\`N settings are wrong; nothing has been changed.\` Each problem has the setting's whole path, with file, line and column where they are known, its value, what is
allowed, and \`fix:\`. All are listed at once, up to 200. Every setting by its path: [settings](settings.md). \`npm run -s jenkins -- validate --stack NAME\` finds the
same without AWS and Jenkins.`;

const tooLarge = `## Change too large

\`This change is larger than the settings allow.\` More controllers, clouds or templates would go or change than \`safety\` allows, so Jenkins was not touched. If the change is meant, allow its size by the command that the message
says; else look what was removed from the settings by mistake, a fleet file that is not found say. [Settings](settings.md#stack).`;

const notThere = `## Settings ask for what is not there

\`N settings ask for what can't be had; nothing has been changed.\` The form of the settings is right, and AWS has no such VPC, subnet, security group, image, instance type or instance
profile in the cloud's region and the deployer's account. Near names are said. Wrong account or region? \`aws sts get-caller-identity\`, and \`aws:region\` of the stack.`;

const removal = `### Removal in vain

A removal that cannot reach its controller fails, so that no cloud is forgotten. With a revoked token: set a new one, \`pulumi up\`, and then remove. A controller that is gone for good:
\`pulumi state delete URN\`, where \`pulumi stack --show-urns\` lists the URN of its command.`;

/** docs/messages.md: what is said while something is wrong, each under the anchor that the message ends with. */
export function messagesPage(): string {
    return `${[
        introduction,
        settings,
        notThere,
        tooLarge,
        "## Warnings\n\nSomething is allowed and probably not meant. `silence` takes the name of one that is meant: `jenkins-ec2-agents:silence: [no-cap]`.",
        ...Object.entries(warningNames).map(([name, { when, remedy }]) =>
            entry(name, `${when} Warned of, and deployed.`, remedy),
        ),
        "## Faults of the plugin\n\nWhat the installed release of the `ec2` plugin does wrong with the stack's settings. As a table by release: [compatibility](compatibility.md).",
        ...faults.map(fault),
        "## Failures of a push\n\nThe controller is as it was before, unless the message says otherwise; `pulumi up` again does what is left.",
        ...explanations.map(({ name, means, remedy }) => entry(name, means, remedy)),
        removal,
        `## Exit codes\n\n${exitCodes()}`,
    ].join("\n\n")}\n`;
}

function entry(name: string, means: string, remedy: string): string {
    return `### \`${name}\`\n\n${means}\n\n**What to do:** ${remedy}`;
}

function fault(each: Fault): string {
    const { id, severity, happens, remedy, link } = each;
    const said =
        severity === "note"
            ? "Nothing is said of it"
            : `Said as ${severity.replace("error-without-cap", "error where there is no cap, else as warning")}`;
    const more = link === undefined ? "" : ` ([more](${link}))`;
    return entry(id, `${said}; releases: ${range(each)}. With ${each.with}, ${happens}${more}.`, `${sentence(remedy)}`);
}

function exitCodes(): string {
    const rows = Object.entries(commands as Record<string, Declaration>).map(([name, { exits }]) => {
        const codes = Object.entries(exits).map(([code, meaning]) => `${code} ${meaning}`);
        return `| \`npm run -s jenkins -- ${name}\` | ${codes.join("; ")} |`;
    });
    const pulumi = "| `pulumi preview`, `pulumi up`, `pulumi destroy` | 0 done; any other: an error, said above it |";
    return ["| Command | Ends with |", "| --- | --- |", ...rows, pulumi].join("\n");
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
