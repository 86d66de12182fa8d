// What the program uses of @pulumi/aws. The package as a whole has an index of two hundred services to load.
export * from "@pulumi/aws/getCallerIdentity";
export * from "@pulumi/aws/provider";
export { Region } from "@pulumi/aws/types/enums";
export * as ec2 from "./ec2";
export * as iam from "./iam";
export * as ssm from "./ssm";
export * as vpc from "./vpc";
