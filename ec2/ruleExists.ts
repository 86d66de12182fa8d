import * as pulumi from "@pulumi/pulumi";
import * as vpc from "@pulumi/aws/vpc";
import { importCommand, unlessLate } from "../iam/importCommand";

/** The inputs of a rule by which EC2 tells it from others of its group. */
export interface RuleInputs {
    ipProtocol: string;
    fromPort?: number;
    toPort?: number;
    cidrIpv4?: string;
    cidrIpv6?: string;
    prefixListId?: string;
    referencedSecurityGroupId?: string;
}

/**
 * Explains EC2's refusal of a rule that the security group has already. Bound to a rule as `hooks: { onError: [hook] }`; it
 * only adds to the error, nothing is retried. The group is the stack's own, so the rule may be taken over, whoever made it.
 *
 * @param id the component's type and name: hooks are told apart by name, in the whole program
 */
export function ruleExistsHook(component: pulumi.ComponentResource, id: string): pulumi.ErrorHook {
    return new pulumi.ErrorHook(`${id}-rule-exists`, async ({ type, name, newInputs, oldInputs, errors }) => {
        if (!errors.some((error) => error.includes("InvalidPermission.Duplicate"))) return false;
        // The state has the rule: this update replaces it, and there is nothing to take over.
        if (oldInputs !== undefined) return false;
        const inputs = newInputs as RuleInputs & { securityGroupId: string };
        const command = await importCommand({
            type,
            name,
            id: await unlessLate(findRule(type.endsWith("EgressRule"), inputs, { parent: component })),
            parent: component,
        });
        await pulumi.log.error(
            `the security group ${inputs.securityGroupId} has the rule ${name} already, and it is not in this stack's state: ` +
                `it was made by hand, or in a run that was killed before it could note that. Take it over, and run "pulumi up" ` +
                `again:\n  ${command}`,
        );
        return false;
    });
}

/** The id of the group's rule with these inputs. Undefined where the look-up is refused, or nothing is found. */
async function findRule(
    isEgress: boolean,
    inputs: RuleInputs & { securityGroupId: string },
    options: pulumi.InvokeOptions,
): Promise<string | undefined> {
    try {
        const filters = [{ name: "group-id", values: [inputs.securityGroupId] }];
        const { ids } = await vpc.getSecurityGroupRules({ filters }, options);
        const rules = await Promise.all(
            ids.map((securityGroupRuleId) => vpc.getSecurityGroupRule({ securityGroupRuleId }, options)),
        );
        return rules.find((rule) => rule.isEgress === isEgress && isSameRule(rule, inputs))?.id;
    } catch {
        return undefined; // the look-up only adds to an error that is said anyway
    }
}

const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"] as const;

type FoundRule = Pick<vpc.GetSecurityGroupRuleResult, "ipProtocol" | "fromPort" | "toPort" | (typeof peers)[number]>;

/** Whether EC2 takes both for one: a rule for all protocols has no ports, and a rule has one of the four peers. */
export function isSameRule(found: FoundRule, inputs: RuleInputs): boolean {
    const samePorts =
        inputs.ipProtocol === "-1" || (found.fromPort === inputs.fromPort && found.toPort === inputs.toPort);
    const samePeer = peers.every((peer) => (found[peer] || undefined) === inputs[peer]);
    return found.ipProtocol === inputs.ipProtocol && samePorts && samePeer;
}
