import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { Access } from "../../../iam/access";
import type { AccessArgs } from "../../../iam/accessArgs";
import type { Identity } from "../../../iam/identity";
import { broadPolicy } from "../../../iam/broadPolicy";
import { runProgram, valueOf, type MockedProgram, type Registered } from "../pulumi-mocks";

const key: Identity = { mode: "access-key" };
const profile: Identity = { mode: "instance-profile" };
const role = (base: "access-key" | "instance-profile", roleArn?: string): Identity => ({ mode: "role", base, roleArn });

/** AWS's part: ARNs, and the secret half of a key. */
const outputs = ({ type, name, inputs }: Registered): Record<string, unknown> =>
    type === "aws:iam/accessKey:AccessKey"
        ? { secret: `secret-of-${name}` }
        : { arn: `arn:aws:iam::111122223333:${type.split("/")[1]?.split(":")[0]}${inputs.path ?? "/"}${inputs.name}` };

const call = () => ({ arn: "arn:aws:sts::111122223333:assumed-role/ci/run", accountId: "111122223333" });

const access = (
    controllers: Record<string, { identities?: Identity[]; serial?: number }>,
    args: Partial<AccessArgs> = {},
    opts?: pulumi.ComponentResourceOptions,
): Promise<MockedProgram<Access>> =>
    runProgram(
        () =>
            new Access(
                "agents",
                {
                    nameSetting: "jenkins-ec2-agents:name",
                    policy: broadPolicy(),
                    controllers: Object.fromEntries(
                        Object.entries(controllers).map(([id, { identities = [key], serial }]) => [
                            id,
                            { identities, serial },
                        ]),
                    ),
                    ...args,
                },
                opts,
            ),
        { outputs, call },
    );

const names = ({ resources }: MockedProgram<unknown>) => resources.map(({ type, name }) => `${type} ${name}`).sort();

const inputs = ({ resources }: MockedProgram<unknown>, type: string, name: string) =>
    resources.find((resource) => resource.type === type && resource.name === name)?.inputs;

describe("credentials that somebody else made", () => {
    const given = (identity: Identity): Identity => ({ ...identity, credentialsId: "aws-of-the-team" }) as Identity;

    it("need nothing in IAM, whether they have the rights or assume a role that exists", async () => {
        const existing = "arn:aws:iam::210987654321:role/agents";
        const made = await access({ a: { identities: [given(key), given(role("access-key", existing))] } });
        expect(names(made)).toEqual(["jenkins-ec2-agents:iam:Access agents"]);
        expect(made.result.credentials("a", given(key))).toEqual({});
        expect(await valueOf(made.result.credentials("a", given(role("access-key", existing))).roleArn!)).toBe(
            existing,
        );
    });

    it("leave a controller its user where another of its clouds has none", async () => {
        const made = await access({ a: { identities: [given(key), key] }, b: { identities: [given(key)] } });
        expect(names(made).filter((name) => name.includes(":User "))).toEqual(["aws:iam/user:User agents-a"]);
        expect(made.result.credentials("a", given(key)).accessKey).toBeUndefined();
        expect(made.result.credentials("a", key).accessKey).toBeDefined();
    });
});

describe("mode access-key: an access key per controller", () => {
    it("is pinned: these names are in the state of existing stacks, another one would replace the resource", async () => {
        expect(names(await access({ "team-a": {}, "team-b": {} }))).toEqual([
            "aws:iam/accessKey:AccessKey agents-team-a-1",
            "aws:iam/accessKey:AccessKey agents-team-b-1",
            "aws:iam/group:Group agents",
            "aws:iam/groupPolicyAttachment:GroupPolicyAttachment agents",
            "aws:iam/policy:Policy agents",
            "aws:iam/user:User agents-team-a",
            "aws:iam/user:User agents-team-b",
            "aws:iam/userGroupMembership:UserGroupMembership agents-team-a",
            "aws:iam/userGroupMembership:UserGroupMembership agents-team-b",
            "jenkins-ec2-agents:iam:Access agents",
        ]);
    });

    it("makes a policy and a group of one name, jenkins-aws, and attaches the one to the other", async () => {
        const made = await access({ a: {} });
        const policy = inputs(made, "aws:iam/policy:Policy", "agents");
        expect(policy).toMatchObject({ name: "jenkins-aws", path: "/" });
        expect(JSON.parse(policy?.policy as string)).toEqual(broadPolicy());
        expect(inputs(made, "aws:iam/group:Group", "agents")).toEqual({ name: "jenkins-aws", path: "/" });
        expect(inputs(made, "aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "agents")).toEqual({
            group: "jenkins-aws",
            policyArn: "arn:aws:iam::111122223333:policy/jenkins-aws",
        });
    });

    it("makes a user per controller in the one group, without a console login", async () => {
        const made = await access({ a: {}, b: {} });
        for (const id of ["a", "b"]) {
            expect(inputs(made, "aws:iam/user:User", `agents-${id}`)).toEqual({ name: `jenkins-aws-${id}`, path: "/" });
            expect(inputs(made, "aws:iam/userGroupMembership:UserGroupMembership", `agents-${id}`)).toEqual({
                user: `jenkins-aws-${id}`,
                groups: ["jenkins-aws"],
            });
        }
        expect(made.resources.filter(({ type }) => type.includes("LoginProfile"))).toEqual([]);
    });

    it("hands each controller its own key, whose secret half is a Pulumi secret", async () => {
        const { result } = await access({ a: {}, b: {} });
        const { accessKey, roleArn } = result.credentials("b", key);
        expect(await valueOf(accessKey!.id)).toBe("agents-b-1-id");
        expect(await valueOf(accessKey!.secret)).toBe("secret-of-agents-b-1");
        expect(await pulumi.isSecret(accessKey!.secret)).toBe(true);
        expect(roleArn).toBeUndefined();
    });

    it("has another name, a path, a boundary and tags where they are said; a group can have no boundary and no tags", async () => {
        const permissionsBoundary = "arn:aws:iam::111122223333:policy/limit";
        const made = await access(
            { a: {} },
            { name: "staging", path: "/ci/", permissionsBoundary, tags: { team: "x" } },
        );
        const common = { path: "/ci/", tags: { team: "x" } };
        expect(inputs(made, "aws:iam/policy:Policy", "agents")).toMatchObject({ name: "staging", ...common });
        expect(inputs(made, "aws:iam/group:Group", "agents")).toEqual({ name: "staging", path: "/ci/" });
        expect(inputs(made, "aws:iam/user:User", "agents-a")).toEqual({
            name: "staging-a",
            permissionsBoundary,
            ...common,
        });
        expect(names(made)).toEqual(names(await access({ a: {} })));
    });
});

describe("rotation", () => {
    it("of one controller's key changes that key and nothing else", async () => {
        const before = names(await access({ a: {}, b: {} }));
        const after = names(await access({ a: { serial: 2 }, b: {} }));
        expect(after.filter((name) => !before.includes(name))).toEqual(["aws:iam/accessKey:AccessKey agents-a-2"]);
        expect(before.filter((name) => !after.includes(name))).toEqual(["aws:iam/accessKey:AccessKey agents-a-1"]);
    });

    it("makes a key only after its user has the rights", async () => {
        const order = (await access({ a: {} })).resources.map(({ type }) => type);
        const keyAt = order.indexOf("aws:iam/accessKey:AccessKey");
        expect(keyAt).toBeGreaterThan(order.indexOf("aws:iam/userGroupMembership:UserGroupMembership"));
        expect(keyAt).toBeGreaterThan(order.indexOf("aws:iam/groupPolicyAttachment:GroupPolicyAttachment"));
    });
});

describe("an instance profile", () => {
    it("is made with a role for EC2 where the controllers have none: no user, no key, no group", async () => {
        const made = await access({ a: { identities: [profile] } });
        expect(names(made)).toEqual([
            "aws:iam/instanceProfile:InstanceProfile agents-host",
            "aws:iam/policy:Policy agents",
            "aws:iam/role:Role agents-host",
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment agents-host",
            "jenkins-ec2-agents:iam:Access agents",
        ]);
        const trust = JSON.parse(inputs(made, "aws:iam/role:Role", "agents-host")?.assumeRolePolicy as string);
        expect(trust.Statement[0].Principal).toEqual({ Service: "ec2.amazonaws.com" });
        expect(await valueOf(made.result.instanceProfile!)).toBe("jenkins-aws-host");
        expect(made.result.credentials("a", profile)).toEqual({});
    });

    it("that exists gets the policy attached to its role, by name or by ARN", async () => {
        for (const controllerRole of ["jenkins", "arn:aws:iam::111122223333:role/team/jenkins"]) {
            const made = await access({ a: { identities: [profile] } }, { controllerRole });
            expect(inputs(made, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "agents-host")).toEqual({
                role: "jenkins",
                policyArn: "arn:aws:iam::111122223333:policy/jenkins-aws",
            });
            expect(made.resources.filter(({ type }) => type === "aws:iam/role:Role")).toEqual([]);
        }
    });
});

describe("a role to assume", () => {
    it("has the rights; the users may assume it, and nothing else", async () => {
        const made = await access({ a: { identities: [role("access-key")] } });
        expect(names(made)).toEqual([
            "aws:iam/accessKey:AccessKey agents-a-1",
            "aws:iam/group:Group agents-assume",
            "aws:iam/groupPolicyAttachment:GroupPolicyAttachment agents-assume",
            "aws:iam/policy:Policy agents",
            "aws:iam/policy:Policy agents-assume",
            "aws:iam/role:Role agents",
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment agents",
            "aws:iam/user:User agents-a",
            "aws:iam/userGroupMembership:UserGroupMembership agents-assume-a",
            "jenkins-ec2-agents:iam:Access agents",
        ]);
        const assume = JSON.parse(inputs(made, "aws:iam/policy:Policy", "agents-assume")?.policy as string);
        expect(assume.Statement).toEqual([
            {
                Sid: "AssumeRoles",
                Effect: "Allow",
                Action: ["sts:AssumeRole"],
                Resource: ["arn:aws:iam::111122223333:role/jenkins-aws"],
            },
        ]);
        expect(inputs(made, "aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "agents-assume")?.policyArn).toBe(
            "arn:aws:iam::111122223333:policy/jenkins-aws-assume",
        );
    });

    it("trusts the users and the controllers' instances that assume it, and no user with rights of his own", async () => {
        const made = await access(
            {
                a: { identities: [role("access-key")] },
                b: { identities: [role("instance-profile")] },
                c: {},
            },
            { controllerRole: "jenkins" },
        );
        const trust = JSON.parse(inputs(made, "aws:iam/role:Role", "agents")?.assumeRolePolicy as string);
        expect(trust.Statement[0].Principal.AWS).toEqual([
            "arn:aws:iam::111122223333:user/jenkins-aws-a",
            "arn:aws:iam::111122223333:role/jenkins",
        ]);
    });

    it("that exists, in another account too, is named in the right to assume; none is made", async () => {
        const theirs = "arn:aws:iam::444455556666:role/agents";
        const made = await access({ a: { identities: [role("access-key", theirs)] } });
        expect(made.resources.filter(({ type }) => type === "aws:iam/role:Role")).toEqual([]);
        const assume = JSON.parse(inputs(made, "aws:iam/policy:Policy", "agents-assume")?.policy as string);
        expect(assume.Statement[0].Resource).toEqual([theirs]);
        expect(inputs(made, "aws:iam/policy:Policy", "agents")).toBeUndefined();
        const { accessKey, roleArn } = made.result.credentials("a", role("access-key", theirs));
        expect(await valueOf(roleArn!)).toBe(theirs);
        expect(accessKey).toBeDefined();
    });

    it("assumed by an instance profile goes without a key, also for a controller that has one for another cloud", async () => {
        const { result } = await access({ a: { identities: [key, role("instance-profile")] } });
        const { accessKey, roleArn } = result.credentials("a", role("instance-profile"));
        expect(accessKey).toBeUndefined();
        expect(await valueOf(roleArn!)).toBe("arn:aws:iam::111122223333:role/jenkins-aws");
    });

    it("and rights of its own beside it are one user in two groups", async () => {
        const made = await access({ a: { identities: [key, role("access-key")] } });
        const memberships = made.resources.filter(({ type }) => type.includes("UserGroupMembership"));
        expect(memberships.map(({ inputs: { user, groups } }) => [user, groups])).toEqual([
            ["jenkins-aws-a", ["jenkins-aws"]],
            ["jenkins-aws-a", ["jenkins-aws-assume"]],
        ]);
        expect(made.resources.filter(({ type }) => type === "aws:iam/user:User")).toHaveLength(1);
    });
});
