import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { isKnown, settled } from "../jenkins/known";
import type { RawSettings } from "./context";
import { checkedSettings, projectContext } from "./configuration";
import { showPath, type Path } from "./path";
import type { completeCloud } from "./schema/cloud";
import type { stack, StackSettings } from "./schema/stack";
import type { completeTemplate } from "./schema/template";

/** The same structure, in which any part may be an input of Pulumi: a value, a promise, another resource's output. */
export type Inputs<T> = pulumi.Input<T> | (T extends object ? { [Key in keyof T]: Inputs<T[Key]> } : never);

/** Settings as one layer over others: nothing is needed, null takes an inherited value back, `{ add }` adds to a list. */
export type Layer<T> = T extends readonly (infer Item)[]
    ? T | { add: Item[] }
    : T extends object
      ? { [Key in keyof T]?: Layer<T[Key]> | null }
      : T;

type Extends = { extends?: string | string[] };
type Template = Layer<z.input<typeof completeTemplate>>;
/** A template, as docs/settings.md has it under `clouds.CLOUD.templates.TEMPLATE`. */
export type TemplateArguments = Template & Extends & { variants?: Record<string, Template | null> };
type CloudLayers = "templates" | "defaults";
/** A cloud, as docs/settings.md has it under `clouds.CLOUD`. */
export type CloudArguments = Layer<Omit<z.input<typeof completeCloud>, CloudLayers>> &
    Extends & { templates?: Record<string, TemplateArguments | null>; defaults?: TemplateArguments | null };

type Layered = "clouds" | "cloudSets" | "templateSets";
/** Every setting, as docs/settings.md has it. */
export type SettingsArguments = Omit<z.input<typeof stack>, Layered> & {
    clouds: Record<string, CloudArguments>;
    cloudSets?: Record<string, CloudArguments>;
    templateSets?: Record<string, TemplateArguments>;
};

/**
 * The settings of a component from its arguments, checked as a stack's configuration is. Paths of files are relative to the
 * folder of the Pulumi project.
 *
 * @param component whose arguments they are; the default of the setting `name` as well
 * @returns undefined in a preview in which an argument is not known yet: nothing can be checked or compared then
 * @throws a RunError with every problem in it
 */
export async function settingsOf(
    component: string,
    args: Inputs<SettingsArguments>,
): Promise<{ settings: StackSettings; region: string | undefined } | undefined> {
    const known = await plain(args, []);
    if (known.unknown.length > 0) {
        await pulumi.log.warn(
            `${component}: ${known.unknown.join(", ")}: not known before the update. This preview leaves the component out; what it shows as deleted because of that is not.`,
        );
        return undefined;
    }
    const context = projectContext();
    const settings = checkedSettings(
        { name: component, ...(known.value as RawSettings) },
        {
            ...context,
            component,
            secretKeys: new Set(["secrets", ...known.secrets.map(([key]) => String(key))]),
            secretPaths: known.secrets,
        },
    );
    return { settings, region: context.region };
}

/** A copy of nested inputs. */
interface Plain {
    value: unknown;
    /** Where secrets are. */
    secrets: Path[];
    /** Where values are that are not known yet, as text. */
    unknown: string[];
}

async function plain(input: unknown, path: Path): Promise<Plain> {
    if (pulumi.Output.isInstance(input)) return ofOutput(input as pulumi.Output<unknown>, path);
    if (input instanceof Promise) return plain(await input, path);
    if (typeof input !== "object" || input === null) return { value: input, secrets: [], unknown: [] };
    const keys = Array.isArray(input) ? [...input.keys()] : Object.keys(input);
    const parts = await Promise.all(
        keys.map(
            async (key) => [key, await plain((input as Record<PropertyKey, unknown>)[key], [...path, key])] as const,
        ),
    );
    const values = parts
        .filter(([, { value }]) => value !== undefined)
        .map(([key, { value }]) => [key, value] as const);
    return {
        value: Array.isArray(input) ? values.map(([, value]) => value) : Object.fromEntries(values),
        secrets: parts.flatMap(([, { secrets }]) => secrets),
        unknown: parts.flatMap(([, part]) => part.unknown),
    };
}

async function ofOutput(output: pulumi.Output<unknown>, path: Path): Promise<Plain> {
    const [value, known, secret] = [await settled(output), await isKnown(output), await pulumi.isSecret(output)];
    const inner: Plain = known ? await plain(value, path) : { value, secrets: [], unknown: [showPath(path)] };
    return secret ? { ...inner, secrets: [path] } : inner;
}
