import { compatibilityPage } from "./compatibility";
import { fleetFileSchema, stackFileSchema } from "./jsonSchema";
import { settingsReference } from "./reference";

/** What is made from the declarations, by path in the project. */
export function generatedFiles(): Record<string, string> {
    return {
        "docs/compatibility.md": compatibilityPage(),
        "docs/settings.md": settingsReference(),
        "fleet.schema.json": `${JSON.stringify(fleetFileSchema(), null, 2)}\n`,
        "settings.schema.json": `${JSON.stringify(stackFileSchema(), null, 2)}\n`,
    };
}
