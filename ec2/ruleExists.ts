import * as pulumi from "@pulumi/pulumi";
import type { EC2Client, SecurityGroupRule } from "@aws-sdk/client-ec2";
import { ec2Client, type AwsLogin } from "../iam/clients";
import { loginOf } from "../iam/nameHolder";
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
 * only adds to the error, nothing is retried. The group is the stack's own, so the rule may be taken over in any case.
 *
 * @param id the component's type and name: hooks are told apart by name, in the whole program
 */
export function ruleExistsHook(component: pulumi.ComponentResource, id: string): pulumi.ErrorHook {
    return new pulumi.ErrorHook(`${id}-rule-exists`, async ({ type, name, newInputs, oldInputs, errors }) => {
        if (!errors.some((error) => error.includes("InvalidPermission.Duplicate"))) return false;
        // The state has the rule: this update replaces it, and there is nothing to take over.
        if (oldInputs !== undefined) return false;
        const inputs = newInputs as RuleInputs & { securityGroupId: string };
        const login = loginOf(component.getProvider(type));
        const id = login && (await unlessLate(findRule(type.endsWith("EgressRule"), inputs, login)));
        const command = await importCommand({ type, name, id, parent: component });
        await pulumi.log.error(
            `the security group ${inputs.securityGroupId} has the rule ${name} already, and it is not in this stack's state: ` +
                `it was made by hand, or in a run that was killed before it could note that. Take it over, and run "pulumi up" ` +
                `again:\n  ${command}`,
        );
        return false;
    });
}

/** The id of the group's rule with these inputs. Undefined where EC2 refuses to answer, or nothing is found. */
export async function findRule(
    isEgress: boolean,
    inputs: RuleInputs & { securityGroupId: string },
    login: AwsLogin,
): Promise<string | undefined> {
    let client: EC2Client | undefined;
    try {
        const { paginateDescribeSecurityGroupRules } = await import("@aws-sdk/client-ec2");
        client = await ec2Client(login);
        const filter = { Name: "group-id", Values: [inputs.securityGroupId] };
        for await (const page of paginateDescribeSecurityGroupRules({ client }, { Filters: [filter] })) {
            const rule = page.SecurityGroupRules?.find(
                (each) => each.IsEgress === isEgress && isSameRule(each, inputs),
            );
            if (rule) return rule.SecurityGroupRuleId;
        }
        return undefined;
    } catch {
        return undefined; // the look-up only adds to an error that is told anyway
    } finally {
        client?.destroy();
    }
}

/** Whether EC2 takes both for one: a rule for all protocols has no ports, and a rule has one of the four peers. */
export function isSameRule(found: SecurityGroupRule, inputs: RuleInputs): boolean {
    const samePorts =
        inputs.ipProtocol === "-1" || (found.FromPort === inputs.fromPort && found.ToPort === inputs.toPort);
    const peers = [
        [found.CidrIpv4, inputs.cidrIpv4],
        [found.CidrIpv6, inputs.cidrIpv6],
        [found.PrefixListId, inputs.prefixListId],
        [found.ReferencedGroupInfo?.GroupId, inputs.referencedSecurityGroupId],
    ];
    return found.IpProtocol === inputs.ipProtocol && samePorts && peers.every(([is, wanted]) => is === wanted);
}
