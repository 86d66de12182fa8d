import { expect, it } from "vitest";
import { nameTakenMessage } from "../../../iam/nameTaken";

it("a name that is taken is said with its setting, what has it, and the two ways out", () => {
    expect(nameTakenMessage("aws:iam/group:Group", "jenkins-aws", "jenkins-ec2-agents:name")).toBe(
        'jenkins-ec2-agents:name: the name "jenkins-aws" is taken: this AWS account has a Group of that name which this stack ' +
            "did not make. Two stacks in one account need two names: choose another one, or remove the existing Group if " +
            'nothing uses it, and run "pulumi up" again.',
    );
});
