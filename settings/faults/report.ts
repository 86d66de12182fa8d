import { groupBy } from "../groupBy";
import type { Fault } from "./fault";
import type { Meeting, MeetingPlace } from "./met";
import { newestRelease, releaseAfter } from "./releases";

/** A meeting on one controller, with the version of the plugin that is there or is going to be. */
export interface ControllerMeeting extends Meeting {
    /** Id of the controller. */
    controller: string;
    version: string;
}

/** All meetings of one fault in one sentence. */
export interface FaultReport {
    /** For `silence`. */
    name: string;
    severity: Meeting["severity"];
    message: string;
}

/** What is to be said of the faults that are met, each once, errors first; what the stack silences is left out. */
export function faultReports(met: readonly ControllerMeeting[], silence: readonly string[]): FaultReport[] {
    return (["error", "warning"] as const).flatMap((severity) => {
        const loud = met.filter(
            ({ fault, ...meeting }) => meeting.severity === severity && !silence.includes(fault.id),
        );
        const groups = groupBy(loud, ({ fault }) => fault);
        return [...groups].map(([fault, meetings]) => ({
            name: fault.id,
            severity,
            message: `${places(meetings)}: with ${versions(meetings)}, ${fault.happens}. ${remedy(fault, meetings)}`,
        }));
    });
}

function versions(meetings: readonly ControllerMeeting[]): string {
    return [...groupBy(meetings, ({ version }) => version)]
        .map(([version, those]) => `ec2 ${version} on ${unique(those.map(({ controller }) => controller)).join(", ")}`)
        .join(" and ");
}

function remedy(fault: Fault, meetings: readonly ControllerMeeting[]): string {
    const fixed = fault.last === undefined ? undefined : releaseAfter(fault.last);
    const [controller = ""] = meetings.map((meeting) => meeting.controller);
    return [
        `What to do: ${fault.remedy}`,
        fixed === undefined
            ? `; no release up to ${newestRelease.version} is without it`
            : `, or upgrade: ${fixed.version} is without it (controllers.${controller}.plugin.minimum)`,
        fault.link === undefined ? "" : `; see ${fault.link}`,
    ].join("");
}

/** Paths, those of templates with the same setting as one. */
export function places(meetings: readonly { place: MeetingPlace; controller?: string }[]): string {
    const heads = groupBy(meetings, ({ place, controller }) =>
        place.cloud === undefined ? `controllers.${controller}` : `clouds.${place.cloud}`,
    );
    return [...heads]
        .flatMap(([head, those]) =>
            belowCloud(
                head,
                those.map(({ place }) => place),
            ),
        )
        .join(", ");
}

function belowCloud(head: string, found: readonly MeetingPlace[]): string[] {
    return [...groupBy(found, ({ setting }) => setting)].map(([setting, those]) => {
        const names = unique(those.flatMap(({ template }) => template ?? []));
        const templates = names.length > 1 ? [`{${names.join(",")}}`] : names;
        return [head, ...(names.length > 0 ? ["templates", ...templates] : []), ...(setting ? [setting] : [])].join(
            ".",
        );
    });
}

const unique = (names: readonly string[]) => [...new Set(names)];
