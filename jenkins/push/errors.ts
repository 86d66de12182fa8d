import type { PushCode } from "../../settings/messages/pushMessages";

/** A push that cannot go on, in words for the person who runs it: which controller, what, and how to fix it. */
export class PushError extends Error {
    override readonly name = "PushError";
    /** Whether the controller answered, and would answer the same again: nothing is gained by waiting. */
    readonly refused: boolean;

    /**
     * @param code its section in docs/messages.md
     * @param controller id of the controller in the settings
     * @param problems every problem found, each a sentence
     */
    constructor(
        readonly code: PushCode,
        readonly controller: string,
        readonly problems: string[],
        { refused = false, cause }: ErrorOptions & { refused?: boolean } = {},
    ) {
        super(
            problems.length === 1
                ? `controller ${controller}: ${problems[0]}`
                : `controller ${controller}:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`,
            cause === undefined ? undefined : { cause },
        );
        this.refused = refused;
    }
}

/** The code of a failed connection, such as `ECONNREFUSED`, also where it is wrapped. */
export function errorCode(error: unknown): string {
    for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth++) {
        const inner = each instanceof AggregateError ? (each.errors[0] as unknown) : undefined;
        const code = (each as NodeJS.ErrnoException).code ?? (inner as NodeJS.ErrnoException | undefined)?.code;
        if (typeof code === "string") {
            return code;
        }
    }
    return "";
}
