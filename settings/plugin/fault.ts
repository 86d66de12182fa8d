import type { CloudSettings } from "../schema/cloud";
import type { TemplateSettings } from "../schema/template";

/**
 * What is made of a fault that the settings meet. `error`: it costs money without bound or loses agents; nothing is put in
 * place unless `silence` names it. `error-without-cap`: that, where neither the cloud nor the template has a cap; else a
 * warning. `note`: no setting and no version is free of it, so it stands in docs/compatibility.md and in `advise` only.
 */
export type FaultSeverity = "error" | "error-without-cap" | "warning" | "note";

interface FaultText {
    /** Name, for `silence` and for those who look it up. */
    id: string;
    /** Leading number of the first release that has it; absent: the oldest one that this program works with has it too. */
    first?: number;
    /** Leading number of the last release that has it; absent: the newest that is known has it too. */
    last?: number;
    severity: FaultSeverity;
    /** Which settings meet it, in words that follow "with". */
    with: string;
    /** What the plugin does. */
    happens: string;
    /** What to do about it other than to change the version. */
    remedy: string;
    /** Where it is reported, or else the plugin's commit that tells of it. */
    link?: string;
}

/** A fault that a template's settings meet. */
export interface TemplateFault extends FaultText {
    of: "template";
    /** Path of the setting that meets it; empty where no setting does. */
    setting: string;
    /** Both as the plugin reads them: with what `plugin` sets over the settings. */
    meets(template: TemplateSettings, cloud: CloudSettings): boolean;
}

/** A fault that a cloud's settings meet, whatever its templates. */
export interface CloudFault extends FaultText {
    of: "cloud";
    /** As that of a template's. */
    setting: string;
    meets(cloud: CloudSettings): boolean;
}

/** A fault that something on the controller meets, which the settings do not show. */
export interface ControllerFault extends FaultText {
    of: "controller";
    meets(controller: JudgedController): boolean;
}

/** A fault that neither the settings nor the look at a controller decide; it stands in docs/compatibility.md and in `advise` only. */
export interface OtherFault extends FaultText {
    of: "other";
}

/** A fault of some releases of the `ec2` plugin. */
export type Fault = TemplateFault | CloudFault | ControllerFault | OtherFault;

/** What was found on a controller beside the plugin. */
export interface JudgedController {
    /** Whether it has a Jenkins URL (Manage Jenkins, System). */
    hasUrl: boolean;
}
