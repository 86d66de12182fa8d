import { describe, expect, it } from "vitest";
import { scopedPolicy, scopedStatements, type PolicyNeeds } from "../../../iam/scopedPolicy";

const least: PolicyNeeds = {
    owner: "fleet/prod",
    regions: ["eu-central-1"],
    spot: false,
    stop: false,
    console: false,
    password: false,
    passedRoles: [],
};

const actions = (needs: Partial<PolicyNeeds>) =>
    scopedPolicy({ ...least, ...needs }).Statement.flatMap(({ Action }) => Action);

const statement = (needs: Partial<PolicyNeeds>, sid: string) =>
    scopedPolicy({ ...least, ...needs }).Statement.find(({ Sid }) => Sid === sid);

const added = (needs: Partial<PolicyNeeds>) => {
    const before = actions({});
    return actions(needs).filter((action) => !before.includes(action));
};

describe("what a stack has to have for a plain Linux template", () => {
    it("is looking, launching, tagging and terminating", () => {
        expect([...new Set(actions({}))].sort()).toEqual([
            "ec2:CreateTags",
            "ec2:DeleteTags",
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeImages",
            "ec2:DescribeInstanceTypes",
            "ec2:DescribeInstances",
            "ec2:DescribeKeyPairs",
            "ec2:DescribeRegions",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSpotInstanceRequests",
            "ec2:DescribeSubnets",
            "ec2:RunInstances",
            "ec2:TerminateInstances",
        ]);
    });

    it("ends and tags only instances that carry this stack's tag", () => {
        for (const sid of ["EndAgents", "TagAgents"]) {
            expect(statement({}, sid)?.Condition?.StringLike).toEqual({
                "aws:ResourceTag/jenkins-controller": "fleet/prod/*",
            });
        }
    });

    it("launches only instances with that tag, and tags others at their launch only", () => {
        expect(statement({}, "LaunchAgents")?.Condition?.StringLike).toEqual({
            "aws:RequestTag/jenkins-controller": "fleet/prod/*",
        });
        expect(statement({}, "TagAtLaunch")?.Condition?.StringEquals).toMatchObject({
            "ec2:CreateAction": "RunInstances",
        });
    });

    it("launches no instance by another statement", () => {
        const others = statement({}, "LaunchFrom")?.Resource as string[];
        expect(others.filter((arn) => /:(instance|volume)\//.test(arn))).toEqual([]);
    });

    it("changes something in the clouds' regions only", () => {
        const regions = ["eu-central-1", "eu-west-1"];
        const changing = scopedPolicy({ ...least, regions }).Statement.filter(
            ({ Action }) => !Action.every((action) => action.startsWith("ec2:Describe")),
        );
        expect(changing.map(({ Sid }) => Sid)).toEqual([
            "LaunchAgents",
            "LaunchFrom",
            "TagAtLaunch",
            "TagAgents",
            "EndAgents",
        ]);
        for (const { Condition } of changing) {
            expect(Condition?.StringEquals).toMatchObject({ "aws:RequestedRegion": regions });
        }
    });

    it("names resources of the partition", () => {
        const { Statement } = scopedPolicy({ ...least, partition: "aws-us-gov" });
        const arns = Statement.flatMap(({ Resource }) => Resource).filter((resource) => resource !== "*");
        expect(arns.filter((arn) => !arn?.startsWith("arn:aws-us-gov:ec2:"))).toEqual([]);
    });
});

describe("what a feature adds", () => {
    it.each<[string, Partial<PolicyNeeds>, string[]]>([
        ["stopping idle agents", { stop: true }, ["ec2:StopInstances", "ec2:StartInstances"]],
        ["host keys from the console", { console: true }, ["ec2:GetConsoleOutput"]],
        ["generated Windows passwords", { password: true }, ["ec2:GetPasswordData"]],
        ["instance profiles", { passedRoles: ["arn:aws:iam::1:role/build"] }, ["iam:PassRole"]],
        ["spot", { spot: true }, ["ec2:RequestSpotInstances", "ec2:CancelSpotInstanceRequests"]],
    ])("%s", (_, needs, expected) => {
        expect([...new Set(added(needs))]).toEqual(expected);
    });

    it("PassRole is for the named roles and for EC2 only", () => {
        const passedRoles = ["arn:aws:iam::1:role/build"];
        expect(statement({ passedRoles }, "PassRoles")).toMatchObject({
            Resource: passedRoles,
            Condition: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } },
        });
    });

    it("spot lifts the tag's condition, because a spot instance is tagged only when its agent has connected", () => {
        expect(statement({ spot: true }, "EndAgents")?.Condition).toEqual({
            StringEquals: { "aws:RequestedRegion": ["eu-central-1"] },
        });
    });
});

describe("every statement", () => {
    const { Statement } = scopedPolicy({
        ...least,
        spot: true,
        stop: true,
        console: true,
        password: true,
        passedRoles: ["arn:aws:iam::1:role/build"],
    });

    it("is there when everything is needed, under an id that IAM takes", () => {
        expect(Statement.map(({ Sid }) => Sid)).toEqual(scopedStatements.map(({ sid }) => sid));
        expect(Statement.filter(({ Sid }) => !/^[A-Za-z0-9]+$/.test(Sid!))).toEqual([]);
        expect(new Set(Statement.map(({ Sid }) => Sid)).size).toBe(Statement.length);
    });

    it("names its actions one by one", () => {
        expect(Statement.flatMap(({ Action }) => Action).filter((action) => action.includes("*"))).toEqual([]);
    });

    it("fits into IAM's 6144 characters with every feature, 15 regions and 10 roles", () => {
        const policy = scopedPolicy({
            owner: "jenkins-ec2-agents/production",
            regions: Array.from({ length: 15 }, (_, index) => `ap-northeast-${index}`),
            spot: true,
            stop: true,
            console: true,
            password: true,
            passedRoles: Array.from(
                { length: 10 },
                (_, index) => `arn:aws:iam::111122223333:role/build-agent-${index}`,
            ),
        });
        expect(JSON.stringify(policy).length).toBeLessThan(6144);
    });
});
