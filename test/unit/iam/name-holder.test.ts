import { describe, expect, it } from "vitest";
import { findNameHolder, type NamedInputs } from "../../../iam/nameHolder";
import { runProgram } from "../pulumi-mocks";

type Answers = Record<string, (inputs: Record<string, unknown>) => Record<string, unknown>>;

const ours = "jenkins-ec2-agents/prod";
const theirs = "jenkins-ec2-agents/dev";

async function found(type: string, inputs: NamedInputs, answers: Answers) {
    const call = (token: string, given: Record<string, unknown>) => {
        const answer = answers[token.split(":").at(-1)!];
        if (!answer) throw new Error(`AccessDenied: ${token}`);
        return answer(given);
    };
    const { result } = await runProgram(() => findNameHolder(type, inputs, {}), { call });
    return result;
}

const owners: Record<string, string> = { "agents-a": ours, "agents-b": ours, stranger: theirs };
const getUser = ({ userName }: Record<string, unknown>) => ({ tags: { "jenkins-stack": owners[userName as string] } });

describe("whose a name is", () => {
    it("is said by the tag of a policy, which is found by its ARN with the path", async () => {
        const answers: Answers = {
            getCallerIdentity: () => ({ accountId: "111122223333", arn: "arn:aws-cn:iam::111122223333:user/me" }),
            getPolicy: () => ({ tags: { "jenkins-stack": ours } }),
        };
        expect(await found("aws:iam/policy:Policy", { name: "jenkins-aws", path: "/ci/" }, answers)).toEqual({
            id: "arn:aws-cn:iam::111122223333:policy/ci/jenkins-aws",
            owner: ours,
        });
    });

    it.each([
        ["one stack's members", ["agents-a", "agents-b"], ours],
        ["members of two stacks", ["agents-a", "stranger"], undefined],
        ["no members", [], undefined],
    ])("is said of a group by its members: %s", async (_, members, owner) => {
        const getGroup = () => ({ users: members.map((userName) => ({ userName })) });
        expect(await found("aws:iam/group:Group", { name: "jenkins-aws" }, { getGroup, getUser })).toEqual({
            id: "jenkins-aws",
            owner,
        });
    });

    it.each([
        ["the role in it", "jenkins-aws-host", ours],
        ["no role yet", "", undefined],
    ])("is said of an instance profile by its role: %s", async (_, roleName, owner) => {
        const getRole = () => ({ tags: { "jenkins-stack": ours } });
        const getInstanceProfile = () => ({ roleName });
        expect(
            await found(
                "aws:iam/instanceProfile:InstanceProfile",
                { name: "jenkins-aws-host" },
                { getInstanceProfile, getRole },
            ),
        ).toEqual({ id: "jenkins-aws-host", owner });
    });

    it("is not known where the look-up is refused", async () => {
        expect(await found("aws:iam/user:User", { name: "agents-a" }, {})).toBeUndefined();
    });
});
