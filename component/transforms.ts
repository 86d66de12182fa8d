import type { local } from "@pulumi/command";
import type * as pulumi from "@pulumi/pulumi";
import type * as tls from "@pulumi/tls";
import type * as aws from "../aws";

/** Arguments that go over a resource's own, or a function that changes them, or returns others. */
export type Transform<T> =
    Partial<T> | ((args: T, opts: pulumi.CustomResourceOptions, name: string) => T | undefined | void);

/** What may be changed of the resources of a {@link JenkinsAgents}, by their kind: each of the kind gets the change. */
export interface Transforms {
    policy?: Transform<aws.iam.PolicyArgs>;
    group?: Transform<aws.iam.GroupArgs>;
    user?: Transform<aws.iam.UserArgs>;
    role?: Transform<aws.iam.RoleArgs>;
    instanceProfile?: Transform<aws.iam.InstanceProfileArgs>;
    privateKey?: Transform<tls.PrivateKeyArgs>;
    keyPair?: Transform<aws.ec2.KeyPairArgs>;
    securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
    ingressRule?: Transform<aws.vpc.SecurityGroupIngressRuleArgs>;
    egressRule?: Transform<aws.vpc.SecurityGroupEgressRuleArgs>;
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
