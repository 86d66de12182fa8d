import { visible } from "./visible";

/** One thing that is wrong with the settings. */
export interface SettingsProblem {
    /** Key path below the project's namespace, such as `clouds.agents.templates.linux.executors`. */
    path: string;
    /** Where it is written, as `fleets/prod.yaml:12:7`, if that is known: it is for a fleet file. */
    place?: string;
    /** What was found there, as it is shown; secrets are masked. Undefined where nothing was found. */
    value?: string;
    /** What is wrong, and what is allowed. */
    message: string;
    /** How to put it right: a command where there is one. */
    fix?: string;
}

/** Something that is allowed and probably not meant. */
export interface SettingsWarning {
    /** For `silence`. */
    name: string;
    path: string;
    /** As that of a problem. */
    place?: string;
    message: string;
}

/** A user's mistake: every problem of the settings in one message. Nothing has been touched when it is thrown. */
export class SettingsError extends Error {
    public override readonly name = "SettingsError";

    public constructor(public readonly problems: SettingsProblem[]) {
        const heading = problems.length === 1 ? "One setting is" : `${problems.length} settings are`;
        super(
            problemText(
                `${heading} wrong; nothing has been changed. See docs/messages.md#settings-are-wrong`,
                problems,
            ),
        );
    }
}

/** More problems than these are one mistake that is made again and again. */
const mostShown = 200;

/** A heading, and each problem with its path, its value, what is wrong, and the fix. */
export function problemText(heading: string, problems: SettingsProblem[]): string {
    const more = problems.length > mostShown ? [`and ${problems.length - mostShown} more`] : [];
    return visible([heading, ...problems.slice(0, mostShown).map(describe), ...more].join("\n\n"));
}

/** A warning in one line, with its section of the page that says what to do, whose anchor is the name that silences it. */
export function warningText(warning: SettingsWarning): string {
    return visible(
        `${whereIs(warning)}: ${warning.message} (docs/messages.md#${warning.name}; add ${warning.name} to 'silence' to hide this)`,
    );
}

/** The key path, and before it the place where it is written. */
export function whereIs({ path, place }: { path: string; place?: string }): string {
    return place === undefined ? path : `${place}: ${path}`;
}

function describe(problem: SettingsProblem): string {
    const where = whereIs(problem);
    const head = problem.value === undefined ? where : `${where}: ${problem.value}`;
    return [head, problem.message, ...(problem.fix === undefined ? [] : [`fix: ${problem.fix}`])].join("\n    ");
}
