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
