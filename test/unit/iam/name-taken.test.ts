import { expect, it } from "vitest";
import { nameTakenMessage, ownNameMessage } from "../../../iam/nameTaken";

it("a name that is taken is said with its setting, what has it, and the two ways out", () => {
    expect(nameTakenMessage("aws:iam/group:Group", "jenkins-aws", "jenkins-ec2-agents:name")).toBe(
        'jenkins-ec2-agents:name: the name "jenkins-aws" is taken: this AWS account has a Group of that name which this stack ' +
            "did not make. Two stacks in one account need two names: choose another one, or remove the existing Group if " +
            'nothing uses it, and run "pulumi up" again.',
    );
});

it("a name that this stack's own has, from a run that was ended, is said with the line that takes it over", () => {
    const command = "pulumi import aws:iam/group:Group agents 'jenkins-aws' --parent 'component=urn' --yes";
    expect(ownNameMessage("aws:iam/group:Group", "jenkins-aws", "jenkins-ec2-agents:name", command)).toBe(
        'jenkins-ec2-agents:name: the name "jenkins-aws" is taken by a Group that this stack made itself, in a run that was ' +
            `ended before it could note that. Take it over, and run "pulumi up" again:\n  ${command}`,
    );
});
