import * as pulumi from "@pulumi/pulumi";
import { problemText, type SettingsProblem } from "../problem";

/**
 * A user's mistake as Pulumi prints it: the message and nothing else.
 *
 * Without a stack: Pulumi prints none for a RunError, but colours it all the same, and at a frame directly in
 * `node_modules/@pulumi` Node 20.20 (markNodeModules of util.inspect) goes round for most of a minute, with gigabytes of memory.
 */
export function mistake(message: string): pulumi.RunError {
    const error = new pulumi.RunError(message);
    error.stack = message;
    return error;
}

/** Settings that are well formed, and that AWS or Jenkins can't do. Pulumi prints it as {@link mistake} says. */
export class ImpossibleSettings extends pulumi.RunError {
    public constructor(
        heading: string,
        public readonly problems: SettingsProblem[],
    ) {
        super(problemText(heading, problems));
        this.stack = this.message;
    }
}

/** Settings that ask for what AWS has not. */
export function unfit(problems: SettingsProblem[]): ImpossibleSettings {
    const subject = problems.length === 1 ? "One setting asks" : `${problems.length} settings ask`;
    return new ImpossibleSettings(
        `${subject} for what can't be had; nothing has been changed. See docs/messages.md#settings-ask-for-what-is-not-there`,
        problems,
    );
}

/**
 * The answers of all; or, once all have answered, one error with the problems of each that failed.
 *
 * @throws where none of them did, whatever else one failed with
 */
export async function allOrUnfit<T extends readonly Promise<unknown>[] | []>(
    answers: T,
): Promise<{ -readonly [Position in keyof T]: Awaited<T[Position]> }> {
    const settled = await Promise.allSettled(answers);
    const reasons = settled.flatMap((each) => (each.status === "rejected" ? [each.reason as unknown] : []));
    const problems = reasons.flatMap((reason) => (reason instanceof ImpossibleSettings ? reason.problems : []));
    if (problems.length > 0) throw unfit([...new Map(problems.map((each) => [JSON.stringify(each), each])).values()]);
    return Promise.all(answers);
}
