import { policyDocument, type PolicyDocument } from "./policyDocument";

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
