import * as pulumi from "@pulumi/pulumi";
import { readInputs } from "./known";
import type { RawSettings } from "./context";
import { checkedSettings, projectContext } from "./configuration";
import { showPath } from "../path";
import { problemLine, UserError, type Problem } from "../problem";
import type { StackSettings } from "../schema/stack";

/**
 * The settings of a component from its arguments, checked as a stack's configuration is. Paths of files are relative to the
 * folder of the Pulumi project.
 *
 * @param component whose arguments they are; the default of the setting `name` as well
 * @param args the settings by name; any part of any of them may be an input of Pulumi
 * @param isDeployed whether the stack has been deployed before
 * @returns undefined in a preview of a stack without outputs, as the first one is, where an argument is not known yet: nothing can be checked or compared then
 * @throws UserError with every problem in it; and where an argument is not known yet in a stack that has been deployed, as a preview
 * without the component would show all that it has as deleted
 */
export async function settingsOf(
    component: string,
    args: object,
    isDeployed: () => Promise<boolean>,
): Promise<{ settings: StackSettings; region: string | undefined } | undefined> {
    const known = await readInputs(args);
    if (known.unknown.length > 0) {
        const path = `${component}: ${known.unknown.map(showPath).join(", ")}`;
        const message = "is known only after the update";
        if (await isDeployed()) throw unknownInputs({ code: "unknown-input", path, message });
        const left = `${message}: this preview leaves the component out, and shows it as deleted if a deployed program exports nothing`;
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
