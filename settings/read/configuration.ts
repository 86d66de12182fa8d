import * as pulumi from "@pulumi/pulumi";
import { problemLine, type Problem } from "../problem";
import { printable } from "../printable";
import type { RawSettings, SettingsContext } from "./context";
import { costLines } from "../cost";
import { fromPulumi, regionOf } from "./fromPulumi";
import { projectFiles } from "./projectFiles";
import { readSettings, type StackSettings } from "..";

/**
 * The stack's settings, checked: the edge between Pulumi and the settings, which are pure. Warnings go to Pulumi's log, and in
 * a preview what the templates cost.
 *
 * @throws UserError with every problem in it
 */
export function configuredSettings(): { settings: StackSettings; region: string | undefined } {
    const { raw, context } = readConfiguration();
    return { settings: checkedSettings(raw, context), region: context.region };
}

/** As {@link configuredSettings}, wherever the settings come from. */
export function checkedSettings(raw: RawSettings, context: SettingsContext): StackSettings {
    const { settings, warnings } = readSettings(raw, context);
    void logWarnings(warnings);
    if (pulumi.runtime.isDryRun()) void pulumi.log.info(printable(costLines(settings).join("\n")));
    return settings;
}

/** What the settings are read against, wherever they come from. */
export function projectContext(): Pick<SettingsContext, "project" | "stack" | "region" | "readFile" | "listFolder"> {
    return {
        project: pulumi.getProject(),
        stack: pulumi.getStack(),
        region: regionOf(pulumi.runtime.allConfig()),
        ...projectFiles(() => pulumi.runtime.getRootDirectory?.() ?? process.cwd()),
    };
}

function readConfiguration(): { raw: RawSettings; context: SettingsContext } {
    return fromPulumi(pulumi.runtime.allConfig(), {
        ...projectContext(),
        secretKeys: secretKeys(`${pulumi.getProject()}:`),
    });
}

/**
 * Which keys hold secrets: the language host shows it in PULUMI_CONFIG_SECRET_KEYS (Pulumi's protocol for language hosts). A
 * getter of Pulumi's own would hand out the value as an output, of which nothing can be checked before it is used.
 */
function secretKeys(namespace: string): Set<string> {
    const keys = JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS ?? "[]") as string[];
    return new Set(keys.filter((key) => key.startsWith(namespace)).map((key) => key.slice(namespace.length)));
}

/** Writes warnings into Pulumi's log, each with the code that silences it; without those that the stack silences. */
export async function logWarnings(warnings: Problem[], silence: readonly string[] = []): Promise<void> {
    for (const warning of warnings) {
        if (!silence.includes(warning.code)) await pulumi.log.warn(problemLine(warning));
    }
}
