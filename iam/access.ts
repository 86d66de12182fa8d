import * as iam from "@pulumi/aws/iam";
import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { mapValues } from "../settings/collections";
import type { AccessArgs } from "./accessArgs";
import { roleArn, roleName } from "./arn";
import {
    hasOthersCredentials,
    identityNeeds,
    type AccessKey,
    type AwsCredentials,
    type Identity,
    type IdentityNeeds,
} from "./identity";
import { nameTakenHook } from "./nameTaken";
import { assumeRolePolicy, assumeRoleTrustPolicy, instanceTrustPolicy, type PolicyDocument } from "./policyDocument";
import { strayKeyHook } from "./strayKey";

type Users = Record<string, iam.User>;

/** The role of the instances that controllers run on: an existing one, or one made here, with an instance profile. */
interface ControllerProfile {
    name: pulumi.Input<string>;
    arn: pulumi.Output<string>;
    instanceProfile?: iam.InstanceProfile;
}

/**
 * The IAM identities of the controllers' EC2 plugins: policy -> group -> a user and an access key per controller; and where
 * settings ask for them, the controllers' instance profile and a role to assume.
 *
 * Users have no password, so there is no console login. A user to whom something was added by hand (a second key, a
 * password) is not deleted: AWS refuses, and what was added is for its author to remove.
 *
 * Any argument of any resource in here can be changed from outside by Pulumi's own resource option `transforms`.
 */
export class Access extends pulumi.ComponentResource {
    /** ARN of the policy with the rights; absent where nothing in the users' account has them. */
    public readonly policyArn?: pulumi.Output<string>;
    /** Name of the group with the rights; absent where no controller has them by a key of its own. */
    public readonly group?: pulumi.Output<string>;
    /** Names of the users by controller id. */
    public readonly users: Record<string, pulumi.Output<string>>;
    /** Access keys by controller id. The secret half is a Pulumi secret. */
    public readonly accessKeys: Record<string, AccessKey>;
    /** Name of the instance profile that was made for the controllers' instances. */
    public readonly instanceProfile?: pulumi.Output<string>;

    /** What things are called in AWS; `name` is what they are called in Pulumi's state. */
    private readonly awsName: string;
    private readonly options: pulumi.CustomResourceOptions;
    /** Of what is made where the role to assume is. */
    private readonly roleOptions: pulumi.CustomResourceOptions;
    private readonly roleArn?: pulumi.Output<string>;
    /** What gives rights: attachments and the instance profile, which all controllers share, and each one's memberships. */
    private readonly rights = {
        shared: [] as pulumi.Resource[],
        byController: {} as Record<string, pulumi.Resource[]>,
    };

    constructor(
        private readonly name: string,
        private readonly args: AccessArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("jenkins-ec2-agents:iam:Access", name, {}, opts);
        this.awsName = args.name ?? "jenkins-aws";
        const { roleProvider } = args;
        this.options = this.optionsOf(`iam:Access:${name}`);
        this.roleOptions = roleProvider ? this.optionsOf(`iam:Access:${name}-role`, roleProvider) : this.options;
        const needs = identityNeeds(args.controllers);

        const policy = this.policy(needs);
        const users = this.makeUsers(needs);
        const controllerProfile = this.makeControllerProfile(needs);
        const role = this.roleToAssume(needs, users, controllerProfile, policy);
        const assumePolicy = this.assumePolicy(needs, role);
        const group = this.groupWithPolicy("", policy, needs.usersWithRights, users);
        this.groupWithPolicy("-assume", assumePolicy, needs.usersThatAssumeRoles, users);
        if (needs.profileWithRights) this.attachToProfile("-host", controllerProfile, policy);
        if (needs.profileThatAssumesRoles) this.attachToProfile("-host-assume", controllerProfile, assumePolicy);
        const keys = this.makeAccessKeys(users);

        this.policyArn = policy?.arn;
        this.group = group?.name;
        this.users = mapValues(users, (user) => user.name);
        this.accessKeys = mapValues(keys, ({ id, secret }) => ({ id, secret: pulumi.secret(secret) }));
        this.roleArn = role?.arn;
        this.instanceProfile = controllerProfile?.instanceProfile?.name;
        this.registerOutputs({
            policyArn: this.policyArn,
            group: this.group,
            users: this.users,
            accessKeys: this.accessKeys,
            roleArn: this.roleArn,
            instanceProfile: this.instanceProfile,
        });
    }

    /** By what a controller is known in a cloud with this identity: one of those that `controllers` names. */
    public credentials(controllerId: string, identity: Identity): AwsCredentials {
        if (identity.mode === "instance-profile") return {};
        const accessKey = hasOthersCredentials(identity) ? undefined : this.accessKeys[controllerId];
        if (identity.mode === "access-key") return { accessKey };
        const roleArn = identity.roleArn === undefined ? this.roleArn : pulumi.output(identity.roleArn);
        return identity.base === "access-key" ? { accessKey, roleArn } : { roleArn };
    }

    /**
     * What a controller's identity needs in AWS beside its credentials: memberships, attachments, the instance profile. To
     * depend on all of them is to come after whatever they themselves depend on.
     */
    public prerequisites(controllerId: string): pulumi.Resource[] {
        return [...this.rights.shared, ...(this.rights.byController[controllerId] ?? [])];
    }

    private optionsOf(id: string, provider?: Provider): pulumi.CustomResourceOptions {
        const { nameSetting: setting, tags, account } = this.args;
        return {
            parent: this,
            provider,
            // Names are unique in an account: what has to be replaced under its name goes before the new one comes.
            deleteBeforeReplace: true,
            hooks: { onError: [nameTakenHook({ component: this, id, setting, tags, provider, account })] },
        };
    }

    /** The rights, in the account of the users: for their group, for the controllers' instances, for a role made there. */
    private policy({ usersWithRights, profileWithRights, role }: IdentityNeeds): iam.Policy | undefined {
        const used = usersWithRights.length > 0 || profileWithRights || (role && !this.args.roleProvider);
        return used ? this.rightsPolicy(this.name) : undefined;
    }

    private rightsPolicy(name: string, options = this.options): iam.Policy {
        return new iam.Policy(
            name,
            {
                name: this.awsName,
                description: "What the Amazon EC2 plugin of a Jenkins controller may do",
                policy: pulumi.output(this.args.policy).apply((document) => JSON.stringify(document)),
                ...this.common(),
            },
            options,
        );
    }

    private makeUsers({ usersWithRights, usersThatAssumeRoles }: IdentityNeeds): Users {
        const { permissionsBoundary } = this.args;
        const ids = [...new Set([...usersWithRights, ...usersThatAssumeRoles])];
        const user = (id: string) =>
            new iam.User(
                `${this.name}-${id}`,
                { name: `${this.awsName}-${id}`, permissionsBoundary, ...this.common() },
                this.options,
            );
        return Object.fromEntries(ids.map((id) => [id, user(id)]));
    }

    private makeControllerProfile({
        profileWithRights,
        profileThatAssumesRoles,
    }: IdentityNeeds): ControllerProfile | undefined {
        if (!profileWithRights && !profileThatAssumesRoles) return undefined;
        const { controllerRole } = this.args;
        if (controllerRole) return { name: roleName(controllerRole), arn: roleArn(controllerRole, { parent: this }) };
        const name = `${this.name}-host`;
        const role = this.role(
            name,
            `${this.awsName}-host`,
            "Of the instances that Jenkins runs on",
            instanceTrustPolicy(),
        );
        const instanceProfile = new iam.InstanceProfile(
            name,
            { name: `${this.awsName}-host`, role: role.name, ...this.common() },
            this.options,
        );
        this.rights.shared.push(instanceProfile);
        return { name: role.name, arn: role.arn, instanceProfile };
    }

    private roleToAssume(
        needs: IdentityNeeds,
        users: Users,
        controllerProfile: ControllerProfile | undefined,
        policy: iam.Policy | undefined,
    ): iam.Role | undefined {
        if (!needs.role) return undefined;
        const principals = needs.usersThatAssumeRoles.map((id) => users[id]!.arn);
        if (controllerProfile && needs.profileThatAssumesRoles) principals.push(controllerProfile.arn);
        const trust = pulumi.all(principals).apply(assumeRoleTrustPolicy);
        const role = this.role(this.name, this.awsName, "Assumed by Jenkins controllers", trust, this.roleOptions);
        // A policy can't be attached across accounts: there the role has one of its own.
        const rights = this.args.roleProvider ? this.rightsPolicy(`${this.name}-role`, this.roleOptions) : policy!;
        this.attach(this.name, role.name, rights, this.roleOptions);
        return role;
    }

    private role(
        name: string,
        awsName: string,
        description: string,
        trust: pulumi.Input<PolicyDocument>,
        options = this.options,
    ): iam.Role {
        const { permissionsBoundary } = this.args;
        const assumeRolePolicy = pulumi.output(trust).apply((document) => JSON.stringify(document));
        return new iam.Role(
            name,
            { name: awsName, description, assumeRolePolicy, permissionsBoundary, ...this.common() },
            options,
        );
    }

    /** The right to assume the roles, and no other. */
    private assumePolicy({ existingRoles }: IdentityNeeds, role: iam.Role | undefined): iam.Policy | undefined {
        if (!role && existingRoles.length === 0) return undefined;
        const arns = pulumi.all([...existingRoles, ...(role ? [role.arn] : [])]);
        return new iam.Policy(
            `${this.name}-assume`,
            {
                name: `${this.awsName}-assume`,
                description: "Lets a Jenkins controller assume the role that starts its agents",
                policy: arns.apply((all) => JSON.stringify(assumeRolePolicy(all))),
                ...this.common(),
            },
            this.options,
        );
    }

    private groupWithPolicy(
        suffix: string,
        policy: iam.Policy | undefined,
        members: string[],
        users: Users,
    ): iam.Group | undefined {
        if (!policy || members.length === 0) return undefined;
        const name = this.name + suffix;
        const group = new iam.Group(name, { name: this.awsName + suffix, path: this.common().path }, this.options);
        this.rights.shared.push(
            new iam.GroupPolicyAttachment(name, { group: group.name, policyArn: policy.arn }, this.options),
        );
        for (const id of members) {
            const membership = { user: users[id]!.name, groups: [group.name] };
            (this.rights.byController[id] ??= []).push(
                new iam.UserGroupMembership(`${name}-${id}`, membership, this.options),
            );
        }
        return group;
    }

    private attachToProfile(
        suffix: string,
        controllerProfile: ControllerProfile | undefined,
        policy: iam.Policy | undefined,
    ): void {
        if (controllerProfile && policy) this.attach(this.name + suffix, controllerProfile.name, policy);
    }

    private attach(name: string, role: pulumi.Input<string>, policy: iam.Policy, options = this.options): void {
        this.rights.shared.push(new iam.RolePolicyAttachment(name, { role, policyArn: policy.arn }, options));
    }

    /** A key for each user, made when the rights are in place: a key works as soon as somebody has it. */
    private makeAccessKeys(users: Users): Record<string, iam.AccessKey> {
        const stray = strayKeyHook(`iam:Access:${this.name}`);
        return mapValues(
            users,
            (user, id) =>
                // The serial is part of the name: another serial is another resource, made before the old one is deleted.
                new iam.AccessKey(
                    `${this.name}-${id}-${this.args.controllers[id]!.serial ?? 1}`,
                    { user: user.name },
                    {
                        ...this.options,
                        dependsOn: this.prerequisites(id),
                        deleteBeforeReplace: false,
                        hooks: { onError: [stray] },
                    },
                ),
        );
    }

    private common(): { path: string; tags?: Record<string, string> } {
        return { path: this.args.path ?? "/", tags: this.args.tags };
    }
}
