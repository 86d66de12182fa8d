import { templateSources } from "../../schema/template";
import type { TemplateCheck } from "./templateCheck";

/** Raw parameters must not make another template of it, and need not repeat a setting. */
export function checkPlugin({ template, problem, warn }: TemplateCheck): void {
    for (const parameter of Object.keys(template.plugin)) {
        const settings = templateSources.get(parameter);
        if (parameter === "description")
            problem("reserved", "plugin.description", "is not allowed under plugin: use the setting description");
        else if (settings !== undefined) {
            warn(
                "plugin-parameter-has-setting",
                `plugin.${parameter}`,
                `overrides the setting ${settings.join(", ")}: use that setting, which is checked`,
            );
        }
    }
}
