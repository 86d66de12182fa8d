import { z } from "zod";
import { SettingsContext } from "../context";
import { Findings } from "../findings";
import { givenPaths, overlay } from "../layers";
import { suggestion } from "../nearest";
import { Path } from "../path";
import { cloud } from "../schema/cloud";
import { completeTemplate, ImageSettings, TemplateSettings } from "../schema/template";
import { WrittenStack } from "../shape";
import { resolveImage } from "./image";
import { homeFolder, usualUser } from "./login";
import { readText, WrittenText } from "./text";

type WrittenCloud = z.output<typeof cloud>;
type WrittenTemplate = WrittenCloud["templates"][string];
type CompleteTemplate = z.output<typeof completeTemplate>;

/** EC2 user guide, "Run commands when you launch an EC2 instance with user data input": 16 KB in raw form. */
const userDataLimit = { bytes: 16_384, why: "EC2 takes no more user data" };
const initScriptLimit = {
    bytes: 65_536,
    why: "the script is kept in the controller's configuration; let it download what is larger",
};

/** The templates of a cloud in their order: by `order`, then by id; a list of instance types makes one template each. */
export function resolveTemplates(
    written: WrittenCloud,
    path: Path,
    sets: WrittenStack["templateSets"],
    context: SettingsContext,
    findings: Findings,
): TemplateSettings[] {
    return Object.entries(written.templates)
        .map(([key, template]) => {
            const merged = mergeTemplate(written, template, [...path, "templates", key], sets, findings);
            const complete = completeTemplate.parse(merged);
            return { key, merged, complete };
        })
        .sort((one, other) => one.complete.order - other.complete.order || (one.key < other.key ? -1 : 1))
        .flatMap(({ key, merged, complete }) =>
            expand(key, complete, givenPaths(completeTemplate, merged), [...path, "templates", key], context, findings),
        );
}

/** The cloud's defaults, the sets that the template starts from, and the template itself over one another. */
function mergeTemplate(
    written: WrittenCloud,
    { extends: names, ...template }: WrittenTemplate,
    path: Path,
    sets: WrittenStack["templateSets"],
    findings: Findings,
): Record<string, unknown> {
    const wanted = names === undefined ? [] : [names as string | string[]].flat();
    for (const name of wanted) {
        if (!Object.hasOwn(sets, name)) {
            findings.problem(
                [...path, "extends"],
                `there is no template set ${name}: ${suggestion(name, Object.keys(sets))}`,
            );
        }
    }
    const layers = wanted.filter((name) => Object.hasOwn(sets, name)).map((name) => sets[name]);
    return overlay(completeTemplate, [written.defaults, ...layers, template]);
}

function expand(
    key: string,
    complete: CompleteTemplate,
    explicit: string[],
    path: Path,
    context: SettingsContext,
    findings: Findings,
): TemplateSettings[] {
    const { instanceType: types, image, initScript, userData, order: _, ...rest } = complete;
    if (types === undefined) {
        findings.problem(
            [...path, "instanceType"],
            "is needed: an EC2 instance type, like m7i.large, or a list of them",
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
    const list = [types ?? ""].flat();
    return list.map((instanceType) => ({
        ...shared,
        id: list.length === 1 && !Array.isArray(types) ? key : `${key}-${instanceType}`,
        description: describe(complete.description ?? key, instanceType, Array.isArray(types)),
        instanceType,
        remoteFolder: complete.remoteFolder ?? homeFolder(complete.platform, shared.remoteUser),
    }));

    function text(name: string, written: WrittenText | undefined, limit: { bytes: number; why: string }): string {
        return readText(written, [...path, name], limit, context, findings) ?? "";
    }
}

function describe(description: string, instanceType: string, several: boolean): string {
    return several ? `${description}-${instanceType}` : description;
}
