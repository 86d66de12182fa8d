import { describe, expect, it } from "vitest";
import type { Existing } from "../../../iam/existing";
import { nameTakenMessage } from "../../../iam/nameTaken";

describe("a name that is taken is said with its setting", () => {
    const said = (existing: Existing | undefined) =>
        nameTakenMessage({
            type: "aws:iam/group:Group",
            name: "jenkins-aws",
            setting: "jenkins-ec2-agents:name",
            stack: "jenkins-ec2-agents/prod",
            existing,
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
