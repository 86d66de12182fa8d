import { compatibilityPage } from "./compatibility";
import { stackFileSchema } from "./jsonSchema";
import { settingsReference } from "./reference";

/** What is made from the declarations, by path in the project. */
export function generatedFiles(): Record<string, string> {
    return {
        "docs/compatibility.md": compatibilityPage(),
        "docs/settings.md": settingsReference(),
        "settings.schema.json": `${JSON.stringify(stackFileSchema(), null, 2)}\n`,
    };
}
