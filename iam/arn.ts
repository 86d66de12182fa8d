import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as pulumi from "@pulumi/pulumi";

/** The role's name, which attachments want. An ARN has it after the path. */
export function roleName(nameOrArn: string): string {
    return nameOrArn.slice(nameOrArn.lastIndexOf("/") + 1);
}

/** The role's ARN, which trust policies want. A name alone means: of this account, without a path. */
export function roleArn(nameOrArn: string, opts: pulumi.InvokeOutputOptions): pulumi.Output<string> {
    if (nameOrArn.startsWith("arn:")) return pulumi.output(nameOrArn);
    const caller = getCallerIdentityOutput({}, opts);
    return pulumi.interpolate`arn:${caller.arn.apply(partitionOf)}:iam::${caller.accountId}:role/${nameOrArn}`;
}

/** `aws`, `aws-cn` or `aws-us-gov` (AWS: "Amazon Resource Names (ARNs)"). */
export function partitionOf(arn: string): string {
    return arn.split(":")[1]!;
}
