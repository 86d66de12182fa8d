package bridge

import "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"

// AWS is hashicorp/aws under the tokens of @pulumi/aws: those that the program uses, and a few beside them.
var AWS = Provider{
	Name: "aws",
	Resources: map[string]string{
		"iam/accessKey:AccessKey":                               "aws_iam_access_key",
		"iam/group:Group":                                       "aws_iam_group",
		"iam/groupPolicyAttachment:GroupPolicyAttachment":       "aws_iam_group_policy_attachment",
		"iam/instanceProfile:InstanceProfile":                   "aws_iam_instance_profile",
		"iam/policy:Policy":                                     "aws_iam_policy",
		"iam/role:Role":                                         "aws_iam_role",
		"iam/rolePolicy:RolePolicy":                             "aws_iam_role_policy",
		"iam/rolePolicyAttachment:RolePolicyAttachment":         "aws_iam_role_policy_attachment",
		"iam/user:User":                                         "aws_iam_user",
		"iam/userGroupMembership:UserGroupMembership":           "aws_iam_user_group_membership",
		"iam/userPolicyAttachment:UserPolicyAttachment":         "aws_iam_user_policy_attachment",
		"ec2/instance:Instance":                                 "aws_instance",
		"ec2/keyPair:KeyPair":                                   "aws_key_pair",
		"ec2/securityGroup:SecurityGroup":                       "aws_security_group",
		"ec2/securityGroupRule:SecurityGroupRule":               "aws_security_group_rule",
		"ec2/subnet:Subnet":                                     "aws_subnet",
		"ec2/vpc:Vpc":                                           "aws_vpc",
		"vpc/securityGroupEgressRule:SecurityGroupEgressRule":   "aws_vpc_security_group_egress_rule",
		"vpc/securityGroupIngressRule:SecurityGroupIngressRule": "aws_vpc_security_group_ingress_rule",
	},
	Functions: map[string]string{
		"index/getAvailabilityZones:getAvailabilityZones":       "aws_availability_zones",
		"index/getCallerIdentity:getCallerIdentity":             "aws_caller_identity",
		"index/getPartition:getPartition":                       "aws_partition",
		"index/getRegion:getRegion":                             "aws_region",
		"ec2/getAmi:getAmi":                                     "aws_ami",
		"ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": "aws_ec2_instance_type_offerings",
		"ec2/getInstanceTypes:getInstanceTypes":                 "aws_ec2_instance_types",
		"ec2/getKeyPair:getKeyPair":                             "aws_key_pair",
		"ebs/getSnapshotIds:getSnapshotIds":                     "aws_ebs_snapshot_ids",
		"ec2/getManagedPrefixList:getManagedPrefixList":         "aws_ec2_managed_prefix_list",
		"ec2/getManagedPrefixLists:getManagedPrefixLists":       "aws_ec2_managed_prefix_lists",
		"ec2/getSecurityGroup:getSecurityGroup":                 "aws_security_group",
		"ec2/getSecurityGroups:getSecurityGroups":               "aws_security_groups",
		"ec2/getSubnet:getSubnet":                               "aws_subnet",
		"ec2/getSubnets:getSubnets":                             "aws_subnets",
		"ec2/getVpc:getVpc":                                     "aws_vpc",
		"ec2/getVpcs:getVpcs":                                   "aws_vpcs",
		"iam/getGroup:getGroup":                                 "aws_iam_group",
		"iam/getInstanceProfile:getInstanceProfile":             "aws_iam_instance_profile",
		"iam/getPolicy:getPolicy":                               "aws_iam_policy",
		"iam/getRole:getRole":                                   "aws_iam_role",
		"iam/getUser:getUser":                                   "aws_iam_user",
		"ssm/getParameter:getParameter":                         "aws_ssm_parameter",
		"vpc/getSecurityGroupRule:getSecurityGroupRule":         "aws_vpc_security_group_rule",
		"vpc/getSecurityGroupRules:getSecurityGroupRules":       "aws_vpc_security_group_rules",
	},
	Config: map[string]*tfbridge.SchemaInfo{
		"assume_role_with_web_identity": single("assumeRoleWithWebIdentity"),
		"default_tags":                  single("defaultTags"),
		"ignore_tags":                   single("ignoreTags"),
	},
	Fields: map[string]map[string]*tfbridge.SchemaInfo{
		"aws_security_group": {"ingress": named("ingress"), "egress": named("egress")},
		"aws_key_pair":       {"key_name": tfbridge.AutoName("keyName", 255, "-")},
	},
}

func named(name string) *tfbridge.SchemaInfo { return &tfbridge.SchemaInfo{Name: name} }

// single is a list of at most one in Terraform and an object in Pulumi.
func single(name string) *tfbridge.SchemaInfo {
	return &tfbridge.SchemaInfo{Name: name, MaxItemsOne: tfbridge.True()}
}
