import { printable } from "./printable";

/** One thing that a user is told: an error ends the program, a warning does not. */
export interface Problem {
    /** Its section in docs/messages.md: a key of the registry in `settings/messages/`. `silence` takes that of a warning. */
    code: string;
    /** Key path below the project's namespace, such as `clouds.agents.templates.linux.executors`; empty where no setting is to blame. */
    path: string;
    /** File, line and column of the setting, as `fleets/prod.yaml:12:7`, where they are known. */
    place?: string;
    /** The value that was found there, as it is shown; secrets are masked. Undefined where there is no value. */
    value?: string;
    /** What is wrong, and what is allowed: at most 160 characters. */
    message: string;
    /** How to mend it: a command where there is one. */
    fix?: string;
    severity: "error" | "warning";
}

/** What docs/messages.md has of one code. */
export interface Message {
    /** A note is in the documentation only. `either`: the settings decide whether it is an error or a warning. */
    severity: Problem["severity"] | "either" | "note";
    /** When one meets it, and what follows. */
    happens: string;
    /** What to do, in the order in which to try. */
    remedy: string;
}

interface UserErrorOptions {
    /** @default counts the settings that are wrong */
    heading?: string;
    /** Whether the one who throws knows that nothing has been made or changed by this run. @default false */
    nothingChanged?: boolean;
}

/**
 * A user's mistake, found before this program touched what it is about: every problem in one message.
 *
 * Pulumi prints the message and no stack trace, as for its own RunError, which it knows by the field `__pulumiRunError` (run.js of
 * SDK 3.270). The stack is the message: Pulumi colours it all the same, and at a frame directly in `node_modules/@pulumi` Node 20.20
 * (markNodeModules of util.inspect) takes most of a minute and gigabytes of memory.
 */
export class UserError extends Error {
    public override readonly name = "UserError";
    public readonly __pulumiRunError = true;
    private readonly heading: string;

    public readonly problems: readonly Problem[];

    /** @param problems each an error */
    public constructor(
        problems: readonly Omit<Problem, "severity">[],
        { heading = headingOf(problems.length), nothingChanged = false }: UserErrorOptions = {},
    ) {
        const errors = problems.map((problem): Problem => ({ ...problem, severity: "error" }));
        super(problemText(`${heading}${nothingChanged ? "; nothing has been changed" : ""}.`, errors));
        this.problems = errors;
        this.heading = heading;
        this.stack = this.message;
    }

    /** The same error, from a caller that knows that nothing has been made or changed. */
    public beforeAnyChange(): UserError {
        return new UserError(this.problems, { heading: this.heading, nothingChanged: true });
    }
}

const headingOf = (count: number) => (count === 1 ? "One setting is wrong" : `${count} settings are wrong`);

/**
 * The answers of all promises; or, once all are settled, one error with the problems of each that failed.
 *
 * @throws the first other error where one is not a {@link UserError} and no problem is known
 */
export async function allOrProblems<T extends readonly Promise<unknown>[] | []>(
    answers: T,
): Promise<{ -readonly [Position in keyof T]: Awaited<T[Position]> }> {
    const settled = await Promise.allSettled(answers);
    const reasons = settled.flatMap((each) => (each.status === "rejected" ? [each.reason as unknown] : []));
    const errors = reasons.filter((reason) => reason instanceof UserError);
    if (errors.length === 1) throw errors[0]!;
    const problems = errors.flatMap((error) => error.problems);
    if (problems.length > 0)
        throw new UserError([...new Map(problems.map((each) => [JSON.stringify(each), each])).values()]);
    return Promise.all(answers);
}

/** More problems than these are one mistake that is made again and again. */
const mostShown = 200;

/** A heading, and each problem with its path, its value, what is wrong, the fix and its section of docs/messages.md. */
export function problemText(heading: string, problems: readonly Problem[]): string {
    const more = problems.length > mostShown ? [`and ${problems.length - mostShown} more`] : [];
    return printable([heading, ...problems.slice(0, mostShown).map(paragraph), ...more].join("\n\n"));
}

function paragraph(problem: Problem): string {
    const { value, message, fix, code } = problem;
    const head = [whereIs(problem), value].filter((part) => part !== undefined && part !== "").join(": ");
    return [
        ...(head === "" ? [] : [head]),
        message,
        ...(fix === undefined ? [] : [`fix: ${fix}`]),
        `see docs/messages.md#${code}`,
    ].join("\n    ");
}

/** A problem in one line, with its section of docs/messages.md, whose anchor is what `silence` takes. */
export function problemLine(problem: Problem): string {
    const where = whereIs(problem);
    return printable(`${where === "" ? "" : `${where}: `}${problem.message} (docs/messages.md#${problem.code})`);
}

/** The key path, and before it the place in its file. */
function whereIs({ path, place }: Problem): string {
    return place === undefined ? path : `${place}: ${path}`;
}
