import { z } from "zod";
import { SettingsContext } from "../context";
import { Findings } from "../findings";
import { givenPaths, overlay } from "../layers";
import { Path, secretCommand } from "../../path";
import { completeCloud, layeredTemplate } from "../../schema/cloud";
import { completeTemplate, ImageSettings, TemplateSettings } from "../../schema/template";
import { WrittenStack } from "../shape";
import { resolveImage } from "./image";
import { homeFolder, usualUser } from "../../schema/template/login";
import { layersOf } from "./sets";
import { checkSize, readText, WrittenText } from "./text";
import { fillIn } from "./variables";

type CompleteCloud = z.output<typeof completeCloud>;
type CompleteTemplate = z.output<typeof completeTemplate>;

/** EC2 user guide, "Run commands when you launch an EC2 instance with user data input": 16 KB in raw form. */
const userDataLimit = { bytes: 16_384, why: "EC2 takes no more user data" };
const initScriptLimit = {
    bytes: 65_536,
    why: "the script is kept in the controller's configuration; let it download what is larger",
};

/** The templates of a cloud in their order: by `order`, then as they are written; variants and instance types make one each. */
export function resolveTemplates(
    written: CompleteCloud,
    path: Path,
    { templateSets: sets, secrets }: WrittenStack,
    context: SettingsContext,
    findings: Findings,
): TemplateSettings[] {
    const usage = new Map<string, VariableUse>();
    const templates = Object.keys(written.templates)
        .filter((key) => written.templates[key] !== null)
        .flatMap((key) => variantsOf(key, mergeTemplate(written, key, path, sets, findings)))
        .map(({ merged, ...names }) => ({ ...names, merged, complete: completeTemplate.parse(merged) }))
        .sort((one, other) => one.complete.order - other.complete.order)
        .flatMap(({ merged, complete, ...names }) =>
            expand(
                names,
                complete,
                givenPaths(completeTemplate, merged).sort(),
                [...path, "templates", names.key],
                { secrets: secrets.variables, usage },
                context,
                findings,
            ),
        );
    for (const { path: place, used } of usage.values()) {
        if (!used) findings.warn("unused-variable", place, "no initScript or userData of the cloud uses it");
    }
    return templates;
}

/** The cloud's defaults, the sets that the template starts from, and the template itself over one another. */
function mergeTemplate(
    { defaults, templates }: CompleteCloud,
    key: string,
    path: Path,
    sets: WrittenStack["templateSets"],
    findings: Findings,
): Record<string, unknown> {
    const own: Path = [...path, "templates", key];
    const layers = [
        ...layersOf(defaults, [...path, "defaults"], "templateSets", sets),
        ...layersOf(templates[key], own, "templateSets", sets),
    ];
    findings.inherits(
        own,
        layers.slice(0, -1).map((layer) => layer.path),
    );
    return overlay(
        layeredTemplate,
        layers.map(({ settings }) => settings),
    );
}

/** Names of one template: its key in the settings, and its id. */
interface Names {
    key: string;
    id: string;
}

/** The template itself, or if it has variants, one for each. */
function variantsOf(key: string, { variants, ...merged }: Record<string, unknown>): (Names & Merged)[] {
    const said = Object.entries((variants ?? {}) as Record<string, Record<string, unknown> | null>);
    const wanted = said.flatMap(([name, layer]) => (layer === null ? [] : [{ name, layer }]));
    if (wanted.length === 0) return [{ key, id: key, merged }];
    return wanted.map(({ name, layer }) => {
        const id = `${key}-${name}`;
        const description = merged["description"] === undefined ? id : `${merged["description"] as string}-${name}`;
        return { key, id, merged: overlay(completeTemplate, [{ ...merged, description }, layer]) };
    });
}

interface Merged {
    merged: Record<string, unknown>;
}

function expand(
    { key, id }: Names,
    complete: CompleteTemplate,
    explicit: string[],
    path: Path,
    { secrets, usage }: VariableContext,
    context: SettingsContext,
    findings: Findings,
): TemplateSettings[] {
    const { instanceType: types, image, initScript, userData, order: _, ...rest } = complete;
    if (types === undefined) {
        findings.problem(
            "missing-setting",
            [...path, "instanceType"],
            "is needed: an EC2 instance type, such as m7i.large, or a list of them",
        );
    }
    const shared = {
        ...rest,
        key,
        explicit,
        // Placeholders stand for what a problem was reported about: the settings are not handed out then.
        image: resolveImage(image, [...path, "image"], findings) ?? ({ kind: "id", id: "" } satisfies ImageSettings),
        remoteUser: complete.remoteUser ?? usualUser(complete.platform),
        initScript: text("initScript", initScript, initScriptLimit),
        userData: text("userData", userData, userDataLimit),
    };
    checkSecretVariables(complete.variables, [...path, "variables"], secrets, findings);
    const list = [types ?? ""].flat();
    return list.map((instanceType) => ({
        ...shared,
        id: Array.isArray(types) ? `${id}-${instanceType}` : id,
        description: describe(complete.description ?? id, instanceType, Array.isArray(types)),
        instanceType,
        remoteFolder: complete.remoteFolder ?? homeFolder(complete.platform, shared.remoteUser),
    }));

    function text(name: string, written: WrittenText | undefined, limit: { bytes: number; why: string }): string {
        const plain = readText(written, [...path, name], context, findings) ?? "";
        const filled = fillIn(plain, [...path, name], { values: complete.variables, secrets }, findings);
        noteUse(filled.used);
        if (filled.secret) findings.keepSecret(filled.text);
        checkSize(filled.text, [...path, name], limit, findings);
        return filled.text;
    }

    function noteUse(used: string[]): void {
        for (const name of Object.keys(complete.variables)) {
            const before = usage.get(name) ?? { path: [...path, "variables", name], used: false };
            usage.set(name, { ...before, used: before.used || used.includes(name) });
        }
    }
}

/** A variable that templates of a cloud have, the first one's. */
interface VariableUse {
    path: Path;
    used: boolean;
}

interface VariableContext {
    /** `secrets.variables`. */
    secrets: Record<string, string>;
    /** By the variable's name. */
    usage: Map<string, VariableUse>;
}

function checkSecretVariables(
    variables: CompleteTemplate["variables"],
    path: Path,
    secrets: Record<string, string>,
    findings: Findings,
): void {
    for (const [name, variable] of Object.entries(variables)) {
        if (typeof variable !== "object" || Object.hasOwn(secrets, variable.secret)) continue;
        findings.problem(
            "missing-secret",
            [...path, name],
            `there is no secrets.variables.${variable.secret}`,
            secretCommand(["secrets", "variables", variable.secret]),
        );
    }
}

function describe(description: string, instanceType: string, several: boolean): string {
    return several ? `${description}-${instanceType}` : description;
}
