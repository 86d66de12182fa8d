import { UserError } from "../settings/problem";

/** What is looked up in AWS, as the settings say it. */
export interface Sought {
    /** Path of the setting that asks for it. */
    setting: string;
    /** What the setting says. */
    value?: string;
    /** What it means that AWS has none. */
    none: string;
    fix: string;
}

/** How AWS and its provider say that nothing was found. */
const nothingFound =
    /no results|no matching|couldn't find resource|ParameterNotFound|NoSuchEntity|not found|empty result/i;

/**
 * The answer of a look-up.
 *
 * @throws UserError with the setting that asked for it: {@link Sought.none} where there is no such thing, else what AWS answered
 */
export async function lookUp<T>(answer: Promise<T>, { setting: path, value, none, fix }: Sought): Promise<T> {
    try {
        return await answer;
    } catch (error) {
        const reason = reasonOf(error);
        // Some providers log what AWS said, and fail without a word.
        if (reason === "")
            throw new UserError([
                {
                    code: "not-in-aws",
                    path,
                    value,
                    message: `${none}, or AWS refused to say so: see its words above`,
                    fix,
                },
            ]);
        if (isNothingFound(reason)) throw new UserError([{ code: "not-in-aws", path, value, message: none, fix }]);
        throw new UserError([
            { code: "aws-not-answering", path, value, message: `AWS could not be asked for it: ${reason}` },
        ]);
    }
}

/** Gives whoever asks the same question the answer of the first. */
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

/** Whether the reason of a look-up that failed is that there is no such thing. */
export const isNothingFound = (reason: string) => nothingFound.test(reason);

/** The provider's own words, without the frame that Pulumi puts around them. */
export function reasonOf(error: unknown): string {
    const message = error instanceof Error ? error.message : String(error);
    return message
        .replace(/^(Error: )?[Ii]nvocation of \S+ returned an error: (invoking \S+: )?/, "")
        .replace(/\s+/g, " ")
        .trim()
        .slice(0, 400);
}
