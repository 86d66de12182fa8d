import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Controller } from "../../../playground/world";
import { runScript } from "../../../playground/testing/controller";

/** What someone changes in a cloud with Jenkins' own means. */
export interface Edit {
    /** Parameters of the cloud, by the plugin's names. */
    parameters?: Record<string, string>;
    /** Parameters of templates, by description. */
    templates?: Record<string, Record<string, string>>;
    /** Descriptions of templates that go. */
    without?: string[];
    /** The whole cloud goes. */
    delete?: true;
}

/** Edits a cloud behind the program's back, and saves, as the form in Jenkins does. */
export async function editCloud(controller: Controller, cloud: string, edit: Edit): Promise<void> {
    const wanted = { cloud, parameters: {}, templates: {}, without: [], ...edit };
    const data = Buffer.from(JSON.stringify(wanted)).toString("base64");
    const script = readFileSync(join(__dirname, "edit.groovy"), "utf8").replace("DATA", data);
    const printed = await runScript(controller, script);
    if (printed.trim() !== "") throw new Error(`the edit of cloud ${cloud} ended with: ${printed}`);
}
