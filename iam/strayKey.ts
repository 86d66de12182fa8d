import * as pulumi from "@pulumi/pulumi";

/** AWS takes no third key of a user. */
const tooMany = /LimitExceeded/;
/** The message where nobody knows whether AWS has done it: the provider was killed, or lost its connection. */
const lost = /code = (Unavailable|Canceled)|\bEOF\b|connection (reset|refused)|transport is closing/;

/**
 * Explains a key that could not be made because a user has two, or that may have been made although its making failed. No state has such
 * a key, it has no name that would be in the way, and it keeps AWS from deleting the user. Bound to a key as `hooks: { onError: [hook] }`.
 *
 * @param id the component's type and name: hooks are told apart by name, in the whole program
 */
export function strayKeyHook(id: string): pulumi.ErrorHook {
    return new pulumi.ErrorHook(`${id}-stray-key`, async ({ newInputs, errors }) => {
        const message = strayKeyMessage(String((newInputs as { user?: string } | undefined)?.user), errors);
        if (message !== undefined) await pulumi.log.error(message);
        return false;
    });
}

/** Undefined where the errors tell all. */
export function strayKeyMessage(user: string, errors: string[]): string | undefined {
    const said = errors.join("\n");
    const wayOut =
        `"aws iam list-access-keys --user-name ${user}" shows them; delete each that "pulumi stack output accessKeys" does not have: ` +
        `aws iam delete-access-key --user-name ${user} --access-key-id AKIA…`;
    if (tooMany.test(said)) {
        return `the user "${user}" has two access keys already, and AWS takes no third: one is of an up that was broken off, or was made by hand. ${wayOut}`;
    }
    if (!lost.test(said)) return undefined;
    return `the user "${user}" may have an access key now that this stack's state does not know, as the answer was lost. ${wayOut}`;
}
