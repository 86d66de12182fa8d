import { z } from "zod";
import { access } from "../../settings/schema/access";
import { cloud, completeCloud, template } from "../../settings/schema/cloud";
import { controller } from "../../settings/schema/controller";
import { keyPair } from "../../settings/schema/keyPair";
import { network } from "../../settings/schema/network";
import { secrets, stack } from "../../settings/schema/stack";
import { pluginParameters, templateSections } from "../../settings/schema/template";
import { image } from "../../settings/schema/template/image";
import { Row, rowsOf } from "./rows";
import { searchWords } from "./searchWords";

type Shape = Record<string, z.ZodType>;

/** Settings with a page of their own. */
interface Subject {
    title: string;
    file: string;
    /** What the page begins with: where its settings stand. */
    text: string;
    shape: Shape;
    /** Settings whose own settings have another page, with that page. */
    elsewhere?: Readonly<Record<string, string>>;
}

const layers = `The program builds a template from layers; a later layer overrides an earlier one: the cloud's \`defaults\`, the \`templateSets\` in \`extends\` (in their order), the template
itself. Maps merge key by key. A list or a single value replaces the inherited one. \`null\` removes an inherited value. \`image\`, \`initScript\` and \`userData\` are replaced as a whole, because their
forms exclude one another. \`network\`, \`identity\` and \`keyPair\` of a cloud override the stack's in the same way, with \`vpc\` and \`subnets\` replaced as a whole.`;

const ofATemplate =
    "Under `clouds.ID.templates.ID`, `clouds.ID.defaults` or `templateSets.ID`: [templates](templates.md).";

const subjects: readonly Subject[] = [
    {
        title: "Stack",
        file: "stack",
        text: "At the top level, beside `controllers` and `clouds`.",
        shape: stack.shape,
        elsewhere: {
            controllers: "controllers",
            clouds: "clouds",
            templateSets: "templates",
            cloudSets: "clouds",
            access: "access",
            network: "network",
            keyPair: "key-pair",
            secrets: "secrets",
        },
    },
    { title: "Controllers", file: "controllers", text: "Under `controllers.ID`.", shape: controller.shape },
    {
        title: "Clouds",
        file: "clouds",
        text: "Under `clouds.ID`. Also allowed in `cloudSets.ID`.",
        shape: { extends: cloud.shape.extends, ...completeCloud.shape },
        elsewhere: {
            identity: "access",
            network: "network",
            keyPair: "key-pair",
            defaults: "templates",
            templates: "templates",
        },
    },
    {
        title: "Templates",
        file: "templates",
        text: `${ofATemplate.replace(": [templates](templates.md)", "")}\n\n${layers}\n\nThese settings combine templates. The others: [image](image.md), [machine](machine.md), [agent](agent.md), [lifetime and Spot](lifetime.md), [connection](connection.md).`,
        shape: { extends: template.shape.extends, variants: template.shape.variants, plugin: pluginParameters },
        elsewhere: { variants: "templates" },
    },
    {
        title: "Image",
        file: "image",
        text: "Under `image` of a template: exactly one of `id`, `ssm` and `filter`.",
        shape: image.shape,
    },
    {
        title: "Machine",
        file: "machine",
        text: ofATemplate,
        shape: templateSections.Machine,
        elsewhere: { image: "image" },
    },
    { title: "Agent", file: "agent", text: ofATemplate, shape: templateSections.Agent },
    { title: "Lifetime and Spot", file: "lifetime", text: ofATemplate, shape: templateSections.Lifetime },
    { title: "Connection", file: "connection", text: ofATemplate, shape: templateSections.Connection },
    {
        title: "Access",
        file: "access",
        text: "Under `access`. `identity` is also a setting of each cloud.",
        shape: access.shape,
    },
    {
        title: "Network",
        file: "network",
        text: "Under `network`, and under `clouds.ID.network` for one cloud.",
        shape: network.shape,
    },
    {
        title: "Key pair",
        file: "key-pair",
        text: "Under `keyPair`. `credentialsId` is also a setting of each cloud, `clouds.ID.keyPair.credentialsId`.",
        shape: keyPair.shape,
    },
    {
        title: "Secrets",
        file: "secrets",
        text: "Under `secrets`. Set each with `pulumi config set --secret --path 'jenkins-ec2-agents:secrets.tokens.CONTROLLER'`. A secret in plain text is an error.",
        shape: secrets.shape,
    },
];

const introduction = `# Settings

Set them in \`Pulumi.STACK.yaml\` under \`config\`, with \`jenkins-ec2-agents:\` before the first key, or with \`pulumi config set --path 'jenkins-ec2-agents:clouds.agents.cap' 40\`. All except \`fleet\` and \`secrets\` may
stand in [fleet files](fleet-files.md) instead. Every setting once, in an example: [every-setting](../examples/every-setting/Pulumi.prod.example.yaml).

- For completion in an editor, begin the file with \`# yaml-language-server: $schema=docs/schemas/settings.schema.json\`.
- \`pulumi config set\` writes the whole file anew and expands YAML anchors. Put shared values into \`defaults\` or \`templateSets\`. With \`--path\`, digits, \`true\` and \`false\` become numbers and booleans; \`--type string\` keeps
  text.
- **Cost** tells what AWS charges for a setting. The largest part is the instances; the preview has their price. IAM, keys and security groups are free.
- "From 1982 on" means: the plugin has the parameter from that release on. If the installed plugin lacks it, setting it is an error.

Generated from \`settings/schema\` by \`npx tsx docs/generators/main.ts\`.`;

/** The settings reference: docs/settings.md lists every setting, docs/settings/ has a page for each subject. */
export function settingsReference(): Record<string, string> {
    const pages = subjects.map((subject): [string, string] => [
        `docs/settings/${subject.file}.md`,
        subjectPage(subject),
    ]);
    return { "docs/settings.md": index(), ...Object.fromEntries<string>(pages) };
}

function index(): string {
    const lists = subjects.map((subject) => {
        const links = rowsOfSubject(subject).map(({ setting }) => link(setting, subject));
        return `## ${subject.title}\n\n${links.join(", ")}`;
    });
    return `${[introduction, ...lists].join("\n\n")}\n`;
}

function subjectPage(subject: Subject): string {
    const sections = rowsOfSubject(subject).map((row) => section(row, subject));
    return `${[`# ${subject.title} settings`, subject.text, ...sections].join("\n\n")}\n`;
}

function rowsOfSubject({ shape, elsewhere = {} }: Subject): Row[] {
    return rowsOf(shape, Object.keys(elsewhere));
}

function section(row: Row, { file, elsewhere = {}, ...subject }: Subject): string {
    const page = elsewhere[row.setting];
    const facts = [
        ["", "map", "text"].includes(row.form) || isSwitch(row) ? "" : `Values: ${row.form}`,
        ["", "none"].includes(row.default) ? "" : row.default === "needed" ? "Required" : `Default: ${row.default}`,
        row.parameters === "" ? "" : `Plugin: ${row.parameters}`,
        row.example === "" ? "" : `Example: ${row.example}`,
    ].filter((fact) => fact !== "");
    const words = wordsOf({ file, elsewhere, ...subject }, row.setting);
    return [
        `## \`${row.setting}\``,
        page === undefined || page === file
            ? linked(row.description)
            : `${linked(row.description)} See [${titleOf(page)}](${page}.md).`,
        ...(row.cost === "" ? [] : [`**Cost:** ${row.cost}`]),
        ...(facts.length === 0 ? [] : [`${facts.join(". ")}.`]),
        ...(words.length === 0 ? [] : [`Also called: ${words.join(", ")}.`]),
    ].join("\n\n");
}

/** A switch with a default needs no list of its two values. */
function isSwitch(row: Row): boolean {
    return row.form === "true, false" && /`(true|false)`/.test(row.default);
}

function titleOf(page: string): string {
    return subjects.find(({ file }) => file === page)!.title.toLowerCase();
}

function wordsOf({ file }: Subject, setting: string): readonly string[] {
    return searchWords[`${file}.${setting}`] ?? [];
}

function link(setting: string, { file }: Subject): string {
    const anchor = setting.toLowerCase().replace(/[^\w-]/g, "");
    return `[\`${setting}\`](settings/${file}.md#${anchor})`;
}

/** The declarations name pages and faults as plain text, since editors and the terminal show them too. */
function linked(text: string): string {
    return text
        .replaceAll(/docs\/compatibility\.md, ([a-z0-9-]+)/g, "[$1](../messages.md#$1)")
        .replaceAll(/docs\/([a-z-]+)\.md/g, "[$1](../$1.md)")
        .replaceAll("](fleet-files.md)", "](../fleet-files.md)");
}
