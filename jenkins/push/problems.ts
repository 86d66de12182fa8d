import { groupBy } from "../../settings/collections";
import type { PushCode } from "../../settings/messages/pushMessages";
import { firstVersionOf } from "../../settings/plugin/firstVersions";
import type { Problem } from "../../settings/problem";
import { optional, record, text, textLike, type Form } from "./form";
import type { CloudPayload } from "./request";

/** What a script finds wrong, as it answers it: by the names of the plugin. */
export interface ScriptProblem {
    /** See `Refusal` in frame.groovy. */
    code: PushCode;
    text: string;
    /** Id of the template; empty for the cloud itself; absent where the text is about no parameter. */
    template?: string;
    /** The parameter's name in the plugin, a name within it after a dot; empty for the whole cloud or template. */
    parameter?: string;
    /** The parameter or class that the installed plugin lacks, if that is what is wrong. */
    lacks?: string;
}

/** The form of a {@link ScriptProblem}. */
export const problemForm: Form = record({
    code: textLike(/^[a-z-]{1,60}$/),
    text,
    template: optional(text),
    parameter: optional(text),
    lacks: optional(text),
});

/** The problem of a script in the words of the settings: `path` is the setting behind the parameter, or what it belongs to. */
export function problemOfScript(
    { code, text, template, parameter = "", lacks }: ScriptProblem,
    cloud?: CloudPayload,
): Problem {
    const severity = "error";
    if (template === undefined) return { code, severity, path: "", message: text };
    const subject = template === "" ? cloud : cloud?.templates.find(({ id }) => id === template);
    const setting = subject?.settings[parameter.split(".")[0]!];
    const whole = subject?.path ?? (template === "" ? "the cloud" : `template ${template}`);
    const path = setting === undefined ? whole : `${whole}.${setting}`;
    if (lacks !== undefined) {
        const fix = "remove the setting, or upgrade the plugin";
        return { code, severity, path, message: since(text, lacks), fix };
    }
    return { code, severity, path, message: parameter === "" || setting === "name" ? text : `${parameter}: ${text}` };
}

/** One problem for each message, with the paths of all that have it. */
export function merged(problems: readonly Problem[], separator = ", "): Problem[] {
    const groups = groupBy(problems, ({ message, fix }) => JSON.stringify([message, fix]));
    return [...groups.values()].map((same) => ({
        ...same[0]!,
        path: [...new Set(same.map(({ path }) => path))].join(separator),
    }));
}

/** The problems in one line each. */
export function sentences(problems: readonly Problem[]): string[] {
    return merged(problems).map(({ path, message, fix }) => {
        const head = path === "" ? "" : `${path}: `;
        return `${head}${message}${fix === undefined ? "" : `: ${fix}`}`;
    });
}

function since(text: string, lacks: string): string {
    const first = firstVersionOf(lacks);
    return first === undefined ? text : `${text}; ec2 ${first} is the first that has it`;
}
