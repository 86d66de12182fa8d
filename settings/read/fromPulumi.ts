import { Buffer } from "node:buffer";
import type { RawSettings, SettingsContext } from "./context";
import { withoutDefaults } from "./projectFile";

/** The settings of a stack, from its whole configuration as Pulumi hands it to a program: texts by `NAMESPACE:KEY`. */
export function fromPulumi(
    config: Record<string, string>,
    known: SettingsContext,
): { raw: RawSettings; context: SettingsContext } {
    const namespace = `${known.project}:`;
    const raw = Object.fromEntries(
        Object.entries(config).flatMap(([key, text]) =>
            key.startsWith(namespace) ? [[key.slice(namespace.length), value(text)]] : [],
        ),
    );
    const context = { ...known, configurationBytes: Buffer.byteLength(JSON.stringify(config)) };
    return { raw: isEmpty(raw.fleet) ? raw : withoutDefaults(raw, context), context };
}

/** `aws:region`, or what the shell has in its place. */
export function regionOf(config: Record<string, string>): string | undefined {
    return config["aws:region"] ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
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
