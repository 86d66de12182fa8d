import { Buffer } from "node:buffer";
import { readdirSync, readFileSync, statSync, type Stats } from "node:fs";
import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { visible } from "../jenkins/push/visible";
import type { RawSettings, SettingsContext } from "./context";
import { costLines } from "./cost";
import { withoutDefaults } from "./documentation/projectFile";
import { mistake } from "./mistake";
import { sayWarnings } from "./sayWarnings";
import { readSettings, SettingsError, type StackSettings } from ".";

/**
 * The stack's settings, checked: the edge between Pulumi and the settings, which are pure. Warnings go to Pulumi's log, and in
 * a preview what the templates cost.
 *
 * @throws a RunError with every problem in it, which Pulumi prints without a stack trace
 */
export function configuredSettings(): { settings: StackSettings; region: string | undefined } {
    const { raw, context } = readConfiguration();
    return { settings: checkedSettings(raw, context), region: context.region };
}

/** As {@link configuredSettings}, wherever the settings come from. */
export function checkedSettings(raw: RawSettings, context: SettingsContext): StackSettings {
    try {
        const { settings, warnings } = readSettings(raw, context);
        void sayWarnings(warnings);
        if (pulumi.runtime.isDryRun()) void pulumi.log.info(visible(costLines(settings).join("\n")));
        return settings;
    } catch (error) {
        throw error instanceof SettingsError ? mistake(error.message) : error;
    }
}

/** What the settings are read against, wherever they come from. */
export function projectContext(): Pick<SettingsContext, "project" | "stack" | "region" | "readFile" | "listFolder"> {
    return {
        project: pulumi.getProject(),
        stack: pulumi.getStack(),
        region: pulumi.runtime.allConfig()["aws:region"] ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION,
        readFile,
        listFolder,
    };
}

function readConfiguration(): { raw: RawSettings; context: SettingsContext } {
    const config = pulumi.runtime.allConfig();
    const namespace = `${pulumi.getProject()}:`;
    const raw = Object.fromEntries(
        Object.entries(config).flatMap(([key, text]) =>
            key.startsWith(namespace) ? [[key.slice(namespace.length), value(text)]] : [],
        ),
    );
    const context = {
        ...projectContext(),
        secretKeys: secretKeys(namespace),
        configurationBytes: Buffer.byteLength(JSON.stringify(config)),
    };
    return { raw: isEmpty(raw.fleet) ? raw : withoutDefaults(raw, context), context };
}

function isEmpty(fleet: unknown): boolean {
    return fleet === undefined || (Array.isArray(fleet) && fleet.length === 0);
}

/** Maps, lists, numbers and truth values come as JSON, texts as they are. A text that only looks like a number is rare, and quoted it stays one. */
function value(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return text;
    }
}

function readFile(path: string): string | undefined {
    const file = inProject(path);
    if (!statusOf(file)?.isFile()) return undefined;
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        throw mistake(visible(`${path} can't be read: ${(error as Error).message}`));
    }
}

/** Undefined also where the path can be none: a script of one line in place of its file is too long for a name. */
function statusOf(file: string): Stats | undefined {
    try {
        return statSync(file, { throwIfNoEntry: false });
    } catch {
        return undefined;
    }
}

function listFolder(path: string): string[] | undefined {
    const folder = inProject(path);
    return statusOf(folder)?.isDirectory() ? readdirSync(folder) : undefined;
}

function inProject(path: string): string {
    return resolve(pulumi.runtime.getRootDirectory?.() ?? process.cwd(), path);
}

/**
 * Which keys hold secrets: the language host says so in PULUMI_CONFIG_SECRET_KEYS (Pulumi's protocol for language hosts). A
 * getter of Pulumi's own would hand out the value as an output, of which nothing can be checked before it is used.
 */
function secretKeys(namespace: string): Set<string> {
    const keys = JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS ?? "[]") as string[];
    return new Set(keys.filter((key) => key.startsWith(namespace)).map((key) => key.slice(namespace.length)));
}
