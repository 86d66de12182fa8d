export * from "@pulumi/aws/vpc/securityGroupEgressRule";
export * from "@pulumi/aws/vpc/securityGroupIngressRule";
