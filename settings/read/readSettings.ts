import { outOfBounds } from "./bounds";
import { checkStack } from "../checks";
import { RawSettings, SettingsContext } from "./context";
import { Findings } from "./findings";
import { layTogether } from "./fleet";
import { mapValues } from "../collections";
import { readPrices } from "./prices";
import { type Problem, UserError } from "../problem";
import { resolveClouds } from "./resolve/resolveCloud";
import { resolveAgentRoles } from "./resolve/agentRoles";
import { resolveController } from "./resolve/resolveController";
import { resolveKeyPair } from "./resolve/keyPair";
import { StackSettings } from "../schema/stack";
import { secretTexts } from "./secretTexts";
import { readShape, WrittenStack } from "./shape";

/**
 * Reads the configuration keys of a stack and its fleet files: checks each value and all of them together, fills in the defaults, reads the
 * files that are named. Throws a {@link UserError} with everything that is wrong. Warnings that the stack silences are
 * left out.
 */
export function readSettings(
    configuration: RawSettings,
    context: SettingsContext,
): { settings: StackSettings; warnings: Problem[] } {
    const inConfiguration = context.placeInConfiguration ?? (() => undefined);
    throwIfAny(outOfBounds(configuration, inConfiguration));
    const together = layTogether(configuration, context);
    // Of a fleet that cannot be read as a whole, nothing can be concluded.
    throwIfAny(together.problems.filter(({ code }) => code === "unreadable-file"));
    throwIfAny(outOfBounds(together.raw, together.placeOf));
    const findings = new Findings(together.raw, context.secretKeys, together.placeOf, inConfiguration);
    findings.problems.push(...together.problems);
    const written = readShape(together.raw, findings);
    if (written === undefined) throw new UserError(findings.problems);
    findings.settle();
    const settings = resolve(configuration, written, context, findings);
    findings.settle();
    checkStack(settings, written, context, findings);
    if (findings.problems.length > 0) throw new UserError(findings.problems);
    return { settings, warnings: findings.warnings.filter((warning) => !written.silence.includes(warning.code)) };
}

/** Before anything else: what comes after could not read such settings. */
function throwIfAny(problems: Problem[]): void {
    if (problems.length > 0) throw new UserError(problems);
}

function resolve(
    configuration: RawSettings,
    written: WrittenStack,
    context: SettingsContext,
    findings: Findings,
): StackSettings {
    const { name, access, tags, watch, parallel, rollout, safety, silence, secrets, budget } = written;
    const clouds = resolveClouds(written, context, findings);
    return {
        project: context.project,
        stack: context.stack,
        component: context.component,
        name,
        controllers: mapValues(written.controllers, (_, id) => resolveController(id, written, context, findings)),
        clouds,
        access: { ...access, agentRoles: resolveAgentRoles(access.agentRoles, name, context, findings) },
        keyPair: resolveKeyPair(written, context, findings),
        tags,
        watch,
        parallel,
        rollout,
        safety,
        budget,
        silence,
        prices: readPrices(written.prices, context, findings),
        secrets,
        secretTexts: [...new Set([...secretTexts(configuration, context), ...findings.secretTexts])],
    };
}
