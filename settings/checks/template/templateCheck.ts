import type { CloudSettings } from "../../schema/cloud";
import type { StackSettings } from "../../schema/stack";
import type { TemplateSettings } from "../../schema/template";
import type { ErrorCode, WarningCode } from "../../messages/settingsMessages";

/** One template under check: its settings, what it is in, and where findings about it go. */
export interface TemplateCheck {
    template: TemplateSettings;
    cloud: CloudSettings;
    stack: StackSettings;
    /** Something certainly wrong with one setting, by its path in the template (`idle.then`). */
    problem(code: ErrorCode, setting: string, message: string, fix?: string): void;
    /** Something probably not meant. */
    warn(code: WarningCode, setting: string, message: string): void;
}
