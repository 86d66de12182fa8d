import type { local } from "@pulumi/command";
import type * as pulumi from "@pulumi/pulumi";
import type * as tls from "@pulumi/tls";
import type * as budgets from "@pulumi/aws/budgets";
import type * as ec2 from "@pulumi/aws/ec2";
import type * as iam from "@pulumi/aws/iam";
import type * as vpc from "@pulumi/aws/vpc";

/** Arguments that override a resource's own, or a function that changes them, or returns others. */
export type Transform<T> =
    Partial<T> | ((args: T, opts: pulumi.CustomResourceOptions, name: string) => T | undefined | void);

/** What may be changed of the resources of a {@link JenkinsAgents}, by their kind: each of the kind gets the change. */
export interface Transforms {
    policy?: Transform<iam.PolicyArgs>;
    group?: Transform<iam.GroupArgs>;
    user?: Transform<iam.UserArgs>;
    role?: Transform<iam.RoleArgs>;
    instanceProfile?: Transform<iam.InstanceProfileArgs>;
    privateKey?: Transform<tls.PrivateKeyArgs>;
    keyPair?: Transform<ec2.KeyPairArgs>;
    securityGroup?: Transform<ec2.SecurityGroupArgs>;
    ingressRule?: Transform<vpc.SecurityGroupIngressRuleArgs>;
    egressRule?: Transform<vpc.SecurityGroupEgressRuleArgs>;
    budget?: Transform<budgets.BudgetArgs>;
    /** The push of a cloud to a controller. */
    push?: Transform<local.CommandArgs>;
}

type Arguments = Record<string, unknown>;

const kinds: Record<string, keyof Transforms> = {
    "aws:iam/policy:Policy": "policy",
    "aws:iam/group:Group": "group",
    "aws:iam/user:User": "user",
    "aws:iam/role:Role": "role",
    "aws:iam/instanceProfile:InstanceProfile": "instanceProfile",
    "tls:index/privateKey:PrivateKey": "privateKey",
    "aws:ec2/keyPair:KeyPair": "keyPair",
    "aws:ec2/securityGroup:SecurityGroup": "securityGroup",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "ingressRule",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "egressRule",
    "aws:budgets/budget:Budget": "budget",
    "command:local:Command": "push",
};

/** The changes as Pulumi applies them to each child. */
export function transformation(transforms: Transforms): pulumi.ResourceTransformation {
    return ({ type, name, props, opts }) => {
        const kind = kinds[type];
        const transform = kind === undefined ? undefined : (transforms[kind] as Transform<Arguments> | undefined);
        if (transform === undefined) return undefined;
        const args = props as Arguments;
        if (typeof transform !== "function") return { props: { ...args, ...transform }, opts };
        return { props: transform(args, opts, name) ?? args, opts };
    };
}
