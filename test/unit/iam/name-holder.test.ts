import { describe, expect, it } from "vitest";
import { findNameHolder, type NamedInputs } from "../../../iam/nameHolder";
import { withAws, type AwsAnswers } from "../awsServer";

const ours = "jenkins-ec2-agents/prod";
const theirs = "jenkins-ec2-agents/dev";

const found = (type: string, inputs: NamedInputs, answers: AwsAnswers) =>
    withAws(answers, () => findNameHolder(type, inputs, { region: "eu-central-1" }, "arn:aws-cn:iam::111122223333"));

const tags = (owner: string) => `<Tags><member><Key>jenkins-stack</Key><Value>${owner}</Value></member></Tags>`;
const owners: Record<string, string> = { "agents-a": ours, "agents-b": ours, stranger: theirs };
const user: AwsAnswers = {
    GetUser: (asked) => `<GetUserResult><User>${tags(owners[asked.get("UserName")!]!)}</User></GetUserResult>`,
};

describe("whose a name is", () => {
    it("is told by the tag of a policy, which is found by its ARN with the path", async () => {
        const policy = { name: "jenkins-aws", path: "/ci/" };
        const arn = "arn:aws-cn:iam::111122223333:policy/ci/jenkins-aws";
        const answers: AwsAnswers = {
            GetPolicy: (asked) =>
                asked.get("PolicyArn") === arn
                    ? `<GetPolicyResult><Policy>${tags(ours)}</Policy></GetPolicyResult>`
                    : undefined,
        };
        expect(await found("aws:iam/policy:Policy", policy, answers)).toEqual({ id: arn, owner: ours });
    });

    it.each([
        ["one stack's members", ["agents-a", "agents-b"], ours],
        ["members of two stacks", ["agents-a", "stranger"], undefined],
        ["no members", [], undefined],
    ])("is told of a group by its members: %s", async (_, members, owner) => {
        const users = members.map((name) => `<member><UserName>${name}</UserName></member>`).join("");
        const GetGroup = () => `<GetGroupResult><Users>${users}</Users></GetGroupResult>`;
        expect(await found("aws:iam/group:Group", { name: "jenkins-aws" }, { GetGroup, ...user })).toEqual({
            id: "jenkins-aws",
            owner,
        });
    });

    it("is told by the tags of a security group, which is found by its name in its VPC", async () => {
        const DescribeSecurityGroups = (asked: URLSearchParams) =>
            asked.get("Filter.2.Value.1") === "vpc-1"
                ? `<securityGroupInfo><item><groupId>sg-1</groupId><tagSet><item><key>jenkins-stack</key><value>${theirs}</value></item></tagSet></item></securityGroupInfo>`
                : "<securityGroupInfo/>";
        const type = "aws:ec2/securityGroup:SecurityGroup";
        const inputs = { name: "jenkins-aws-agents", vpcId: "vpc-1" };
        expect(await found(type, inputs, { DescribeSecurityGroups })).toEqual({ id: "sg-1", owner: theirs });
        expect(await found(type, { ...inputs, vpcId: "vpc-2" }, { DescribeSecurityGroups })).toBeUndefined();
    });

    it("is not known where the look-up is refused", async () => {
        expect(await found("aws:iam/user:User", { name: "agents-a" }, {})).toBeUndefined();
    });
});
