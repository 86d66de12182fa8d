import * as pulumi from "@pulumi/pulumi";
import { findNameHolder, loginOf, type NameHolder, type NamedInputs } from "./nameHolder";
import { importCommand, unlessLate } from "./importCommand";
import { ownTag } from "../settings/naming";

/** What AWS answers when a name is in use: IAM, EC2 security groups, EC2 key pairs. */
const taken = /EntityAlreadyExists|InvalidGroup\.Duplicate|InvalidKeyPair\.Duplicate/;

/** What gets the name, and where it is set. */
export interface Naming {
    /** The component whose resources have the hook. */
    component: pulumi.ComponentResource;
    /** The component's type and name: hooks are told apart by name, in the whole program. */
    id: string;
    /** The setting of the name, for the message. */
    setting: string;
    /** The tags of what the component makes, the stack's own included. */
    tags: Record<string, string> | undefined;
    /**
     * The provider of the resources that have the hook.
     * @default the component's own
     */
    provider?: pulumi.ProviderResource;
    /**
     * The beginning of ARNs of the account's IAM, by which a policy is found: `arn:aws:iam::111122223333`.
     * @default a policy's owner is not known
     */
    account?: string;
    /** Id in AWS of what the stack had under the name after its last update. */
    deployedId?: string;
}

/** A name that is taken. */
export interface TakenName {
    /** Of the resource that was to get the name, as Pulumi has it. */
    type: string;
    name: string;
    /** The setting of the name. */
    setting: string;
    /** This stack, as its tag names it; undefined where nothing is tagged. */
    stack: string | undefined;
    holder: NameHolder | undefined;
    /** Takes it over. */
    importCommand: string;
}

/**
 * Explains AWS's refusal of a name that is in use. It can't be foreseen: there is no look-up that answers "no such group"
 * other than by failing. It asks AWS without the engine, which waits for the hook. Bound to a resource as `hooks: { onError: [hook] }`; it only adds to the error, nothing is retried.
 *
 * An engine that is killed between making something and noting it leaves this stack's own under the name.
 */
export function nameTakenHook({
    component,
    id,
    setting,
    tags,
    provider,
    account,
    deployedId,
}: Naming): pulumi.ErrorHook {
    return new pulumi.ErrorHook(`${id}-name-taken`, async ({ type, name, urn, newInputs, oldInputs, errors }) => {
        if (!errors.some((error) => taken.test(error))) return false;
        const inputs = (newInputs ?? {}) as NamedInputs;
        const login = loginOf(provider ?? component.getProvider(type));
        const holder = login && (await unlessLate(findNameHolder(type, inputs, login, account)));
        // A replacement that is made before the old one goes has no old inputs here (seen with Pulumi 3.276).
        if (oldInputs !== undefined || (holder !== undefined && holder.id === deployedId)) {
            await pulumi.log.error(replacedNameMessage(inputs.name ?? inputs.keyName ?? "", urn));
            return false;
        }
        const message = nameTakenMessage({
            type,
            name: inputs.name ?? inputs.keyName ?? "",
            setting,
            stack: tags?.[ownTag],
            holder,
            importCommand: await importCommand({ type, name, id: holder?.id, parent: component, provider }),
        });
        await pulumi.log.error(message);
        return false;
    });
}

/** The state has a resource of the name: it is the one that this run replaces. */
export function replacedNameMessage(name: string, urn: string): string {
    return (
        `the name "${name}" is taken by the resource that this update replaces, so the new one cannot be made beside it. ` +
        `Run "pulumi up" without --replace; or remove it first, with what needs it: pulumi destroy --target-dependents --target '${urn}'`
    );
}

/** What happened, and the ways out: to take it over where it is this stack's, another name where it is not, both where nothing shows it. */
export function nameTakenMessage({ type, name, setting, stack, holder, importCommand }: TakenName): string {
    const kind = type.split(":").at(-1);
    const begin = `${setting}: the name "${name}" is taken: this AWS account has a ${kind} of that name which`;
    const anotherName =
        `Two stacks in one account need two names: choose another one, ` +
        `or remove the existing ${kind} if nothing uses it, and run "pulumi up" again.`;
    const takeOver = `take it over, and run "pulumi up" again:\n  ${importCommand}`;
    const owner = holder?.owner;
    if (owner === undefined) {
        return (
            `${begin} is not in this stack's state, and no tag says whose it is. ${anotherName} ` +
            `If it is this stack's own, from a run that was killed before it could note that, ${takeOver}`
        );
    }
    return owner === stack
        ? `${begin} this stack made itself, in a run that was killed before it could note that, or another clone of it made whose ` +
              `state is elsewhere ("pulumi whoami --verbose" names the back end that is used here): go on with that one then. ` +
              `Otherwise t${takeOver.slice(1)}`
        : `${begin} the stack ${owner} made. ${anotherName}`;
}
