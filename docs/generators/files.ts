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

/** Maps with an entry in each line. */
const SPREAD = ["", "properties", "config", "definitions", "resources", "types"];

/** A setting or a definition in each line: a diff shows which of them changed, in half the length of a keyword in each line. */
function json(value: object, key = "", indent = ""): string {
    if (!SPREAD.includes(key)) return JSON.stringify(value);
    const lines = Object.entries(value).map(
        ([name, part]) => `${indent}  ${JSON.stringify(name)}: ${json(part as object, name, `${indent}  `)}`,
    );
    return `{\n${lines.join(",\n")}\n${indent}}${key === "" ? "\n" : ""}`;
}
