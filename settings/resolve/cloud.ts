import { z } from "zod";
import { SettingsContext } from "../context";
import { Findings } from "../findings";
import { overlay } from "../layers";
import { Path } from "../path";
import { identity } from "../schema/access";
import { cloud, CloudSettings } from "../schema/cloud";
import { network } from "../schema/network";
import { TemplateSettings } from "../schema/template";
import { WrittenStack } from "../shape";
import { resolveTemplates } from "./template";

type WrittenCloud = z.output<typeof cloud>;

/** A cloud with what the stack says for all of them, and its templates in order. */
export function resolveCloud(
    id: string,
    stack: WrittenStack,
    context: SettingsContext,
    findings: Findings,
): CloudSettings {
    const path: Path = ["clouds", id];
    const written = stack.clouds[id] as WrittenCloud;
    const {
        defaults: _,
        templates: __,
        order: ___,
        identity: ownIdentity,
        network: ownNetwork,
        region,
        name,
        ...rest
    } = written;
    return {
        ...rest,
        id,
        name: name ?? id,
        region: resolveRegion(region, path, context, findings),
        identity: identity.parse(overlay(identity, [stack.access.identity, ownIdentity])),
        network: network.parse(overlay(network, [stack.network, ownNetwork])),
        templates: byId(resolveTemplates(written, path, stack.templateSets, context, findings), path, findings),
        explicit: Object.keys((findings.valueAt(path) ?? {}) as object),
    };
}

function resolveRegion(region: string | undefined, path: Path, context: SettingsContext, findings: Findings): string {
    if (region === undefined && context.region === undefined) {
        findings.problem(
            [...path, "region"],
            "is needed, as aws:region is not set either",
            "pulumi config set aws:region eu-central-1",
        );
    }
    return region ?? context.region ?? "";
}

/** Ids that lists of instance types make can meet others. */
function byId(templates: TemplateSettings[], path: Path, findings: Findings): Record<string, TemplateSettings> {
    const seen = new Map<string, TemplateSettings>();
    for (const template of templates) {
        const other = seen.get(template.id);
        // A list that names a type twice is reported with the other lists (checks/lists.ts).
        if (other !== undefined && other.key !== template.key) {
            findings.problem(
                [...path, "templates", template.key],
                `makes the template ${template.id}, as templates.${other.key} does; rename one`,
            );
        }
        seen.set(template.id, template);
    }
    return Object.fromEntries(seen);
}
