import type { StackSettings } from "../../settings";
import { metByController, metBySettings } from "../../settings/plugin/met";
import { faultReports, type ControllerMeeting } from "../../settings/plugin/faultReport";
import type { SettingsProblem, SettingsWarning } from "../../settings/problem";
import type { Looks } from "./preflightResults";
import { isNewEnough } from "../push/plugins";

/**
 * What the settings meet of the plugin's known faults, on the versions that were found or are going to be installed; without
 * what the stack silences. Of a controller that did not answer nothing is known.
 */
export function pluginFaults(
    settings: StackSettings,
    looks: Looks,
): { errors: SettingsProblem[]; warnings: SettingsWarning[] } {
    const met = Object.entries(looks).flatMap(([controller, { state }]): ControllerMeeting[] => {
        const version = state && comingVersion(settings.controllers[controller]!.plugin, state.installed);
        if (state === undefined || version === undefined) return [];
        return [...metBySettings(version, settings, controller), ...metByController(version, state)].map((meeting) => ({
            ...meeting,
            controller,
            version,
        }));
    });
    const reports = faultReports(met, settings.silence);
    return {
        errors: reports
            .filter(({ severity }) => severity === "error")
            .map(({ name, path, message, fix }) => ({
                path,
                message,
                fix: `${fix}; to take it as it is, add ${name} to 'silence' (docs/messages.md#${name})`,
            })),
        warnings: reports
            .filter(({ severity }) => severity === "warning")
            .map(({ name, path, message, fix }) => ({ name, path, message: `${message}. What to do: ${fix}` })),
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
