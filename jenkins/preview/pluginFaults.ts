import type { StackSettings } from "../../settings";
import { metByController, metBySettings } from "../../settings/plugin/met";
import { faultProblems, type ControllerMeeting } from "../../settings/plugin/faultReport";
import { leadingNumber, newestRelease } from "../../settings/plugin/releases";
import type { Problem } from "../../settings/problem";
import type { Preflights } from "./controllerState";
import { isNewEnough } from "../push/plugins";

/**
 * The plugin's known faults that the settings meet, in the version that is installed or that the push installs; without those that
 * the stack silences, and without controllers that did not answer.
 */
export function pluginFaults(
    settings: StackSettings,
    preflights: Preflights,
): { errors: Problem[]; warnings: Problem[] } {
    const newer: Problem[] = [];
    const met = Object.entries(preflights).flatMap(([controller, { state }]): ControllerMeeting[] => {
        const version = state && comingVersion(settings.controllers[controller]!.plugin, state.installed);
        if (state === undefined || version === undefined) return [];
        if (isNewerThanKnown(version)) newer.push(newerThanKnown(controller, version));
        return [...metBySettings(version, settings, controller), ...metByController(version, state)].map((meeting) => ({
            ...meeting,
            controller,
            version,
        }));
    });
    const problems = faultProblems(met, settings.silence);
    return {
        errors: problems
            .filter(({ severity }) => severity === "error")
            .map((problem) => ({ ...problem, fix: `${problem.fix}; to accept it, add ${problem.code} to 'silence'` })),
        warnings: [
            ...problems.filter(({ severity }) => severity === "warning"),
            ...newer.filter(({ code }) => !settings.silence.includes(code)),
        ],
    };
}

const isNewerThanKnown = (version: string) => leadingNumber(version) > leadingNumber(newestRelease.version);

function newerThanKnown(controller: string, version: string): Problem {
    return {
        code: "plugin-newer-than-known",
        severity: "warning",
        path: `controllers.${controller}.plugin`,
        message: `ec2 ${version} is newer than the releases that this program knows; it reports the faults of ${newestRelease.version}`,
    };
}

/** The version that the pushes will work with: the installed one, or the one that takes its place; undefined without either. */
function comingVersion(
    plugin: StackSettings["controllers"][string]["plugin"],
    installed: Parameters<typeof isNewEnough>[0],
): string | undefined {
    if (isNewEnough(installed, plugin)) return installed.ec2;
    return plugin.install && !installed.inactive ? plugin.version : undefined;
}
