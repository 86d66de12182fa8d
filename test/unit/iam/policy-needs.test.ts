import { describe, expect, it } from "vitest";
import { policyNeeds } from "../../../iam/policyNeeds";
import { stackPolicy } from "../../../iam/stackAccess";
import { resolved } from "../settings/support";

/** The small stack with the scoped policy, after a change of its one template. */
const stack = (template: Record<string, unknown>) =>
    resolved((raw) => {
        raw.access = { policy: "scoped" };
        Object.assign(raw.clouds.agents.templates.linux, template);
    });

const needs = (template: Record<string, unknown>) => policyNeeds(stack(template), "aws", []);

describe("what templates need of AWS", () => {
    it("is little for one that terminates its agents and trusts new host keys", () => {
        expect(needs({ idle: { minutes: 10, then: "terminate" }, hostKeyVerification: "ACCEPT_NEW" })).toEqual({
            owner: "jenkins-ec2-agents/test",
            regions: ["eu-central-1"],
            partition: "aws",
            spotWithPrice: false,
            passedRoles: [],
            former: { owners: [], jenkinsUrls: [], spotWithPrice: false },
        });
    });

    it.each<[string, Record<string, unknown>, boolean]>([
        ["at a price", { spot: { maxPricePerHour: 0.05 }, idle: { minutes: 10, then: "terminate" } }, true],
        ["at the market's price, which the plugin launches like others", { spot: {} }, false],
    ])("tells Spot %s", (_, template, spotWithPrice) => {
        expect(needs(template)).toMatchObject({ spotWithPrice });
    });

    it("counts agents from before: of another stack name, of controllers that are taken over, of a Spot price that went", () => {
        const settings = resolved((raw) => {
            raw.access = {
                policy: "scoped",
                formerAgents: {
                    owners: ["jenkins-ec2-agents/old"],
                    jenkinsUrls: ["https://public.example.com/"],
                    spotWithPrice: true,
                },
            };
            raw.clouds.agents.adopt = true;
        });
        expect(policyNeeds(settings, "aws", []).former).toEqual({
            owners: ["jenkins-ec2-agents/old"],
            jenkinsUrls: ["https://jenkins.example.com/team-a/", "https://public.example.com/"],
            spotWithPrice: true,
        });
    });

    it.each([
        { what: "credentials", identity: { credentialsId: "aws-of-the-team" } },
        { what: "a role", identity: { mode: "role", roleArn: "arn:aws:iam::210987654321:role/agents" } },
    ])("does not count a cloud that works with existing ones: $what", ({ identity }) => {
        const settings = resolved((raw) => {
            raw.access = { policy: "scoped" };
            raw.clouds.elsewhere = {
                ...structuredClone(raw.clouds.agents),
                name: "elsewhere",
                region: "us-east-1",
                identity,
            };
            Object.assign(raw.clouds.elsewhere.templates.linux, { image: { ssm: "/a/b" }, instanceProfile: "theirs" });
        });
        expect(policyNeeds(settings, "aws", []).regions).toEqual(["eu-central-1"]);
    });
});

describe("a whole stack", () => {
    const policyOf = (change: (raw: any) => void) =>
        JSON.parse(
            JSON.stringify(
                stackPolicy(resolved(change), {
                    partition: "aws-cn",
                    accountId: "111122223333",
                    profileArns: {},
                    passedRoles: ["arn:aws-cn:iam::111122223333:role/build"],
                }),
            ),
        );

    it("has the policy broad unless it says otherwise", () => {
        const { Statement } = policyOf(() => undefined);
        expect(Statement).toHaveLength(1);
        expect(Statement[0].Action).toHaveLength(17);
    });

    it("with the scoped policy may pass the roles that are in its instance profiles, in its partition", () => {
        const { Statement } = policyOf((raw) => {
            raw.access = { policy: "scoped" };
            raw.clouds.agents.templates.linux.instanceProfile = "build";
        });
        const statement = (sid: string) => Statement.find(({ Sid }: { Sid: string }) => Sid === sid);
        expect(statement("PassRoles").Resource).toEqual(["arn:aws-cn:iam::111122223333:role/build"]);
        expect(statement("ManageAgents").Resource).toContain("arn:aws-cn:ec2:*:*:instance/*");
    });
});
