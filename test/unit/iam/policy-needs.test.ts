import { describe, expect, it } from "vitest";
import { instanceProfileNames, policyNeeds } from "../../../iam/policyNeeds";
import { stackAccess } from "../../../iam/stackAccess";
import { runProgram } from "../pulumi-mocks";
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
            spot: false,
            stop: false,
            console: false,
            password: false,
            passedRoles: [],
        });
    });

    it.each<[string, Record<string, unknown>, object]>([
        ["stops", { idle: { minutes: 10, then: "stop" } }, { stop: true }],
        ["uses spot", { spot: {}, idle: { minutes: 10, then: "terminate" } }, { spot: true }],
        ["checks host keys strictly", { hostKeyVerification: "CHECK_NEW_HARD" }, { console: true }],
        ["checks host keys where it can", { hostKeyVerification: "CHECK_NEW_SOFT" }, { console: true }],
        ["is Windows with a generated password", { platform: "windows" }, { password: true, console: false }],
    ])("counts a template that %s", (_, template, expected) => {
        expect(needs(template)).toMatchObject(expected);
    });

    it("does not count a cloud that works with an existing role", () => {
        const settings = resolved((raw) => {
            raw.access = { policy: "scoped" };
            raw.clouds.elsewhere = {
                ...structuredClone(raw.clouds.agents),
                name: "elsewhere",
                region: "us-east-1",
                identity: { mode: "role", roleArn: "arn:aws:iam::210987654321:role/agents" },
            };
            raw.clouds.elsewhere.templates.linux.instanceProfile = "theirs";
        });
        expect(policyNeeds(settings, "aws", []).regions).toEqual(["eu-central-1"]);
        expect(instanceProfileNames(settings)).toEqual([]);
    });

    it("knows instance profiles by name, whether the name or the ARN is said", () => {
        const named = (instanceProfile: string) => instanceProfileNames(stack({ instanceProfile }));
        expect(named("build")).toEqual(["build"]);
        expect(named("arn:aws:iam::111122223333:instance-profile/ci/build")).toEqual(["build"]);
    });
});

describe("a whole stack", () => {
    const policyOf = async (change: (raw: any) => void) => {
        const { resources } = await runProgram(() => stackAccess(resolved(change)), {
            call: (token) =>
                token.includes("getInstanceProfile")
                    ? { roleArn: "arn:aws:iam::111122223333:role/build" }
                    : { arn: "arn:aws-cn:sts::111122223333:assumed-role/ci/run" },
        });
        const policy = resources.find(({ type }) => type === "aws:iam/policy:Policy");
        return JSON.parse(policy?.inputs.policy as string);
    };

    it("has the seed's policy unless it says otherwise", async () => {
        const { Statement } = await policyOf(() => undefined);
        expect(Statement).toHaveLength(1);
        expect(Statement[0].Action).toHaveLength(17);
    });

    it("with the scoped policy may pass the roles that are in its instance profiles, in its partition", async () => {
        const { Statement } = await policyOf((raw) => {
            raw.access = { policy: "scoped" };
            raw.clouds.agents.templates.linux.instanceProfile = "build";
        });
        const statement = (sid: string) => Statement.find(({ Sid }: { Sid: string }) => Sid === sid);
        expect(statement("PassRoles").Resource).toEqual(["arn:aws:iam::111122223333:role/build"]);
        expect(statement("EndAgents").Resource).toEqual(["arn:aws-cn:ec2:*:*:instance/*"]);
    });
});
