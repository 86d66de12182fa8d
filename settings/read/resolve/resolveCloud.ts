import { z } from "zod";
import { SettingsContext } from "../context";
import { Findings } from "../findings";
import { overlay } from "../layers";
import { Path } from "../../path";
import { identity } from "../../schema/access";
import { CloudSettings, completeCloud } from "../../schema/cloud";
import { existingKey } from "../../schema/keyPair";
import { network } from "../../schema/network";
import { TemplateSettings } from "../../schema/template";
import { WrittenStack } from "../shape";
import { layersOf } from "./sets";
import { resolveTemplates } from "./resolveTemplate";

type CompleteCloud = z.output<typeof completeCloud>;

/** The clouds in the order in which they stand on a controller: by `order`, then as they are written. */
export function resolveClouds(
    stack: WrittenStack,
    context: SettingsContext,
    findings: Findings,
): Record<string, CloudSettings> {
    return Object.fromEntries(
        Object.keys(stack.clouds)
            .map((id) => ({ id, cloud: mergeCloud(id, stack, findings) }))
            .sort((one, other) => one.cloud.written.order - other.cloud.written.order)
            .map(({ id, cloud }) => [id, resolveCloud(id, cloud, stack, context, findings)]),
    );
}

/** A merged cloud, and what of it was set. */
interface MergedCloud {
    written: CompleteCloud;
    explicit: string[];
}

/** The sets that a cloud extends and the cloud itself over one another. */
function mergeCloud(id: string, stack: WrittenStack, findings: Findings): MergedCloud {
    const path: Path = ["clouds", id];
    const layers = layersOf(stack.clouds[id], path, "cloudSets", stack.cloudSets);
    findings.inherits(
        path,
        layers.slice(0, -1).map((layer) => layer.path),
    );
    const merged = overlay(
        completeCloud,
        layers.map(({ settings }) => settings),
    );
    return { written: complete(merged, path, findings), explicit: Object.keys(merged).sort() };
}

/** A cloud with what the stack sets for all of them, and its templates in order. */
function resolveCloud(
    id: string,
    { written, explicit }: MergedCloud,
    stack: WrittenStack,
    context: SettingsContext,
    findings: Findings,
): CloudSettings {
    const path: Path = ["clouds", id];
    const {
        defaults: _,
        templates: __,
        order: ___,
        identity: ownIdentity,
        network: ownNetwork,
        keyPair: ownKey,
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
        keyPair: existingKey.parse(overlay(existingKey, [{ credentialsId: stack.keyPair.credentialsId }, ownKey])),
        templates: byId(resolveTemplates(written, path, stack, context, findings), path, findings),
        explicit,
    };
}

/** The cloud with what it needs: empty in place of what is missing, with a problem reported. */
function complete(merged: Record<string, unknown>, path: Path, findings: Findings): CompleteCloud {
    const cloud = completeCloud.parse({
        ...merged,
        controllers: merged["controllers"] ?? [],
        templates: merged["templates"] ?? {},
    });
    for (const [key, needed] of Object.entries({ controllers: "controller", templates: "template" })) {
        if (merged[key] === undefined)
            findings.problem("missing-setting", [...path, key], `is needed: must have at least one ${needed}`);
        else if (Object.keys(merged[key] as object).length === 0) {
            findings.problem("missing-setting", [...path, key], `must have at least one ${needed}`);
        }
    }
    return cloud;
}

function resolveRegion(region: string | undefined, path: Path, context: SettingsContext, findings: Findings): string {
    if (region === undefined && context.region === undefined) {
        findings.problem(
            "missing-setting",
            [...path, "region"],
            "is needed, because aws:region is not set",
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
                "named-twice",
                [...path, "templates", template.key],
                `makes the template ${template.id}, as templates.${other.key} does; rename one`,
            );
        }
        seen.set(template.id, template);
    }
    return Object.fromEntries(seen);
}
