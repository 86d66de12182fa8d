import { templateSources } from "../../schema/template";
import type { TemplateCheck } from "./templateCheck";

/** Raw parameters must not make another template of it, and need not say what a setting says. */
export function checkPlugin({ template, problem, warn }: TemplateCheck): void {
    for (const parameter of Object.keys(template.plugin)) {
        const settings = templateSources.get(parameter);
        if (parameter === "description")
            problem(
                "reserved",
                "plugin.description",
                "must be said by the setting description: the plugin knows the template by it",
            );
        else if (settings !== undefined) {
            warn(
                "plugin-parameter-has-setting",
                `plugin.${parameter}`,
                `goes over the setting ${settings.join(", ")}, which says the same with checks`,
            );
        }
    }
}
