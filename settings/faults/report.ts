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

/** All meetings of one fault. */
export interface FaultReport {
    /** For `silence`. */
    name: string;
    severity: Meeting["severity"];
    /** Paths of all that meets it. */
    path: string;
    /** What happens, and on which controllers. */
    message: string;
    /** What to do about it. */
    fix: string;
}

/** What is to be said of the faults that are met, each once, errors first; what the stack silences is left out. */
export function faultReports(met: readonly ControllerMeeting[], silence: readonly string[]): FaultReport[] {
    const loud = met.filter(({ fault }) => !silence.includes(fault.id));
    return (["error", "warning"] as const).flatMap((severity) => {
        const groups = groupBy(
            loud.filter((meeting) => meeting.severity === severity),
            ({ fault }) => fault,
        );
        return [...groups].map(([fault, meetings]) => ({
            name: fault.id,
            severity,
            path: places(meetings),
            message: `with ${versions(meetings)}, ${fault.happens}`,
            fix: remedy(fault, meetings),
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
        fault.remedy,
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
