import { commandsPage } from "./commandsPage";
import { compatibilityPage } from "./compatibilityPage";
import { commandsSchema, fleetFileSchema, stackFileSchema } from "./jsonSchema";
import { inputsModule } from "./inputsModule";
import { messagesPage } from "./messagesPage";
import { pulumiSchema } from "./pulumiSchema";
import { settingsReference } from "./settingsPage";

/** What is made from the declarations, by path in the project. */
export function generatedFiles(): Record<string, string> {
    return {
        "component/inputs.ts": inputsModule(),
        "component/schema.json": json(pulumiSchema()),
        "docs/schemas/commands.schema.json": json(commandsSchema()),
        "docs/commands.md": commandsPage(),
        "docs/compatibility.md": compatibilityPage(),
        "docs/messages.md": messagesPage(),
        ...settingsReference(),
        "docs/schemas/fleet.schema.json": json(fleetFileSchema()),
        "docs/schemas/settings.schema.json": json(stackFileSchema()),
    };
}

const json = (schema: object) => `${JSON.stringify(schema, null, 2)}\n`;
