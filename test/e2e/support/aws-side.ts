import { DescribeKeyPairsCommand, DescribeSecurityGroupRulesCommand, type EC2Client } from "@aws-sdk/client-ec2";
import { GetAccountAuthorizationDetailsCommand, ListAccessKeysCommand, type IAMClient } from "@aws-sdk/client-iam";

/** All that a running agent, its end and Test Connection need of AWS, in a form that is equal where nothing happened. */
export async function awsSide({ ec2, iam }: { ec2: EC2Client; iam: IAMClient }) {
    const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
    const { KeyPairs = [] } = await ec2.send(new DescribeKeyPairsCommand({}));
    const details = await iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ["User", "Group", "Role"] }));
    const users = details.UserDetailList ?? [];
    const keys = await Promise.all(
        users
            .map(({ UserName }) => iam.send(new ListAccessKeysCommand({ UserName })))
            .map(async (answer) => {
                const { AccessKeyMetadata = [] } = await answer;
                return AccessKeyMetadata.map(({ AccessKeyId, Status }) => `${AccessKeyId} ${Status}`);
            }),
    );
    return {
        rules: SecurityGroupRules.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId).sort(),
        keyPairs: KeyPairs.map(({ KeyName, KeyFingerprint }) => `${KeyName} ${KeyFingerprint}`).sort(),
        memberships: users.map(({ UserName, GroupList }) => `${UserName} in ${GroupList?.join()}`).sort(),
        accessKeys: keys.flat().sort(),
        attachments: (details.GroupDetailList ?? [])
            .flatMap(({ GroupName, AttachedManagedPolicies = [] }) =>
                AttachedManagedPolicies.map(({ PolicyName }) => `${PolicyName} at ${GroupName}`),
            )
            .sort(),
    };
}
