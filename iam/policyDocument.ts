/** An IAM policy document (AWS: "IAM JSON policy elements reference"), as far as this project writes one. */
export interface PolicyDocument {
    Version: "2012-10-17";
    Statement: Statement[];
}

export interface Statement {
    /** Letters and digits only, unique in its document. */
    Sid?: string;
    Effect: "Allow";
    /** Who a trust policy lets in; absent in the policy of an identity. */
    Principal?: { AWS: string[] } | { Service: string };
    Action: string[];
    /** Absent in a trust policy. */
    Resource?: string | string[];
    Condition?: Condition;
}

/** Operator, then condition key, then the values of which one has to match. */
export type Condition = Record<string, Record<string, string | string[]>>;

export function policyDocument(...statements: Statement[]): PolicyDocument {
    return { Version: "2012-10-17", Statement: statements };
}

/** Lets EC2 hand the role to instances: the trust policy of the role in the controllers' instance profile. */
export function instanceTrustPolicy(): PolicyDocument {
    return policyDocument({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: ["sts:AssumeRole"] });
}

/**
 * Lets these users and roles assume the role. There is no external id: no version of the EC2 plugin sends one, so a role that
 * asks for it can't be assumed by a cloud.
 */
export function assumeRoleTrustPolicy(principals: string[]): PolicyDocument {
    return policyDocument({ Effect: "Allow", Principal: { AWS: principals }, Action: ["sts:AssumeRole"] });
}

/** Lets an identity assume these roles, and do nothing else. */
export function assumeRolePolicy(roleArns: string[]): PolicyDocument {
    return policyDocument({ Sid: "AssumeRoles", Effect: "Allow", Action: ["sts:AssumeRole"], Resource: roleArns });
}
