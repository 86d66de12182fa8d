export * from "@pulumi/aws/ec2/getAmi";
export * from "@pulumi/aws/ec2/getKeyPair";
export * from "@pulumi/aws/ec2/getManagedPrefixList";
export * from "@pulumi/aws/ec2/getSecurityGroup";
export * from "@pulumi/aws/ec2/getSubnets";
export * from "@pulumi/aws/ec2/getVpc";
export * from "@pulumi/aws/ec2/keyPair";
export * from "@pulumi/aws/ec2/securityGroup";
