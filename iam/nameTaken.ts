import * as pulumi from "@pulumi/pulumi";

/** What AWS says when a name is in use: IAM, EC2 security groups, EC2 key pairs. */
const taken = /EntityAlreadyExists|InvalidGroup\.Duplicate|InvalidKeyPair\.Duplicate/;

/**
 * Explains AWS's refusal of a name that is in use. It can't be foreseen: there is no look-up that answers "no such group"
 * other than by failing. Bound to a resource as `hooks: { onError: [hook] }`; it only adds to the error, nothing is retried.
 *
 * @param component the component's type and name: hooks are told apart by name, in the whole program
 * @param setting the setting that says the name, for the message
 */
export function nameTakenHook(component: string, setting: string): pulumi.ErrorHook {
    return new pulumi.ErrorHook(`${component}-name-taken`, async ({ type, newInputs, errors }) => {
        if (errors.some((error) => taken.test(error))) {
            const { name, keyName } = (newInputs ?? {}) as { name?: string; keyName?: string };
            await pulumi.log.error(nameTakenMessage(type, name ?? keyName ?? "", setting));
        }
        return false;
    });
}

/** One sentence on what happened and the two ways out. */
export function nameTakenMessage(type: string, name: string, setting: string): string {
    const kind = type.split(":").at(-1);
    return (
        `${setting}: the name "${name}" is taken: this AWS account has a ${kind} of that name which this stack did not make. ` +
        `Two stacks in one account need two names: choose another one, ` +
        `or remove the existing ${kind} if nothing uses it, and run "pulumi up" again.`
    );
}
