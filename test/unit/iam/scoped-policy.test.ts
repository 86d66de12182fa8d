import { describe, expect, it } from "vitest";
import { scopedPolicy, scopedStatements, type PolicyNeeds } from "../../../iam/scopedPolicy";

const least: PolicyNeeds = {
    owner: "fleet/prod",
    regions: ["eu-central-1"],
    spotWithPrice: false,
    passedRoles: [],
    former: { owners: [], jenkinsUrls: [], spotWithPrice: false },
};

const everything: PolicyNeeds = {
    ...least,
    spotWithPrice: true,
    passedRoles: ["arn:aws:iam::1:role/build"],
    former: { owners: ["fleet/old"], jenkinsUrls: ["https://jenkins.example.com/"], spotWithPrice: true },
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
    it("is looking, launching, tagging, and what agents of other settings may need", () => {
        expect([...new Set(actions({}))].sort()).toEqual([
            "ec2:CancelSpotInstanceRequests",
            "ec2:CreateTags",
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeImages",
            "ec2:DescribeInstanceTypes",
            "ec2:DescribeInstances",
            "ec2:DescribeKeyPairs",
            "ec2:DescribeRegions",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSpotInstanceRequests",
            "ec2:DescribeSpotPriceHistory",
            "ec2:DescribeSubnets",
            "ec2:GetConsoleOutput",
            "ec2:GetPasswordData",
            "ec2:RunInstances",
            "ec2:StartInstances",
            "ec2:StopInstances",
            "ec2:TerminateInstances",
        ]);
    });

    it("ends and tags only instances that carry this stack's tag", () => {
        for (const sid of ["ManageAgents", "TagAgents"]) {
            expect(statement({}, sid)?.Condition?.StringLike).toEqual({
                "aws:ResourceTag/jenkins-controller": ["fleet/prod/*"],
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

    it("starts something in the clouds' regions only, and ends it wherever it is", () => {
        const regions = ["eu-central-1", "eu-west-1"];
        const bound = scopedPolicy({ ...everything, regions }).Statement.filter(
            ({ Condition }) => Condition?.StringEquals?.["aws:RequestedRegion"] !== undefined,
        );
        expect(bound.map(({ Sid }) => Sid)).toEqual(["LaunchAgents", "LaunchFrom", "AskForSpotAgents"]);
        for (const { Condition } of bound) {
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
        ["instance profiles", { passedRoles: ["arn:aws:iam::1:role/build"] }, ["iam:PassRole"]],
        ["a Spot price", { spotWithPrice: true }, ["ec2:RequestSpotInstances"]],
        ["agents from before", { former: everything.former }, []],
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

    it("a Spot price lifts the tag's condition for what has no tag yet, because EC2 does not hand a request's tags on", () => {
        expect(statement({ spotWithPrice: true }, "ManageUntaggedSpotAgents")?.Condition).toEqual({
            StringLikeIfExists: { "aws:ResourceTag/jenkins-controller": ["fleet/prod/*"] },
            StringEqualsIfExists: { "ec2:InstanceMarketType": "spot" },
        });
    });
});

describe("every statement", () => {
    const { Statement } = scopedPolicy(everything);

    it("is there when everything is needed, under an id that IAM takes", () => {
        expect(Statement.map(({ Sid }) => Sid)).toEqual(scopedStatements.map(({ sid }) => sid));
        expect(Statement.filter(({ Sid }) => !/^[A-Za-z0-9]+$/.test(Sid!))).toEqual([]);
        expect(new Set(Statement.map(({ Sid }) => Sid)).size).toBe(Statement.length);
    });

    it("names its actions one by one", () => {
        expect(Statement.flatMap(({ Action }) => Action).filter((action) => action.includes("*"))).toEqual([]);
    });

    it("fits into IAM's 6144 characters with every feature, 15 regions, 10 roles, and 10 controllers taken over", () => {
        const numbered = (count: number, name: (index: number) => string) =>
            Array.from({ length: count }, (_, index) => name(index));
        const policy = scopedPolicy({
            owner: "jenkins-ec2-agents/production",
            regions: numbered(15, (index) => `ap-northeast-${index}`),
            spotWithPrice: true,
            passedRoles: numbered(10, (index) => `arn:aws:iam::111122223333:role/build-agent-${index}`),
            former: {
                owners: numbered(2, (index) => `jenkins-ec2-agents/production-of-before-${index}`),
                jenkinsUrls: numbered(10, (index) => `https://jenkins.example.com/team-${index}/`),
                spotWithPrice: true,
            },
        });
        expect(JSON.stringify(policy).length).toBeLessThan(6144);
    });
});
