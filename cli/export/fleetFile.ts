import { Document, visit, type Scalar } from "yaml";
import { printable } from "../../settings/printable";
import { settingsFromExport, type ExportChoice } from "./fromExport";
import type { ExportedCloud } from "../../settings/schema/codec";
import { fold } from "./fold";
import { Notes } from "./notes";
import { readBack, type ReadBack } from "./readBack";
import { showPath } from "../../settings/path";
import { isLiteral, TextFolder, type TextFiles } from "./texts";

/** A fleet file, and the texts beside it. Nothing in them is secret. */
export interface FleetFile {
    yaml: string;
    /** By path, relative to the folder of Pulumi.yaml. */
    texts: TextFiles;
    /** What a person has to know or do. */
    notes: string[];
    /** Whether a security group is made, so that the file has to name whom it lets in. */
    makesSecurityGroup: boolean;
}

export interface FleetFileArgs extends ExportChoice {
    /** Where the file will lie, relative to the folder of Pulumi.yaml: `fleets/team-a.yaml`. Texts go into `fleets/team-a/`. */
    path: string;
    clouds: readonly ExportedCloud[];
    /** The controllers that have them, by id. */
    controllers: Record<string, { url: string; user: string }>;
    /**
     * Version of the plugin that the fleet is live with: known faults that would be errors are silenced, as it has them today.
     * @default nothing is silenced
     */
    plugin?: string;
}

/** The EC2 clouds of live controllers as a fleet file of this program (docs/fleet-files.md). */
export function fleetFile({ path, clouds, controllers, plugin, ...choice }: FleetFileArgs): FleetFile {
    const converted = settingsFromExport(clouds, Object.keys(controllers), choice);
    const folder = new TextFolder(path.replace(/\.ya?ml$/, ""));
    const withTexts = Object.fromEntries(
        Object.entries(converted.clouds).map(([id, cloud]) => [id, cloudWithTexts(cloud, folder)]),
    );
    const contentsOf = (chosen: typeof withTexts) => ({
        controllers,
        ...(needsScoped(chosen) ? { access: { policy: "scoped" } } : {}),
        ...fold(chosen),
    });
    const contents = contentsOf(withTexts);
    const texts = folder.files;
    const [controller = ""] = Object.keys(controllers);
    const { faults, problems, changes } =
        plugin === undefined
            ? { faults: [], problems: [], changes: [] }
            : readBackAll(withTexts, clouds, (chosen, exported) =>
                  readBack({
                      path,
                      files: { [path]: yamlOf(contentsOf(chosen), path), ...texts },
                      controller,
                      plugin,
                      clouds: chosen,
                      exported,
                  }),
              );
    return {
        yaml: yamlOf(faults.length === 0 ? contents : { silence: faults.map(({ code }) => code), ...contents }, path),
        texts,
        notes: [
            ...converted.notes,
            ...faults.map(
                ({ code, path: met, message, fix }) =>
                    `${met}: ${code} is silenced, as the fleet has it today: ${message}; ${fix}`,
            ),
            ...problems.map((problem) => `is refused until it is put right: ${problem}`),
            ...noted(changes),
        ],
        makesSecurityGroup: Object.values(converted.clouds).some(({ network }) => network === undefined),
    };
}

type Clouds = Record<string, ReturnType<typeof cloudWithTexts>>;

/** One refused setting refuses the whole file. Then each template is read back alone, so that what the others lose is found. */
function readBackAll(
    clouds: Clouds,
    exported: readonly ExportedCloud[],
    read: (clouds: Clouds, exported: readonly ExportedCloud[]) => ReadBack,
): ReadBack {
    const all = read(clouds, exported);
    if (all.problems.length === 0) return all;
    const changes = Object.entries(clouds).flatMap(([id, cloud], index) =>
        Object.entries(cloud.templates).flatMap(([template, settings], number) => {
            const source = exported[index]!;
            const alone = read({ [id]: { ...cloud, templates: { [template]: settings } } }, [
                { ...source, templates: [source.templates[number]!] },
            ]);
            const place = showPath(["clouds", id, "templates", template]);
            const text = "is not compared with what was exported, because it is refused: pulumi preview compares it";
            return alone.problems.length === 0 ? alone.changes : [{ place, text }];
        }),
    );
    return { ...all, changes };
}

function noted(changes: readonly { place: string; text: string }[]): string[] {
    const notes = new Notes();
    for (const { place, text } of changes) notes.add(place, text);
    return notes.lines();
}

function yamlOf(contents: Record<string, unknown>, path: string): string {
    const document = new Document(contents);
    literalTexts(document);
    document.commentBefore = ` yaml-language-server: $schema=${"../".repeat(path.split("/").length - 1)}docs/schemas/fleet.schema.json`;
    return printable(document.toString({ lineWidth: 0 })); // within double quotes an escape is the character
}

function cloudWithTexts(cloud: Record<string, unknown>, folder: TextFolder) {
    const { defaults, templates } = cloud as {
        defaults?: Record<string, unknown>;
        templates: Record<string, Record<string, unknown>>;
    };
    return {
        ...cloud,
        ...(defaults === undefined ? {} : { defaults: folder.withoutTexts("all", defaults) }),
        templates: Object.fromEntries(
            Object.entries(templates).map(([id, template]) => [id, folder.withoutTexts(id, template)]),
        ),
    };
}

/** The 17 actions of `broad` neither hand out an instance profile nor read a generated password, and are then refused. */
function needsScoped(clouds: Clouds): boolean {
    return Object.values(clouds).some(({ defaults, templates }) =>
        Object.values(templates).some((own) => {
            const { instanceProfile, platform, winrm } = { ...defaults, ...own } as Record<string, unknown>;
            const generated =
                platform === "windows" && (winrm as { password?: string } | undefined)?.password === undefined;
            return instanceProfile !== undefined || generated;
        }),
    );
}

/**
 * Texts of several lines as literal blocks: folded ones change when a tool writes them again. What a terminal would act on in double
 * quotes, as other forms have no escapes.
 */
function literalTexts(document: Document): void {
    visit(document, {
        Scalar: (_, node: Scalar) => {
            if (typeof node.value !== "string") return;
            if (printable(node.value) !== node.value) node.type = "QUOTE_DOUBLE";
            else if (node.value.includes("\n")) node.type = isLiteral(node.value) ? "BLOCK_LITERAL" : "QUOTE_DOUBLE";
        },
    });
}
