import { groupBy } from "../collections";
import type { Fault } from "./fault";
import { showPaths } from "../path";
import type { Meeting } from "./met";
import type { Problem } from "../problem";
import { newestRelease, releaseAfter } from "./releases";

/** A meeting on one controller, with the version of the plugin that is there or is going to be. */
export interface ControllerMeeting extends Meeting {
    /** Id of the controller. */
    controller: string;
    version: string;
}

/** The faults that are met, each once with all that meets it, errors first; without what the stack silences. */
export function faultProblems(met: readonly ControllerMeeting[], silence: readonly string[]): Problem[] {
    const loud = met.filter(({ fault }) => !silence.includes(fault.id));
    return (["error", "warning"] as const).flatMap((severity) => {
        const groups = groupBy(
            loud.filter((meeting) => meeting.severity === severity),
            ({ fault }) => fault,
        );
        return [...groups].map(([fault, meetings]) => ({
            code: fault.id,
            severity,
            path: showPaths(meetings.map(({ place, controller }) => place ?? ["controllers", controller])),
            message: inShort(`with ${versions(meetings)}, `, fault.happens),
            fix: remedy(fault, meetings),
        }));
    });
}

/** What happens, or its first clause where the whole is longer than a message may be: docs/messages.md has all of it. */
function inShort(begin: string, happens: string): string {
    const whole = begin + happens;
    return whole.length <= 160 ? whole : begin + happens.split(/[;:] /)[0]!;
}

function versions(meetings: readonly ControllerMeeting[]): string {
    return [...groupBy(meetings, ({ version }) => version)]
        .map(([version, those]) => `ec2 ${version} on ${few(unique(those.map(({ controller }) => controller)))}`)
        .join(" and ");
}

function remedy(fault: Fault, meetings: readonly ControllerMeeting[]): string {
    const fixed = fault.last === undefined ? undefined : releaseAfter(fault.last);
    const [controller = ""] = meetings.map((meeting) => meeting.controller);
    return [
        fault.remedy,
        fixed === undefined
            ? `; all releases up to ${newestRelease.version} have this fault`
            : `; ${fixed.version} mends it (controllers.${controller}.plugin.minimum)`,
        fault.link === undefined ? "" : `; see ${fault.link}`,
    ].join("");
}

/** Many names would make a message longer than it may be. */
const few = ([first = "", ...others]: string[]) =>
    others.length > 1 ? `${first} and ${others.length} more` : [first, ...others].join(", ");

const unique = (names: readonly string[]) => [...new Set(names)];
