import { groupBy } from "../../settings/collections";
import type { PushCode } from "../../settings/messages/pushMessages";
import { firstVersionOf } from "../../settings/plugin/firstVersions";
import { optional, record, text, textLike, type Form } from "./form";
import type { CloudPayload } from "./request";

/** What a script finds wrong. */
export interface ScriptProblem {
    /** Set where the script refuses; see `Refusal` in frame.groovy. */
    code: PushCode;
    text: string;
    /** Id of the template; empty for the cloud itself; absent where the text is about no parameter. */
    template?: string;
    /** By the plugin's name, with the name within it behind a dot; empty where it is about the whole. */
    parameter?: string;
    /** The parameter or class that the installed plugin lacks, if that is what is wrong. */
    lacks?: string;
}

/** {@link ScriptProblem}, as a script answers it. */
export const problemForm: Form = record({
    code: textLike(/^[a-z-]{1,60}$/),
    text,
    template: optional(text),
    parameter: optional(text),
    lacks: optional(text),
});

/** A problem in the words of the settings. */
export interface NamedProblem {
    code: PushCode;
    /** The settings that it is about. */
    paths: string[];
    message: string;
    fix?: string;
}

/** The problems by the settings' own paths; the same one of several templates is one problem with several paths. */
export function namedProblems(problems: ScriptProblem[], cloud: CloudPayload | undefined): NamedProblem[] {
    return merged(problems.map((each) => named(each, cloud)));
}

/** One entry for each message, with all of its paths. */
export function merged(problems: NamedProblem[]): NamedProblem[] {
    const groups = groupBy(problems, ({ message, fix }) => JSON.stringify([message, fix]));
    return [...groups.values()].map((same) => ({
        ...same[0]!,
        paths: [...new Set(same.flatMap(({ paths }) => paths))],
    }));
}

/** A problem in one line. */
export function sentence({ paths, message, fix }: NamedProblem): string {
    const head = paths.length === 0 ? "" : `${paths.join(", ")}: `;
    return `${head}${message}${fix === undefined ? "" : `: ${fix}`}`;
}

function named({ code, text, template, parameter = "", lacks }: ScriptProblem, cloud?: CloudPayload): NamedProblem {
    if (template === undefined) return { code, paths: [], message: text };
    const subject = template === "" ? cloud : cloud?.templates.find(({ id }) => id === template);
    const setting = subject?.settings[parameter.split(".")[0]!];
    const whole = subject?.path ?? (template === "" ? "the cloud" : `template ${template}`);
    const paths = [setting === undefined ? whole : `${whole}.${setting}`];
    if (lacks !== undefined) {
        return { code, paths, message: since(text, lacks), fix: "remove the setting, or upgrade the plugin" };
    }
    return { code, paths, message: parameter === "" || setting === "name" ? text : `${parameter}: ${text}` };
}

function since(text: string, lacks: string): string {
    const first = firstVersionOf(lacks);
    return first === undefined ? text : `${text}; ec2 ${first} is the first that has it`;
}
