import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { readInputs } from "./known";
import type { RawSettings } from "./context";
import { checkedSettings, projectContext } from "./configuration";
import { showPath } from "../path";
import { problemLine, UserError, type Problem } from "../problem";
import type { completeCloud } from "../schema/cloud";
import type { stack, StackSettings } from "../schema/stack";
import type { completeTemplate } from "../schema/template";

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

/** The settings, any part of any of them an input of Pulumi. */
export type SettingsInputs = { [Key in keyof SettingsArguments]: Inputs<SettingsArguments[Key]> };

/**
 * The settings of a component from its arguments, checked as a stack's configuration is. Paths of files are relative to the
 * folder of the Pulumi project.
 *
 * @param component whose arguments they are; the default of the setting `name` as well
 * @param isDeployed whether the stack has been deployed before
 * @returns undefined in the first preview of a stack, where an argument is not known yet: nothing can be checked or compared then
 * @throws UserError with every problem in it; and where an argument is not known yet in a stack that has been deployed, as a preview
 * without the component would show all that it has as deleted
 */
export async function settingsOf(
    component: string,
    args: SettingsInputs,
    isDeployed: () => Promise<boolean>,
): Promise<{ settings: StackSettings; region: string | undefined } | undefined> {
    const known = await readInputs(args);
    if (known.unknown.length > 0) {
        const path = `${component}: ${known.unknown.map(showPath).join(", ")}`;
        const message = "is known only after the update";
        if (await isDeployed()) throw unknownInputs({ code: "unknown-input", path, message });
        const left = `${message}: this first preview leaves the component out`;
        await pulumi.log.warn(problemLine({ code: "unknown-input", path, message: left, severity: "warning" }));
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

function unknownInputs(problem: Omit<Problem, "severity">): UserError {
    const fix =
        "deploy first what the value comes from: pulumi up --target URN; or deploy without a preview: pulumi up --skip-preview";
    return new UserError([{ ...problem, fix }], { heading: "This preview cannot show what will happen" });
}
