export * from "@pulumi/aws/vpc/getSecurityGroupRule";
export * from "@pulumi/aws/vpc/getSecurityGroupRules";
export * from "@pulumi/aws/vpc/securityGroupEgressRule";
export * from "@pulumi/aws/vpc/securityGroupIngressRule";
