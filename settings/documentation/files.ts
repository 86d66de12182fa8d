import { compatibilityPage } from "./compatibility";
import { commandsSchema, fleetFileSchema, stackFileSchema } from "./jsonSchema";
import { messagesPage } from "./messages";
import { settingsReference } from "./reference";

/** What is made from the declarations, by path in the project. */
export function generatedFiles(): Record<string, string> {
    return {
        "commands.schema.json": json(commandsSchema()),
        "docs/compatibility.md": compatibilityPage(),
        "docs/messages.md": messagesPage(),
        "docs/settings.md": settingsReference(),
        "fleet.schema.json": json(fleetFileSchema()),
        "settings.schema.json": json(stackFileSchema()),
    };
}

const json = (schema: object) => `${JSON.stringify(schema, null, 2)}\n`;
