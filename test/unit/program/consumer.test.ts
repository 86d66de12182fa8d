import * as pulumi from "@pulumi/pulumi";
import { expect, it, vi } from "vitest";
import { runProgram } from "../pulumi-mocks";

/** Runs examples/consumer beside an agents' stack whose cloud says this of its security groups; gives the rule's source. */
async function consume(securityGroupIds: string[]): Promise<unknown> {
    const agentsStack = "organization/jenkins-ec2-agents/dev";
    pulumi.runtime.setAllConfig({
        "jenkins-ec2-agents:agentsStack": agentsStack,
        "jenkins-ec2-agents:cloud": "agents",
    });
    const outputs = { clouds: { agents: { vpcId: "vpc-1", securityGroupIds } }, controllers: {} };
    vi.resetModules();
    const { resources } = await runProgram(() => import("../../../examples/consumer"), {
        outputs: ({ type }) => (type === "pulumi:pulumi:StackReference" ? { outputs } : {}),
    });
    return resources.find(({ type }) => type.includes("IngressRule"))?.inputs.referencedSecurityGroupId;
}

it("the consumer lets in the group that is made, or the first that exists where none is", async () => {
    expect(await consume(["sg-made", "sg-existing"])).toBe("sg-made");
    expect(await consume(["sg-existing"])).toBe("sg-existing");
});
