import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { StackSettings } from "../settings";
import { pulumi, withoutConfigFile } from "./pulumi";

/**
 * Reads a stack's configuration, and hands it over by the variables in which Pulumi hands it to a program: what loads Pulumi's
 * SDK from then on works for this stack.
 *
 * @returns the stack's name
 */
export async function takeUpStack(stackArguments: string[]): Promise<string> {
    const read = async (args: string[]) => {
        const { code, stdout } = await pulumi(args);
        if (code !== 0) throw new Error("The stack's configuration could not be read.");
        return stdout;
    };
    const stack = await read(["stack", "--show-name", "--non-interactive", ...withoutConfigFile(stackArguments)]);
    const shown = await read(["config", "--json", "--show-secrets", "--non-interactive", ...stackArguments]);
    const configuration = Object.entries(JSON.parse(shown) as Record<string, { value?: string; secret?: boolean }>);
    const secretKeys = configuration.filter(([, { secret }]) => secret).map(([key]) => key);
    Object.assign(process.env, {
        PULUMI_NODEJS_PROJECT: (parse(readFileSync("Pulumi.yaml", "utf8")) as { name: string }).name,
        PULUMI_NODEJS_STACK: stack.trim(),
        PULUMI_NODEJS_ROOT_DIRECTORY: process.cwd(),
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(configuration.map(([key, { value }]) => [key, value ?? ""]))),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
    });
    return stack.trim();
}

/** The configuration of the stack that was taken up, by `NAMESPACE:KEY`, with secrets in clear: it stays in this process's memory. */
export type StackConfiguration = Record<string, string>;
export const configurationTakenUp = () => JSON.parse(process.env.PULUMI_CONFIG ?? "{}") as StackConfiguration;

/** Whether the stack's configuration has settings. A program that gives them to the component need not have any there. */
export const hasSettings = () =>
    Object.keys(configurationTakenUp()).some((key) => /:(controllers|clouds|fleet)$/.test(key));

/** The settings as a deployment reads them, of the stack that was taken up. */
export async function settingsTakenUp(): Promise<StackSettings> {
    // Pulumi's SDK reads these variables once, when it is loaded.
    const { configuredSettings } = await import("../settings/read/configuration");
    return configuredSettings().settings;
}
