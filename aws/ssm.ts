export * from "@pulumi/aws/ssm/getParameter";
