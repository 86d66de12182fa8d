import type { StackSettings } from "../settings";
import { awsAnswer, awsReason } from "../settings/messages/awsAnswers";
import { showPaths, type Path } from "../settings/path";
import { UserError } from "../settings/problem";
import { logWarnings } from "../settings/read/configuration";

/** What is looked up in AWS, as the settings give it. */
export interface Sought {
    /** Path of the setting that asks for it. */
    setting: string;
    /** The value of the setting. */
    value?: string;
    /** The message where AWS has no such thing. */
    none: string;
    fix: string;
}

/**
 * The answer of a look-up.
 *
 * @throws UserError with the setting that asked for it: {@link Sought.none} where there is no such thing, else what AWS answered
 */
export async function lookUp<T>(answer: Promise<T>, { setting: path, value, none, fix }: Sought): Promise<T> {
    try {
        return await answer;
    } catch (error) {
        const reason = awsReason(error);
        // Some providers log AWS's answer, and fail without a word.
        const message = reason === "" ? `${none}, or AWS refused to answer: see its message above` : none;
        if (reason === "" || awsAnswer(reason) === "not-found")
            throw new UserError([{ code: "not-in-aws", path, value, message, fix }]);
        throw new UserError([{ code: "aws-not-answering", path, value, message: `AWS did not answer: ${reason}` }]);
    }
}

/** Gives the answer of the first to everybody who asks the same question. */
export type Once = <T>(question: unknown, ask: () => Promise<T>) => Promise<T>;

/** Questions that are asked once: of one region, as its answers are its own. */
export function askedOnce(): Once {
    const answers = new Map<string, Promise<unknown>>();
    return <T>(question: unknown, ask: () => Promise<T>) => {
        const key = JSON.stringify(question);
        const answer = (answers.get(key) as Promise<T> | undefined) ?? ask();
        answers.set(key, answer);
        return answer;
    };
}

/** Warns that AWS did not answer what some settings are checked against: they may be right, so this ends nothing. */
export async function warnUnchecked(
    { silence }: Pick<StackSettings, "silence">,
    paths: readonly Path[],
    what: string,
    reason: string,
): Promise<void> {
    const message = `${what}: AWS did not answer${reason === "" ? ", see its message above" : ` (${reason.slice(0, 80)})`}`;
    await logWarnings([{ code: "unchecked-in-ec2", path: showPaths(paths), message, severity: "warning" }], silence);
}
