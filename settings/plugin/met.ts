import type { Path } from "../path";
import type { CloudSettings } from "../schema/cloud";
import type { StackSettings } from "../schema/stack";
import { asPluginReads } from "./asPluginReads";
import { isCapped } from "./conditions";
import type { JudgedController, Fault } from "./fault";
import { leadingNumber } from "./releases";
import { faults } from "./table";

/** A fault that something meets. */
export interface Meeting {
    fault: Fault;
    severity: "error" | "warning";
    /** A warning only as a cap bounds what it costs. */
    bounded: boolean;
    /** What meets it in the settings: the setting where one is given, or else the template or cloud; absent where it is the controller. */
    place?: Path;
}

/** Whether a release has a fault. A release after the newest that is known has what that one has. */
export function affects({ first, last }: Fault, version: string): boolean {
    const number = leadingNumber(version);
    return number >= (first ?? 0) && number <= (last ?? Infinity);
}

/** What is judged: clouds, and the stack's tags, which their templates have too. */
export type JudgedSettings = Pick<StackSettings, "clouds" | "tags">;

/**
 * What the clouds meet with a version of the plugin, all of them or those of one controller. Notes are met by every cloud,
 * and are left out.
 */
export function metBySettings(version: string, { clouds, tags }: JudgedSettings, controller?: string): Meeting[] {
    const here = faults.filter((fault) => fault.severity !== "note" && affects(fault, version));
    return Object.values(clouds)
        .filter(({ controllers }) => controller === undefined || controllers.includes(controller))
        .map((cloud) => asPluginReads(cloud, tags))
        .flatMap((cloud) => here.flatMap((fault) => metByCloud(fault, cloud)));
}

/** What a controller meets by what was found on it. */
export function metByController(version: string, state: JudgedController): Meeting[] {
    return faults
        .filter((fault) => fault.of === "controller" && affects(fault, version) && fault.meets(state))
        .map((fault) => meeting(fault, undefined));
}

function metByCloud(fault: Fault, cloud: CloudSettings): Meeting[] {
    if (fault.of === "cloud") {
        return fault.meets(cloud) ? [meeting(fault, ["clouds", cloud.id, ...whereGiven(fault.setting, cloud)])] : [];
    }
    if (fault.of !== "template") return [];
    return Object.values(cloud.templates)
        .filter((template) => fault.meets(template, cloud))
        .map((template) =>
            meeting(
                fault,
                ["clouds", cloud.id, "templates", template.key, ...whereGiven(fault.setting, template)],
                isCapped(template, cloud),
            ),
        );
}

function meeting(fault: Fault, place: Path | undefined, capped = false): Meeting {
    const bounded = fault.severity === "error-without-cap" && capped;
    const severe = fault.severity === "error" || fault.severity === "error-without-cap";
    return { fault, severity: severe && !bounded ? "error" : "warning", bounded, place };
}

/** The setting's path if the user gave it, or what it is in. */
function whereGiven(setting: string, { explicit }: { explicit: string[] }): Path {
    const parts = setting.split(".");
    const paths = parts.map((_, length) => parts.slice(0, parts.length - length));
    return paths.find((path) => explicit.includes(path.join("."))) ?? [];
}
