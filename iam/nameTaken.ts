import * as pulumi from "@pulumi/pulumi";
import { findExisting, type NamedInputs } from "./existing";
import { ownTag } from "./ownTag";

/** What AWS says when a name is in use: IAM, EC2 security groups, EC2 key pairs. */
const taken = /EntityAlreadyExists|InvalidGroup\.Duplicate|InvalidKeyPair\.Duplicate/;

/** What gets the name, and where it is said. */
export interface Naming {
    /** The component whose resources have the hook. */
    component: pulumi.ComponentResource;
    /** The component's type and name: hooks are told apart by name, in the whole program. */
    id: string;
    /** The setting that says the name, for the message. */
    setting: string;
    /** The tags of what the component makes, the stack's own included. */
    tags: Record<string, string> | undefined;
}

/**
 * Explains AWS's refusal of a name that is in use. It can't be foreseen: there is no look-up that answers "no such group"
 * other than by failing. Bound to a resource as `hooks: { onError: [hook] }`; it only adds to the error, nothing is retried.
 *
 * An engine that is killed between making something and noting it leaves this stack's own under the name.
 */
export function nameTakenHook({ component, id, setting, tags }: Naming): pulumi.ErrorHook {
    return new pulumi.ErrorHook(`${id}-name-taken`, async ({ type, name, newInputs, errors }) => {
        if (!errors.some((error) => taken.test(error))) return false;
        const inputs = (newInputs ?? {}) as NamedInputs;
        const existing = await findExisting(type, inputs, { parent: component }, tags?.[ownTag]);
        const awsName = inputs.name ?? inputs.keyName ?? "";
        await pulumi.log.error(
            existing?.own
                ? ownNameMessage(type, awsName, setting, await importCommand(component, type, name, existing.id))
                : nameTakenMessage(type, awsName, setting),
        );
        return false;
    });
}

async function importCommand(
    component: pulumi.ComponentResource,
    type: string,
    name: string,
    id: string,
): Promise<string> {
    const provider = component.getProvider(type);
    const providerFlag = provider ? ` --provider 'aws=${await known(provider.urn)}'` : "";
    const parent = `--parent 'component=${await known(component.urn)}'`;
    return `pulumi import ${type} ${name} '${id}' ${parent}${providerFlag} --protect=false --generate-code=false --yes`;
}

const known = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));

/** One sentence on what happened and the two ways out. */
export function nameTakenMessage(type: string, name: string, setting: string): string {
    const kind = kindOf(type);
    return (
        `${setting}: the name "${name}" is taken: this AWS account has a ${kind} of that name which this stack did not make. ` +
        `Two stacks in one account need two names: choose another one, ` +
        `or remove the existing ${kind} if nothing uses it, and run "pulumi up" again.`
    );
}

/** What happened, and the line that mends it. */
export function ownNameMessage(type: string, name: string, setting: string, command: string): string {
    return (
        `${setting}: the name "${name}" is taken by a ${kindOf(type)} that this stack made itself, in a run that was ended ` +
        `before it could note that. Take it over, and run "pulumi up" again:\n  ${command}`
    );
}

const kindOf = (type: string) => type.split(":").at(-1);
