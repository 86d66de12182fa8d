import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it, vi } from "vitest";
import type { NameHolder } from "../../../iam/nameHolder";
import { unlessLate } from "../../../iam/importCommand";
import { nameTakenHook, nameTakenMessage, replacedNameMessage } from "../../../iam/nameTaken";
import { withAws } from "../awsServer";
import { runProgram } from "../pulumi-mocks";

describe("a name that is taken is said with its setting", () => {
    const said = (holder: NameHolder | undefined) =>
        nameTakenMessage({
            type: "aws:iam/group:Group",
            name: "jenkins-aws",
            setting: "jenkins-ec2-agents:name",
            stack: "jenkins-ec2-agents/prod",
            holder,
            importCommand: "pulumi import …",
        });
    const begin =
        'jenkins-ec2-agents:name: the name "jenkins-aws" is taken: this AWS account has a Group of that name which ';
    const anotherName =
        "Two stacks in one account need two names: choose another one, or remove the existing Group if " +
        'nothing uses it, and run "pulumi up" again.';

    it("and the other stack that has it", () => {
        expect(said({ id: "jenkins-aws", owner: "jenkins-ec2-agents/dev" })).toBe(
            `${begin}the stack jenkins-ec2-agents/dev made. ${anotherName}`,
        );
    });

    it("and the line that takes over this stack's own", () => {
        expect(said({ id: "jenkins-aws", owner: "jenkins-ec2-agents/prod" })).toBe(
            `${begin}this stack made itself, in a run that was killed before it could note that, or another clone of it made ` +
                'whose state is elsewhere ("pulumi whoami --verbose" names the back end that is used here): go on with that one ' +
                'then. Otherwise take it over, and run "pulumi up" again:\n  pulumi import …',
        );
    });

    it.each([undefined, { id: "jenkins-aws" }])(
        "and both possibilities where nothing says whose it is: %j",
        (existing) => {
            expect(said(existing)).toBe(
                `${begin}is not in this stack's state, and no tag says whose it is. ${anotherName} If it is this stack's own, ` +
                    'from a run that was killed before it could note that, take it over, and run "pulumi up" again:\n  pulumi import …',
            );
        },
    );
});

describe("an explanation of an error", () => {
    it("does not wait for an answer that is late: the engine waits for the hook", async () => {
        const never = new Promise<string>(() => undefined);
        expect(await unlessLate(never, 0.01)).toBeUndefined();
        expect(await unlessLate(Promise.resolve("found"), 10)).toBe("found");
    });

    it("does not speak of a run that was killed where the state has the resource", () => {
        const message = replacedNameMessage(
            "jenkins-aws-agents",
            "urn:pulumi:prod::p::aws:ec2/securityGroup:SecurityGroup::agents",
        );
        expect(message).toContain("is taken by the resource that this update replaces");
        expect(message).not.toMatch(/killed|import/);
    });

    it("nor where EC2 has under the name what the stack had after its last update", async () => {
        const logged = vi.spyOn(pulumi.log, "error").mockImplementation(() => Promise.resolve());
        const group = "<securityGroupInfo><item><groupId>sg-1</groupId></item></securityGroupInfo>";
        const failed = {
            urn: "urn:pulumi:prod::p::aws:ec2/securityGroup:SecurityGroup::agents",
            type: "aws:ec2/securityGroup:SecurityGroup",
            name: "agents",
            newInputs: { name: "jenkins-aws-agents", vpcId: "vpc-1" },
            errors: ["api error InvalidGroup.Duplicate: it exists"],
        } as unknown as pulumi.ErrorHookArgs;
        vi.stubEnv("AWS_REGION", "eu-central-1");
        await runProgram(() => {
            const { callback } = nameTakenHook({
                component: { getProvider: () => undefined } as unknown as pulumi.ComponentResource,
                id: "ec2:SecurityGroup:agents",
                setting: "jenkins-ec2-agents:name",
                tags: undefined,
                deployedId: "sg-1",
            });
            return withAws({ DescribeSecurityGroups: () => group }, async () => callback(failed));
        });
        expect(logged).toHaveBeenCalledWith(expect.stringContaining("by the resource that this update replaces"));
    });
});
