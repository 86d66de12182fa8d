import pLimit from "p-limit";
import type { StackSettings } from "../../settings";
import { UserError, type Problem } from "../../settings/problem";
import { logWarnings } from "../../settings/read/configuration";
import { pluginFaults } from "./pluginFaults";
import { PushError } from "../push/errors";
import { withShortTimeouts } from "../push/session";
import { readControllerState, type Preflight, type Preflights } from "./controllerState";
import { merged, sentences } from "../push/problems";
import { controllerAccess } from "../controllerAccess";
import { pushName, pushRequest, referencesBeforeAws, type DeployedControllers } from "../requests";
import { isWatching, writePlanFile, type CloudDiffs } from "./planFile";

/**
 * Asks every controller once what it has and whether it can take what the settings want, before any resource is registered: an
 * `up` registers and makes resources at once, so a refusal must come before. What AWS answers later is {@link UNKNOWN} here.
 *
 * @param deployed the stack's outputs after its last update
 * @throws UserError with everything that cannot work, of all controllers at once. A controller that does not answer is no error:
 * the push waits for it
 */
export async function preflight(settings: StackSettings, deployed: DeployedControllers): Promise<Preflights> {
    if (!isWatching(settings)) return {};
    const limit = pLimit(settings.parallel);
    const found = await Promise.all(
        Object.keys(settings.controllers).map((id) =>
            limit(async () => [id, await preflightOf(id, settings, deployed)] as const),
        ),
    );
    const all = Object.fromEntries(found);
    const { errors, warnings } = pluginFaults(settings, all);
    const problems = [...impossibilities(all), ...errors];
    if (problems.length > 0) {
        writePlanFile(refusals(all, settings));
        throw new UserError(problems, { heading: headingOf(problems) });
    }
    await logWarnings(warnings);
    return all;
}

/** A refused login has nothing to do with what the settings ask for. */
function headingOf(problems: Problem[]): string {
    return problems.every(({ code }) => code === "token-refused")
        ? "Jenkins does not accept the user or the token"
        : "The controllers cannot do what these settings ask for";
}

async function preflightOf(id: string, settings: StackSettings, deployed: DeployedControllers): Promise<Preflight> {
    const controller = settings.controllers[id]!;
    const requests = Object.values(settings.clouds)
        .filter(({ controllers }) => controllers.includes(id))
        .map((cloud) => pushRequest(settings, controller, cloud, referencesBeforeAws(settings, cloud, id, deployed)));
    try {
        const reached = { controller: controllerAccess(settings, controller), plugin: controller.plugin };
        return { state: await readControllerState(withShortTimeouts(reached), requests) };
    } catch (error) {
        if (!(error instanceof PushError)) throw error;
        const { code, problems, refused } = error;
        return refused ? { code, refused: problems } : { code, unanswered: problems };
    }
}

/** Why each push was not compared. Controllers that accept their pushes are not compared when another one refuses. */
function refusals(preflights: Preflights, settings: StackSettings): CloudDiffs {
    const pushes = Object.values(settings.clouds).flatMap(({ id: cloud, controllers }) =>
        controllers.map((id): [string, string[]] => {
            const { refused = [], unanswered = [], state } = preflights[id]!;
            return [pushName(settings, id, cloud), [...refused, ...unanswered, ...sentences(state?.problems ?? [])]];
        }),
    );
    return Object.fromEntries(
        pushes.map(([name, reasons]) => [
            name,
            {
                problem: `${name}: not compared with Jenkins: ${reasons.join("; ") || "other controllers refuse theirs"}`,
            },
        ]),
    );
}

/** Each problem once, with all settings and controllers that have it. */
function impossibilities(preflights: Preflights): Problem[] {
    const problems = Object.entries(preflights).flatMap(([id, { state, code = "request-failed", refused = [] }]) => [
        ...refused.map((message): Problem => ({ code, severity: "error", path: `controllers.${id}`, message })),
        ...(state?.problems ?? []),
    ]);
    const ids = (message: string) =>
        Object.entries(preflights)
            .filter(([, { state, refused = [] }]) =>
                [...refused, ...(state?.problems ?? []).map((each) => each.message)].includes(message),
            )
            .map(([id]) => id);
    return merged(problems, "\n").map((problem) => {
        const having = ids(problem.message);
        const subject = `${having.length === 1 ? "controller" : "controllers"} ${having.join(", ")}`;
        return { ...problem, message: `${subject}: ${problem.message}` };
    });
}
