import { checkStack } from "./checks";
import { RawSettings, SettingsContext } from "./context";
import { Findings } from "./findings";
import { readPrices } from "./prices";
import { SettingsError, SettingsWarning } from "./problem";
import { resolveCloud } from "./resolve/cloud";
import { resolveController } from "./resolve/controller";
import { resolveKeyPair } from "./resolve/keyPair";
import { StackSettings } from "./schema/stack";
import { readShape, WrittenStack } from "./shape";

/**
 * Reads the configuration keys of a stack: checks each value and all of them together, fills in the defaults, reads the
 * files that are named. Throws a {@link SettingsError} with everything that is wrong. Warnings that the stack silences are
 * left out.
 */
export function readSettings(
    raw: RawSettings,
    context: SettingsContext,
): { settings: StackSettings; warnings: SettingsWarning[] } {
    const findings = new Findings(raw, context.secretKeys);
    const written = readShape(raw, findings);
    if (written === undefined) throw new SettingsError(findings.problems);
    findings.settle();
    const settings = resolve(written, context, findings);
    checkStack(settings, written, context, findings);
    if (findings.problems.length > 0) throw new SettingsError(findings.problems);
    return { settings, warnings: findings.warnings.filter((warning) => !written.silence.includes(warning.name)) };
}

function resolve(written: WrittenStack, context: SettingsContext, findings: Findings): StackSettings {
    const { name, access, tags, watch, parallel, rollout, safety, silence, secrets } = written;
    return {
        project: context.project,
        stack: context.stack,
        name,
        controllers: mapValues(written.controllers, (id) => resolveController(id, written, context, findings)),
        clouds: resolveClouds(written, context, findings),
        access,
        keyPair: resolveKeyPair(written, context, findings),
        tags,
        watch,
        parallel,
        rollout,
        safety,
        silence,
        prices: readPrices(written.prices, context, findings),
        secrets,
    };
}

/** The clouds in the order in which they stand on a controller: by `order`, then by id. */
function resolveClouds(written: WrittenStack, context: SettingsContext, findings: Findings): StackSettings["clouds"] {
    const clouds = mapValues(written.clouds, (id) => ({
        order: written.clouds[id]!.order,
        cloud: resolveCloud(id, written, context, findings),
    }));
    const sorted = Object.values(clouds).sort((one, other) => one.order - other.order);
    return Object.fromEntries(sorted.map(({ cloud }) => [cloud.id, cloud]));
}

/** In the order of the ids: Pulumi keeps none of its own. */
function mapValues<Value>(map: Record<string, unknown>, resolved: (id: string) => Value): Record<string, Value> {
    return Object.fromEntries(
        Object.keys(map)
            .sort()
            .map((id) => [id, resolved(id)]),
    );
}
