import type { CloudSettings } from "../../schema/cloud";
import type { StackSettings } from "../../schema/stack";
import type { TemplateSettings } from "../../schema/template";
import type { WarningName } from "../warnings";

/** One template under check: what it says, what it is in, and where findings about it go. */
export interface TemplateCheck {
    template: TemplateSettings;
    cloud: CloudSettings;
    stack: StackSettings;
    /** Something certainly wrong with one setting, by its path in the template (`idle.then`). */
    problem(setting: string, message: string, fix?: string): void;
    /** Something probably not meant. */
    warn(name: WarningName, setting: string, message: string): void;
}
