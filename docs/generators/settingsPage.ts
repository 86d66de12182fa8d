import { z } from "zod";
import { access } from "../../settings/schema/access";
import { cloud, completeCloud, template } from "../../settings/schema/cloud";
import { controller } from "../../settings/schema/controller";
import { keyPair } from "../../settings/schema/keyPair";
import { network } from "../../settings/schema/network";
import { secrets, stack } from "../../settings/schema/stack";
import { pluginParameters, templateSections } from "../../settings/schema/template";
import { image } from "../../settings/schema/template/image";
import { warnings as warningMessages } from "../../settings/messages/settingsMessages";
import { Row, rowsOf } from "./rows";

type Shape = Record<string, z.ZodType>;

const introduction = `# Settings

This page is made from the declarations in \`settings/schema\` by \`npx tsx docs/generators/main.ts\`; a test fails when it is out of date.

Every setting is a key of the project's configuration, in \`Pulumi.STACK.yaml\` under \`config\` with \`jenkins-ec2-agents:\` before it, or set by
\`pulumi config set --path 'clouds.agents.cap' 40\`. For completion in an editor, begin the file with
\`# yaml-language-server: $schema=docs/schemas/settings.schema.json\`. All but \`fleet\` and \`secrets\` may be said in [fleet files](fleet-files.md) instead.

\`pulumi config set\` writes the whole file anew and expands YAML anchors and aliases (\`&a\`, \`*a\`): say once in \`defaults\` or \`templateSets\` what several
templates share. With \`--path\`, digits and \`true\` or \`false\` become a number or a truth value; where text is meant, \`--type string\` keeps them as text.

What a setting makes AWS charge for stands behind **Costs**; the instances themselves are the most of it, and their price is in a preview. Policies, users, keys and
security groups cost nothing.

All mistakes are reported at once, before anything is touched. What is certainly wrong is an error; what is probably not meant is a warning, which
\`silence\` turns off by its name.`;

const layers = `A template is made of layers, the later over the earlier: the cloud's \`defaults\`, the \`templateSets\` that it \`extends\` (in their order),
and the template itself. Maps are laid over one another key by key; lists and single values replace what was there; \`null\` takes an inherited value back.
\`image\`, \`initScript\` and \`userData\` are replaced as a whole, as their forms exclude one another. \`network\`, \`identity\` and \`keyPair\` of a cloud go over the stack's in
the same way, with \`vpc\` and \`subnets\` replaced as a whole.

A parameter that is there from a release on has that release's number behind it. One that the installed plugin lacks is an error if a setting of the stack asks for it, and left out if it is only a default of this page.`;

/** The settings reference, docs/settings.md. */
export function settingsReference(): string {
    const parts = [
        introduction,
        section("Stack", "", stack.shape, [
            "controllers",
            "clouds",
            "templateSets",
            "cloudSets",
            "access",
            "network",
            "keyPair",
            "secrets",
        ]),
        section("Controllers", "Each under `controllers.ID`.", controller.shape),
        section("Clouds", "Each under `clouds.ID`.", { extends: cloud.shape.extends, ...completeCloud.shape }, [
            "identity",
            "network",
            "keyPair",
            "defaults",
            "templates",
        ]),
        `## Templates\n\nEach under \`clouds.ID.templates.ID\`; the same settings are allowed in \`clouds.ID.defaults\` and \`templateSets.ID\`.\n\n${layers}`,
        ...Object.entries(templateSections).map(([name, shape]) => section(name, "", shape as Shape, ["image"], 3)),
        section("Image", "Under `image`.", image.shape, [], 3),
        section(
            "Further",
            "",
            { extends: template.shape.extends, variants: template.shape.variants, plugin: pluginParameters },
            [],
            3,
        ),
        section("Access", "Under `access`. `identity` is also a setting of each cloud.", access.shape),
        section("Network", "Under `network`, and under `clouds.ID.network` for one cloud.", network.shape),
        section(
            "Key pair",
            "Under `keyPair`. `credentialsId` is also a setting of each cloud, `clouds.ID.keyPair.credentialsId`.",
            keyPair.shape,
        ),
        section(
            "Secrets",
            "Under `secrets`, each set with `pulumi config set --secret --path 'secrets.tokens.CONTROLLER'`. In plain text anywhere they are an error.",
            secrets.shape,
        ),
        warnings(),
    ];
    return `${parts.join("\n\n")}\n`;
}

function section(title: string, text: string, shape: Shape, skipped: readonly string[] = [], level = 2): string {
    const rows = rowsOf(shape, skipped);
    const columns = (["setting", "description", "form", "default", "parameters"] as const).filter((column) =>
        rows.some((row) => row[column] !== ""),
    );
    const heads = {
        setting: "Setting",
        description: "What it is",
        form: "Values",
        default: "Default",
        parameters: "Plugin parameter",
    };
    const lines = [
        columns.map((column) => heads[column]),
        columns.map(() => "---"),
        ...rows.map((row) => columns.map((column) => cell(row, column))),
    ].map((cells) => `| ${cells.join(" | ")} |`);
    return [`${"#".repeat(level)} ${title}`, ...(text === "" ? [] : [text]), lines.join("\n")].join("\n\n");
}

function cell(row: Row, column: keyof Row): string {
    const text = column === "setting" ? `\`${row.setting}\`` : row[column];
    return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function warnings(): string {
    const lines = Object.entries(warningMessages).map(
        ([code, { happens }]) => `| [\`${code}\`](messages.md#${code}) | ${happens} |`,
    );
    return [
        "## Warnings",
        "",
        "`silence` also takes the names of the plugin's faults: [compatibility.md](compatibility.md). What to do about each: [messages.md](messages.md).",
        "",
        "| Name | When |",
        "| --- | --- |",
        ...lines,
    ].join("\n");
}
